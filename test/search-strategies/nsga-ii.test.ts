import { describe, expect, it } from '@jest/globals';
import { crowdingDistance, hypervolume, nonDominatedSort, type Point } from '../../core/index.js';
import { zdt1 } from '../../bench/landscapes/real-moves.js';
import { toyNetworks } from '../../bench/landscapes/toy-networks.js';
import { nsga2 } from '../../search-strategies/nsga-ii/index.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import type { Step } from '../../bench/landscapes/run-landscape.js';
import { mean, run, seeds } from './run.js';

const objectivesOf = (
  steps: readonly Step[],
  landscape: { objectives?(genome: Step['proposal']['genome']): readonly number[] },
) => steps.map(({ proposal }) => landscape.objectives!(proposal.genome));

describe('NSGA-II', () => {
  it('covers the front of ZDT1 as published', () => {
    const landscape = zdt1(5);
    const volumes = seeds(20).map((seed) => {
      const steps = run(landscape, nsga2, { populationSize: 16 }, { candidates: 1600, seed });
      return hypervolume(lastPopulation(objectivesOf(steps, landscape), 16), [-11, -11]);
    });
    for (const volume of volumes) {
      expect(volume).toBeGreaterThan(119);
      expect(volume).toBeLessThan(120 + 2 / 3);
    }
    expect(mean(volumes)).toBeGreaterThan(120.45);
  });

  it('finds a better front of networks than random search, on average', () => {
    const volume = (strategy: typeof nsga2, seed: number): number => {
      const steps = run(toyNetworks, strategy, {}, { candidates: 400, seed });
      const points = objectivesOf(steps, toyNetworks).filter(([score]) => score! > -1);
      return hypervolume(
        points.map(([score, size]) => [score!, Math.max(-5000, size!)]),
        [-1, -5000],
      );
    };
    const average = (strategy: typeof nsga2): number => mean(seeds(20).map((seed) => volume(strategy, seed)));
    expect(average(nsga2)).toBeGreaterThan(average(randomSearch));
  });

  it('with one objective keeps the best', () => {
    const steps = run(
      { ...toyNetworks, objectives: (genome) => [toyNetworks.score(genome)] },
      nsga2,
      {},
      { candidates: 600, seed: 3 },
    );
    const average = (part: readonly Step[]): number => mean(part.map(({ truth }) => truth));
    expect(average(steps.slice(-100))).toBeGreaterThan(average(steps.slice(0, 32)) + 0.5);
  });
});

/** The population that NSGA-II ends with, made again from all points in their order. */
function lastPopulation(points: readonly Point[], size: number): readonly Point[] {
  let population: readonly Point[] = [];
  for (let start = 0; start < points.length; start += size) {
    const pool = [...population, ...points.slice(start, start + size)];
    const next: Point[] = [];
    for (const front of nonDominatedSort(pool)) {
      const members = front.map((index) => pool[index]!);
      const crowding = crowdingDistance(members);
      const order = members
        .map((_, i) => i)
        .sort((a, b) => (crowding[a] === crowding[b] ? 0 : crowding[b]! - crowding[a]!));
      const places = size - next.length;
      next.push(...(members.length > places ? order.slice(0, places).map((i) => members[i]!) : members));
      if (next.length === size) break;
    }
    population = next;
  }
  return population;
}
