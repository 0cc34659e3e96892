import type { Gene, Rng } from '../../core/index.js';

export const denseId = 'classical/dense';
export const circuitId = 'quantum-statevector/circuit';

/** Activations of the study: R and T in its DNA. */
export const activations = ['relu', 'tanh'] as const;
/** Circuit templates of the study: L, F and O in its DNA. */
export const ansatzes = ['basic', 'strong', 'circular'] as const;

export type Activation = (typeof activations)[number];
export type Ansatz = (typeof ansatzes)[number];

/** A layer `C units activation`. */
export type DenseGene = Gene & { readonly units: number; readonly activation: string };
/** A layer `Q qubits ansatz repetitions`. */
export type CircuitGene = Gene & { readonly qubits: number; readonly ansatz: string; readonly repetitions: number };

export function dense(units: number, activation: Activation): DenseGene {
  return { kind: denseId, units, activation };
}

export function circuit(qubits: number, ansatz: Ansatz, repetitions: number): CircuitGene {
  return { kind: circuitId, qubits, ansatz, repetitions };
}

/** The final `C 1`: its width and activation do not count, the heads replace it. */
export const head: DenseGene = Object.freeze({ kind: denseId, units: 1, activation: 'identity' });

export function isDense(gene: Gene | undefined): gene is DenseGene {
  return gene?.kind === denseId;
}

export function isCircuit(gene: Gene | undefined): gene is CircuitGene {
  return gene?.kind === circuitId;
}

/** The V3 rule: a circuit of `next` qubits can read all probabilities of one of `qubits`, or the first `next` of its Z. */
export function canFollow(qubits: number, next: number): boolean {
  return next <= qubits || next === 2 ** qubits;
}

export function drawActivation(rng: Rng): Activation {
  return rng.pick(activations);
}
