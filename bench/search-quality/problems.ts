import { createRng, type Rng } from '../../core/index.js';
import { leadingOnes, nk, oneMax, royalRoad } from '../landscapes/bit-landscapes.js';
import { drawnNetworks } from '../landscapes/drawn-networks.js';
import type { Landscape } from '../landscapes/landscape.js';
import { sphere } from '../landscapes/real-moves.js';
import { toyNetworks } from '../landscapes/toy-networks.js';
import { gridMoves } from '../table/grid-moves.js';
import { tableLandscape } from '../table/table-landscape.js';
import { readTable } from '../table/table.js';
import { studyProblems } from './study-problems.js';

/** What contenders are compared on. */
export interface Problem {
  readonly name: string;
  /** Standard deviation of the noise on a score that is made up. */
  readonly noise: number;
  /** True scores whose reaching is timed. */
  readonly goals: readonly number[];
  /** Decimals of a score. */
  readonly decimals: number;
  /** The problem as one run of a search meets it. */
  landscape(rng: Rng): Landscape;
}

function madeUp(landscape: Landscape, noise: number, goal: number): Problem {
  const { objectives: _several, ...single } = landscape;
  return { name: landscape.name, noise, goals: [goal], decimals: 3, landscape: () => single };
}

/** Made up: they show how strategies differ, not which one is best for networks. */
const landscapes: readonly Problem[] = [
  madeUp(toyNetworks, 0.1, 1.15),
  madeUp(oneMax(50), 0.05, 0.8),
  madeUp(leadingOnes(30), 0.02, 0.4),
  madeUp(nk(24, 3, createRng(7)), 0.05, 0.68),
  madeUp(royalRoad(5, 4), 0.05, 0.6),
  madeUp(sphere(6), 0.02, -0.1),
];

/** Networks that were trained: by the study's fitness, its hybrids by themselves, and by the most probable action. */
function tables(): readonly Problem[] {
  const table = readTable();
  const everything = gridMoves(new Set(table.networks));
  const hybrids = gridMoves(new Set(table.networks.filter((dna) => dna.includes('Q'))));
  return [
    { name: 'table, all', policy: 'stochastic', moves: everything, goals: [140, 160, 180] },
    { name: 'table, hybrids only', policy: 'stochastic', moves: hybrids, goals: [80, 100, 120] },
    { name: 'table, greedy', policy: 'greedy', moves: everything, goals: [300, 350, 400] },
  ].map(({ name, policy, moves, goals }) => {
    const landscape = (rng: Rng): Landscape =>
      tableLandscape(table, policy === 'greedy' ? policy : 'stochastic', moves, rng);
    return { name, noise: 0, goals, decimals: 1, landscape };
  });
}

/** Another one for each run: for choosing the defaults of a strategy, on other ground than it is compared on. */
const drawn: Problem = {
  name: 'drawn networks',
  noise: 0.3,
  goals: [2.5],
  decimals: 3,
  landscape: (rng) => drawnNetworks(rng),
};

/** "landscapes", "table", "study networks", or those of either whose name has such a part: "OneMax", "table, hybrids". */
export function problemsOf(on: string): readonly Problem[] {
  if (on === 'landscapes') return landscapes;
  if (on === drawn.name) return [drawn];
  if (on.startsWith('study')) return studyProblems().filter(({ name }) => name.includes(on));
  return (on.startsWith('table') ? tables() : landscapes).filter(({ name }) => name.includes(on));
}
