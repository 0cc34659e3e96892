import type { Gene, Genome, MutationContext, Rng } from '../../core/index.js';
import { boundsOf, valuesOf, type Bounds } from './bounds.js';
import { activations, ansatzes, circuit, dense, head, isCircuit, isDense, type Ansatz } from './genes.js';

/** Qubits of the next circuit; `before` is the layer in front of it. */
export type QubitRule = (before: Gene, last: boolean, bounds: Bounds, rng: Rng) => number;

/**
 * A random network as the study draws it: layers uniform over their limits; the first one dense and at least 16 wide;
 * after a dense layer a fair coin decides between dense and circuit, after a circuit 9 of 10 are dense (0.8 plus half of
 * the rest); a final dense layer is the head.
 */
export function drawNetwork(context: MutationContext, qubitRule: QubitRule): Genome {
  const { rng } = context;
  const bounds = boundsOf(context);
  const units = bounds.units ?? [1, 1];
  const count = rng.between(...bounds.layers);
  const layers: Gene[] = [
    dense(rng.between(Math.min(Math.max(16, units[0]), units[1]), units[1]), rng.pick(activations)),
  ];
  while (layers.length < count) {
    const before = layers.at(-1)!;
    const last = layers.length === count - 1;
    const allowed = isCircuit(before) ? bounds.qubits : bounds.fed;
    if (allowed === undefined || isNextDense(before, rng)) {
      layers.push(last ? head : dense(rng.between(...units), rng.pick(activations)));
      continue;
    }
    const qubits = qubitRule(before, last, bounds, rng);
    if (isDense(before)) layers[layers.length - 1] = { ...before, units: qubits };
    layers.push(circuit(qubits, ...drawTemplate(bounds, rng)));
  }
  return { layers };
}

function isNextDense(before: Gene, rng: Rng): boolean {
  return isCircuit(before) && rng.float() < 0.8 ? true : rng.int(2) === 0;
}

function drawTemplate(bounds: Bounds, rng: Rng): [ansatz: Ansatz, repetitions: number] {
  return [rng.pick(ansatzes), rng.pick(valuesOf(bounds.repetitions))];
}
