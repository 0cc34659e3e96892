import type { Genome, Moves, Rng } from '../../core/index.js';
import type { Landscape } from '../landscapes/landscape.js';
import { gridMeasures } from './grid-measures.js';
import { genesOf } from './grid-space.js';
import type { Table } from './table.js';

/** Mean return of CartPole's random policy, over 100,000 episodes: what a training with no budget at all comes to. */
const untrained = 22;

/** Trainings of a network that no search is shown: half of them, three at most. */
function heldOutOf(trainings: number): number {
  return Math.max(1, Math.min(3, Math.floor(trainings / 2)));
}

/** Trainings that can be shown of every network. */
function shownOf({ trainings }: Table): number {
  const fewest = Math.min(...trainings.map((own) => own.length));
  return fewest - heldOutOf(fewest);
}

/**
 * The table as a search problem. For one run of a search each network has its seeds in an order of its own: its first
 * training shows the first of them, another training the next. The last ones (three of six seeds or more) stay held out;
 * where there is no next, the one before them is shown again. The true score is the mean of all that the search was not
 * shown, so that luck in the search does not count as quality; ask for it when the search has ended. A training with a part
 * of the budget shows the training episodes of that time instead of held-out ones.
 */
export function tableLandscape(table: Table, policy: 'greedy' | 'stochastic', moves: Moves, rng: Rng): Landscape {
  const numbers = numbersOf(table);
  const orders = new Map<number, readonly number[]>();
  const shown = new Map<number, number>();
  const numberOf = (genome: Genome): number => {
    const number = numbers.get(moves.identity(genome));
    if (number === undefined) throw new Error(`a network that is not in the table: ${JSON.stringify(genome)}`);
    return number;
  };
  const orderOf = (number: number): readonly number[] => {
    const known = orders.get(number);
    if (known !== undefined) return known;
    const order = table.trainings[number]!.map((_, seed) => seed);
    rng.fork('seeds', number).shuffle(order);
    orders.set(number, order);
    return order;
  };
  return {
    name: 'table',
    moves,
    measures: gridMeasures(),
    mostTrainings: shownOf(table),
    reuses: true,
    score(genome) {
      const number = numberOf(genome);
      const seen = shown.get(number) ?? 0;
      const heldOut = orderOf(number).slice(seen);
      return heldOut.reduce((sum, seed) => sum + table.trainings[number]![seed]![policy], 0) / heldOut.length;
    },
    train(genome, trained, fidelity) {
      const number = numberOf(genome);
      const order = orderOf(number);
      const next = Math.min(trained, order.length - heldOutOf(order.length) - 1);
      const training = table.trainings[number]![order[next]!]!;
      shown.set(number, Math.max(shown.get(number) ?? 0, next + 1));
      return fidelity === 1 ? training[policy] : onCurve(training.curve, fidelity);
    },
    metrics(genome) {
      const qubits = genesOf(genome, 'quantum-statevector/circuit').map((gene) => Number(gene['qubits']));
      return { 'score/parameters': table.parameters[numberOf(genome)]!, 'score/qubits': Math.max(0, ...qubits) };
    },
  };
}

/** Between the points of a curve, which begins with an untrained network. */
function onCurve(curve: readonly number[], share: number): number {
  const position = share * curve.length;
  const before = Math.floor(position);
  const low = before === 0 ? untrained : curve[before - 1]!;
  return low + (position - before) * ((curve[before] ?? low) - low);
}

const known = new WeakMap<Table, ReadonlyMap<string, number>>();

/** The place of every network in the table. */
function numbersOf(table: Table): ReadonlyMap<string, number> {
  const numbers = known.get(table) ?? new Map(table.networks.map((dna, number) => [dna, number]));
  known.set(table, numbers);
  return numbers;
}
