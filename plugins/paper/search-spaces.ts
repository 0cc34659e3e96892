import {
  defineSearchSpace,
  refuse,
  type Gene,
  type Genome,
  type MutationContext,
  type SearchSpace,
} from '../../core/index.js';
import { boundsOf, valuesOf } from './bounds.js';
import { drawNetwork, type QubitRule } from './generator.js';
import { isCircuit, isDense } from './genes.js';
import * as mutations from './mutations/index.js';
import { rules } from './rules.js';

const shared: Pick<SearchSpace, 'limits' | 'mutations' | 'constraints' | 'checkLimits'> = {
  limits: { layers: [3, 10], units: [2, 64], qubits: [2, 10], repetitions: [1, 3] },
  mutations: Object.values(mutations).map(({ id }) => id),
  constraints: [rules.id],
  checkLimits({ units, qubits }) {
    if (units === undefined || qubits === undefined) return undefined;
    if (units[0] <= qubits[0] && units[1] >= qubits[1]) return undefined;
    return refuse(
      `a dense layer before a circuit has one neuron per qubit, but units [${units.join(', ')}] do not cover qubits [${qubits.join(', ')}]`,
    );
  },
};

/**
 * Qubits as in the study's code: after a dense layer wider than the most qubits exactly the most; otherwise uniform.
 * After a circuit of n: as many as the policy needs at the end, else uniform over the list min..n and 2^n, cut off at
 * the most. The cut-off makes about 0.2 % of the networks invalid (10 qubits after 4 to 9); they are drawn again.
 */
const asPublished: QubitRule = (before, last, bounds, rng) => {
  if (isCircuit(before)) {
    const [fewest, most] = bounds.qubits!;
    if (last) return Math.max(fewest, bounds.actions);
    return rng.pick([...valuesOf([fewest, before.qubits]), Math.min(most, 2 ** before.qubits)]);
  }
  const [fewest, most] = bounds.fed!;
  return isDense(before) && before.units > most ? most : rng.between(fewest, most);
};

export const studySpace = defineSearchSpace({
  id: 'paper/study',
  summary: "the study's search space and generator, which draws 10 qubits for 84 % of all circuits",
  ...shared,
  random: (context) => drawNetwork(context, asPublished),
});

/**
 * The same networks with qubits uniform over their limits: all are drawn independently, and those of circuits in a row
 * are put in descending order, which makes every row valid without any redrawing.
 */
export const balancedSpace = defineSearchSpace({
  id: 'paper/balanced',
  summary: "the study's search space with numbers of qubits drawn uniformly",
  ...shared,
  random: (context) =>
    sortRuns(
      drawNetwork(context, (_before, _last, { fed }, rng) => rng.between(...fed!)),
      context,
    ),
});

function sortRuns({ layers }: Genome, context: MutationContext): Genome {
  const { actions, fed } = boundsOf(context);
  const result: Gene[] = [...layers];
  for (let end = layers.length; end > 0; end--) {
    if (!isCircuit(layers[end - 1])) continue;
    let start = end;
    while (isCircuit(layers[start - 1])) start--;
    let counts = layers.slice(start, end).flatMap((gene) => (isCircuit(gene) ? [gene.qubits] : []));
    // Circuits before the end of the network must leave enough qubits for the policy.
    if (end === layers.length)
      counts = counts.map((count) => (count >= actions ? count : redraw(actions, fed![1], context)));
    counts.sort((a, b) => b - a);
    for (const [offset, qubits] of counts.entries()) result[start + offset] = { ...result[start + offset]!, qubits };
    const feeder = result[start - 1]!;
    if (isDense(feeder)) result[start - 1] = { ...feeder, units: counts[0]! };
    end = start;
  }
  return { layers: result };
}

function redraw(fewest: number, most: number, { rng }: MutationContext): number {
  return rng.between(Math.min(fewest, most), most);
}
