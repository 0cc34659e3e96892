import { exponential, logarithm, type Genome, type Moves, type Rng } from '../../core/index.js';
import type { Landscape } from './landscape.js';

/** x to the power y for x >= 0. */
function power(x: number, y: number): number {
  return x === 0 ? 0 : exponential(y * logarithm(x));
}

export function valuesOf({ layers }: Genome): number[] {
  return layers.map(({ value }) => Number(value));
}

export function realGenome(values: readonly number[]): Genome {
  return { layers: values.map((value) => ({ kind: 'landscape/number', value })) };
}

const eta = 20;

/**
 * Genomes are numbers in [0, 1], one gene each. Crossover: simulated binary, bounded, eta 20, each variable with
 * probability 1/2 (Deb and Agrawal 1995; bounded form of Deb's NSGA-II code). Mutation: polynomial, eta 20, each variable
 * with probability 1/n (Deb and Goyal 1996).
 */
export function realMoves(length: number): Moves {
  const mutate: Moves['mutate'] = (parent, rng) => ({
    genome: realGenome(valuesOf(parent).map((x) => (rng.float() < 1 / length ? polynomial(x, rng) : x))),
    by: 'landscape/polynomial',
  });
  return {
    random: (rng) => ({ genome: realGenome(Array.from({ length }, () => rng.float())), by: 'random' }),
    mutate,
    accept: (genome, by) => ({ genome, by }),
    mutations: [{ id: 'landscape/polynomial', weight: 1 }],
    mutateBy: (_id, parent, rng) => mutate(parent, rng),
    crossover(first, second, rng) {
      const other = valuesOf(second);
      return { genome: realGenome(valuesOf(first).map((x, i) => simulatedBinary(x, other[i]!, rng))), by: 'crossover' };
    },
    identity: (genome) => valuesOf(genome).join(),
    read: (text) => realGenome(text.split(' ').map(Number)),
    grid: () => ({ size: Infinity, at: () => realGenome([]) }),
  };
}

function simulatedBinary(first: number, second: number, rng: Rng): number {
  if (rng.float() >= 0.5 || Math.abs(first - second) < 1e-14) return first;
  const [low, high] = first < second ? [first, second] : [second, first];
  const u = rng.float();
  const spread = (beta: number): number => {
    const alpha = 2 - power(beta, -(eta + 1));
    return power(u <= 1 / alpha ? u * alpha : 1 / (2 - u * alpha), 1 / (eta + 1));
  };
  const near = 0.5 * (low + high - spread(1 + (2 * low) / (high - low)) * (high - low));
  const far = 0.5 * (low + high + spread(1 + (2 * (1 - high)) / (high - low)) * (high - low));
  return Math.min(1, Math.max(0, rng.int(2) === 0 ? near : far));
}

function polynomial(x: number, rng: Rng): number {
  const u = rng.float();
  const step =
    u < 0.5
      ? power(2 * u + (1 - 2 * u) * power(1 - x, eta + 1), 1 / (eta + 1)) - 1
      : 1 - power(2 * (1 - u) + 2 * (u - 0.5) * power(x, eta + 1), 1 / (eta + 1));
  return Math.min(1, Math.max(0, x + step));
}

/** ZDT1 (Zitzler, Deb and Thiele 2000), minimised: f1 = x1, f2 = g (1 - sqrt(f1 / g)). Objectives are negated. */
export function zdt1(length: number): Landscape {
  const objectives = (genome: Genome): readonly [number, number] => {
    const [first = 0, ...rest] = valuesOf(genome);
    const g = 1 + (9 * rest.reduce((sum, x) => sum + x, 0)) / (length - 1);
    return [-first, -g * (1 - Math.sqrt(first / g))];
  };
  return { name: `ZDT1 ${length}`, moves: realMoves(length), score: (genome) => objectives(genome)[0], objectives };
}

/** Minus the squared distance to a point inside the cube. */
export function sphere(length: number): Landscape {
  return {
    name: `sphere ${length}`,
    moves: realMoves(length),
    score: (genome) => -valuesOf(genome).reduce((sum, x) => sum + (x - 0.3) * (x - 0.3), 0),
    optimum: 0,
  };
}
