import type { Gene, Genome, Move, Moves, Rng } from '../../core/index.js';

const one: Gene = Object.freeze({ kind: 'landscape/bit', on: true });
const zero: Gene = Object.freeze({ kind: 'landscape/bit', on: false });

export function bit(genome: Genome, index: number): boolean {
  return genome.layers[index] === one || genome.layers[index]?.['on'] === true;
}

export function bitsOf(genome: Genome): string {
  return genome.layers.map(({ on }) => (on === true ? '1' : '0')).join('');
}

export function bitGenome(bits: string): Genome {
  return { layers: [...bits].map((character) => (character === '1' ? one : zero)) };
}

/**
 * Genomes are strings of bits, one gene each. A mutation flips one uniformly chosen bit, or (`each`) every bit with
 * probability 1/n, as the (1+1) evolutionary algorithm does. Crossover cuts both parents at the same place.
 */
export function bitMoves(length: number, flips: 'one' | 'each' = 'one'): Moves {
  const id = `landscape/flip-${flips}`;
  const flipped = (gene: Gene | undefined): Gene => (gene === one ? zero : one);
  const mutate = ({ layers }: Genome, rng: Rng): Move => {
    const child = [...layers];
    if (flips === 'one') {
      const at = rng.int(length);
      child[at] = flipped(child[at]);
    } else {
      for (let at = 0; at < length; at++) if (rng.int(length) === 0) child[at] = flipped(child[at]);
    }
    return { genome: { layers: child }, by: id };
  };
  return {
    random(rng) {
      const layers: Gene[] = [];
      let word = 0;
      for (let at = 0; at < length; at++) {
        if (at % 32 === 0) word = rng.uint32();
        layers.push(((word >>> (at % 32)) & 1) === 1 ? one : zero);
      }
      return { genome: { layers }, by: 'random' };
    },
    mutate,
    accept: (genome, by) => ({ genome, by }),
    mutations: [{ id, weight: 1 }],
    mutateBy: (_id, parent, rng) => mutate(parent, rng),
    crossover(first, second, rng) {
      const cut = rng.between(1, Math.max(1, length - 1));
      return { genome: { layers: [...first.layers.slice(0, cut), ...second.layers.slice(cut)] }, by: 'crossover' };
    },
    identity: bitsOf,
    read: bitGenome,
    grid: () => ({
      size: 2 ** length,
      at: (index) => bitGenome(index.toString(2).padStart(length, '0')),
    }),
  };
}
