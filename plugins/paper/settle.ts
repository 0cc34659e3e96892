import type { Gene, Genome, Rng } from '../../core/index.js';
import { valuesOf, type Bounds } from './bounds.js';
import { canFollow, dense, drawActivation, head, isCircuit, isDense, type CircuitGene } from './genes.js';
import { brokenRule } from './rules.js';

/**
 * What every edit leaves behind, put right: circuits fit the circuit before them, a dense layer has the width of the
 * circuit it feeds, a former head becomes a real layer, a final dense layer becomes the head. Undefined when the
 * network breaks a rule all the same.
 */
export function settle(layers: readonly Gene[], bounds: Bounds, rng: Rng): Genome | undefined {
  const fitted = fitCircuits(layers, bounds);
  const settled = fitted.map((gene, index) => settleDense(gene, fitted[index + 1], bounds, rng));
  return brokenRule(settled, bounds) === undefined ? { layers: settled } : undefined;
}

function settleDense(gene: Gene, next: Gene | undefined, bounds: Bounds, rng: Rng): Gene {
  if (!isDense(gene)) return gene;
  if (next === undefined) return head;
  const formerHead = gene.activation === head.activation;
  const activation = formerHead ? { activation: drawActivation(rng) } : {};
  if (isCircuit(next)) return { ...gene, ...activation, units: next.qubits };
  if (!formerHead || bounds.units === undefined) return gene;
  return { ...gene, ...activation, units: rng.between(...bounds.units) };
}

/** From left to right, a circuit that cannot follow the one before it takes the nearest number of qubits that can. */
function fitCircuits(layers: readonly Gene[], bounds: Bounds): readonly Gene[] {
  const fitted: Gene[] = [];
  for (const [index, gene] of layers.entries()) {
    const before = fitted[index - 1];
    const misfit = isCircuit(gene) && isCircuit(before) && !canFollow(before.qubits, gene.qubits);
    fitted.push(misfit ? nearestFit(gene, before, index === layers.length - 1, bounds) : gene);
  }
  return fitted;
}

function nearestFit(gene: CircuitGene, before: CircuitGene, last: boolean, bounds: Bounds): CircuitGene {
  const distance = (qubits: number): number => Math.abs(qubits - gene.qubits);
  const fits = valuesOf(bounds.qubits).filter(
    (qubits) => canFollow(before.qubits, qubits) && (!last || qubits >= bounds.actions),
  );
  if (fits.length === 0) return gene;
  return { ...gene, qubits: fits.reduce((best, qubits) => (distance(qubits) < distance(best) ? qubits : best)) };
}

/** A dense layer drawn from the bounds; what it feeds may still change its width. */
export function drawDense(bounds: Bounds, rng: Rng): Gene | undefined {
  return bounds.units === undefined ? undefined : dense(rng.between(...bounds.units), drawActivation(rng));
}

/** The first result that there is, trying the items in random order. */
export function firstOf<T, R>(items: readonly T[], rng: Rng, attempt: (item: T) => R | undefined): R | undefined {
  const left = [...items];
  while (left.length > 0) {
    const drawn = rng.int(left.length);
    const result = attempt(left[drawn]!);
    if (result !== undefined) return result;
    left[drawn] = left.at(-1)!;
    left.pop();
  }
  return undefined;
}
