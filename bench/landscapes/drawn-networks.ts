import type { Gene, Genome, Rng } from '../../core/index.js';
import type { Landscape } from './landscape.js';
import { toyMoves } from './toy-networks.js';

/**
 * Networks with a score that is drawn: what a layer is worth by its kind and size, what two neighbours are worth beside
 * that, and what each depth is worth. For choosing a strategy's defaults: what they are compared on afterwards must be
 * something else.
 */
export function drawnNetworks(rng: Rng): Landscape {
  const known = new Map<string, number>();
  const drawn = (name: string): number => {
    const value = known.get(name) ?? rng.fork(name).normal();
    known.set(name, value);
    return value;
  };
  const score = ({ layers }: Genome): number => {
    let sum = drawn(`depth ${layers.length}`);
    for (const [index, gene] of layers.entries()) {
      const next = layers[index + 1];
      sum +=
        (drawn(`layer ${sizeOf(gene)}`) +
          0.5 * drawn(`pair ${sizeOf(gene)} ${next === undefined ? 'end' : sizeOf(next)}`)) /
        layers.length;
    }
    return sum;
  };
  return { name: 'drawn networks', moves: toyMoves, score };
}

/** Kind and size, dense widths in steps of a factor of 2. */
function sizeOf(gene: Gene): string {
  if (gene['qubits'] !== undefined) return `Q${Number(gene['qubits'])}`;
  let doublings = 0;
  for (let bound = 2; bound <= Number(gene['units']); bound *= 2) doublings++;
  return `C${doublings}`;
}
