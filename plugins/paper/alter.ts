import type { Gene, Genome, MutationContext } from '../../core/index.js';
import { boundsOf, valuesOf, type Bounds } from './bounds.js';
import { canFollow, isCircuit, isDense } from './genes.js';
import { firstOf, settle } from './settle.js';

/**
 * Grows or shrinks a random layer: a dense layer by its width; a circuit, or the dense layer that feeds one, by qubits
 * of the circuit and width of the dense layer together. The new size is uniform over those that lead to a valid network.
 */
export function alter({ layers }: Genome, context: MutationContext, direction: 'grow' | 'shrink'): Genome | undefined {
  const bounds = boundsOf(context);
  const { rng } = context;
  return firstOf(targets(layers), rng, (index) => {
    const gene = layers[index]!;
    return firstOf(sizes(gene, layers[index - 1], bounds, direction), rng, (size) =>
      settle(layers.with(index, isCircuit(gene) ? { ...gene, qubits: size } : { ...gene, units: size }), bounds, rng),
    );
  });
}

/** For every layer but a dense head, the layer whose size it stands for. Layers of other kinds have none. */
function targets(layers: readonly Gene[]): readonly number[] {
  return layers.flatMap((gene, index) => {
    const next = layers[index + 1];
    if (isCircuit(gene)) return [index];
    if (!isDense(gene) || next === undefined) return [];
    return [isCircuit(next) ? index + 1 : index];
  });
}

function sizes(gene: Gene, before: Gene | undefined, bounds: Bounds, direction: 'grow' | 'shrink'): readonly number[] {
  const size = isCircuit(gene) ? gene.qubits : isDense(gene) ? gene.units : 0;
  const range = !isCircuit(gene) ? bounds.units : isCircuit(before) ? bounds.qubits : bounds.fed;
  return valuesOf(range).filter((other) => {
    if (direction === 'grow' ? other <= size : other >= size) return false;
    return !isCircuit(gene) || !isCircuit(before) || canFollow(before.qubits, other);
  });
}
