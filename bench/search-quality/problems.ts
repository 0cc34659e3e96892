import { createRng, type Moves } from '../../core/index.js';
import { leadingOnes, nk, oneMax, royalRoad } from '../landscapes/bit-landscapes.js';
import { drawnNetworks } from '../landscapes/drawn-networks.js';
import type { Landscape } from '../landscapes/landscape.js';
import { sphere } from '../landscapes/real-moves.js';
import { toyNetworks } from '../landscapes/toy-networks.js';
import { gridMoves } from '../table/grid-moves.js';
import { tableLandscape } from '../table/table-landscape.js';
import { readTable } from '../table/table.js';
import type { Problem } from './problem.js';
import { studyProblems } from './study-problems.js';

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

/** Networks that were trained: by the study's fitness and by the most probable action, all of them and hybrids by themselves. */
function tables(): readonly Problem[] {
  const table = readTable();
  const isHybrid = (dna: string): boolean => dna.includes('Q');
  const everything = () => true;
  const made = [
    { name: 'table, all', policy: 'stochastic', holds: everything, goals: [220, 250, 270] },
    { name: 'table, hybrids only', policy: 'stochastic', holds: isHybrid, goals: [80, 100, 120] },
    { name: 'table, all, greedy', policy: 'greedy', holds: everything, goals: [300, 350, 400] },
    { name: 'table, hybrids only, greedy', policy: 'greedy', holds: isHybrid, goals: [100, 150, 200] },
  ] satisfies (Pick<Problem, 'name' | 'goals'> & { policy: Policy; holds: (dna: string) => boolean })[];
  return made.map(({ name, policy, holds, goals }) => {
    let moves: Moves | undefined;
    return {
      name,
      noise: 0,
      goals,
      decimals: 1,
      measured: true,
      landscape(rng) {
        moves ??= gridMoves(new Set(table.networks.filter(holds)));
        return tableLandscape(table, policy, moves, rng);
      },
    };
  });
}

type Policy = 'greedy' | 'stochastic';

/** Another one for each run: for choosing the defaults of a strategy, on other ground than it is compared on. */
const drawn: Problem = {
  name: 'drawn networks',
  noise: 0.3,
  goals: [2.5],
  decimals: 3,
  landscape: (rng) => drawnNetworks(rng),
};

/** "landscapes", "table", "study networks", a whole name, or those of either whose name has such a part: "OneMax". */
export function problemsOf(on: string): readonly Problem[] {
  const groups = on.startsWith('table') ? tables() : on.startsWith('study') ? studyProblems() : landscapes;
  if (on === 'landscapes') return landscapes;
  if (on === drawn.name) return [drawn];
  const exact = groups.filter(({ name }) => name === on);
  return exact.length > 0 ? exact : groups.filter(({ name }) => name.includes(on));
}
