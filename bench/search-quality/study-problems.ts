import { configureConstraint, type ConfiguredConstraint } from '../../core/index.js';
import { createMoves } from '../../core/search/create-moves.js';
import { balancedSpace, mutations, rules } from '../../plugins/paper/index.js';
import { quantumLayers } from '../../plugins/search/index.js';
import { studyLandscape } from '../landscapes/study-networks.js';
import { kinds } from '../trainings.js';
import type { Problem } from './problem.js';

/** One of them is drawn for each run, the same for every contender; those with seeds 1 to 3 were used to choose the defaults of hybrid-evolution. */
const seeds = [11, 12, 13, 14, 15] as const;

/** Drawn returns on the study's space, all networks and hybrids by themselves. */
export function studyProblems(): readonly Problem[] {
  return [
    { name: 'study networks', constraints: [], goals: [350, 400] },
    { name: 'study networks, hybrids only', constraints: [configureConstraint(quantumLayers)], goals: [300, 350] },
  ].map(({ name, constraints, goals }) => {
    const moves = movesWithin(constraints);
    return {
      name,
      noise: 0,
      goals,
      decimals: 1,
      landscape: (rng) => studyLandscape(rng.fork('which').pick(seeds), moves, rng),
    };
  });
}

function movesWithin(constraints: readonly ConfiguredConstraint[]) {
  return createMoves({
    space: balancedSpace,
    mutations: Object.values(mutations).map((mutation) => ({ mutation, weight: mutation.weight ?? 1 })),
    constraints: [configureConstraint(rules), ...constraints],
    limits: { layers: [3, 5], units: [2, 64], qubits: [2, 4], repetitions: [1, 2] },
    kinds,
    task: { observationRows: 4, policyRows: 2 },
  });
}
