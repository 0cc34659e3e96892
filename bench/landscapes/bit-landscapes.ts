import type { Genome, Rng } from '../../core/index.js';
import { bit, bitMoves } from './bit-moves.js';
import type { Landscape } from './landscape.js';

type Flips = 'one' | 'each';

export function ones({ layers }: Genome): number {
  let count = 0;
  for (const { on } of layers) if (on === true) count++;
  return count;
}

export function leading({ layers }: Genome): number {
  let count = 0;
  while (layers[count]?.['on'] === true) count++;
  return count;
}

/** The share of ones. */
export function oneMax(length: number, flips: Flips = 'one'): Landscape {
  return {
    name: `OneMax ${length}`,
    moves: bitMoves(length, flips),
    score: (genome) => ones(genome) / length,
    optimum: 1,
  };
}

/** The share of ones before the first zero. */
export function leadingOnes(length: number, flips: Flips = 'one'): Landscape {
  return {
    name: `LeadingOnes ${length}`,
    moves: bitMoves(length, flips),
    score: (genome) => leading(genome) / length,
    optimum: 1,
  };
}

/**
 * Kauffman's NK: bit i contributes by a table over bits i .. i + K (cyclic) with uniform entries; the score is the mean.
 * Kauffman and Levin, "Towards a general theory of adaptive walks on rugged landscapes", 1987.
 */
export function nk(length: number, neighbours: number, rng: Rng): Landscape & { at(bits: number): number } {
  const width = 2 ** (neighbours + 1);
  const table = Float64Array.from({ length: length * width }, () => rng.float());
  return {
    name: `NK ${length} ${neighbours}`,
    moves: bitMoves(length),
    score: (genome) => contribution((i) => bit(genome, i)),
    /** The score of a whole number's bits: for enumeration. */
    at: (bits) => contribution((i) => ((bits >>> i) & 1) === 1),
  };

  function contribution(on: (index: number) => boolean): number {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      let entry = 0;
      for (let j = 0; j <= neighbours; j++) entry = entry * 2 + (on((i + j) % length) ? 1 : 0);
      sum += table[i * width + entry]!;
    }
    return sum / length;
  }
}

/**
 * Deceptive blocks (Deb and Goldberg 1993): a block of k bits with u ones counts k if u = k, else k - 1 - u. Single
 * flips lead away from the optimum: a negative control.
 */
export function trap(blocks: number, size: number): Landscape {
  const length = blocks * size;
  return {
    name: `trap ${blocks} x ${size}`,
    moves: bitMoves(length),
    score: (genome) => blockSum(genome, size, (count) => (count === size ? size : size - 1 - count)) / length,
    optimum: 1,
  };
}

/** Royal road R1 (Mitchell, Forrest and Holland 1992): a block counts when all its bits are ones. */
export function royalRoad(blocks: number, size: number): Landscape {
  return {
    name: `royal road ${blocks} x ${size}`,
    moves: bitMoves(blocks * size),
    score: (genome) => blockSum(genome, size, (count) => (count === size ? 1 : 0)) / blocks,
    optimum: 1,
  };
}

function blockSum({ layers }: Genome, size: number, value: (ones: number) => number): number {
  let sum = 0;
  for (let start = 0; start < layers.length; start += size) {
    let count = 0;
    for (let i = start; i < start + size; i++) if (layers[i]?.['on'] === true) count++;
    sum += value(count);
  }
  return sum;
}
