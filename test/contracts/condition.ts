import type { Graph, OpReplacement } from '../../compiler/graph.js';
import { parseValues } from '../../core/domain.js';
import { freezeGenome } from '../../core/genome/edit.js';
import { express } from '../../core/genome/express.js';
import type { Genome } from '../../core/genome/genome.js';
import type { Refusal } from '../../core/layer/layer-kind.js';
import { lowerNetwork } from '../../core/model/build-model.js';
import { createRng } from '../../core/random.js';
import type { Condition } from '../../core/training/condition.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';
import { taskOf, type SpaceContext } from './space-context.js';

/**
 * What every condition promises: the same weights in the same order, nothing changed, a reason when it refuses.
 * @param context where networks come from
 * @param given options of the condition; the rest take their defaults
 */
export function conditionContract(
  condition: Condition,
  context: SpaceContext,
  given: Readonly<Record<string, unknown>> = {},
): readonly Check[] {
  const { kinds, space, limits = space.limits } = context;
  const task = taskOf(context);
  const options = parseValues(condition.options, given, condition.id);
  const genomes = (): readonly Genome[] =>
    Array.from({ length: 50 }, (_, seed) => freezeGenome(space.random({ kinds, limits, task, rng: createRng(seed) })));
  const check = (name: string, run: () => void): Check => ({ name: `${condition.id}: ${name}`, run });
  const graphOf = (genome: Genome, replace?: OpReplacement): Graph | undefined => {
    const expressed = express(genome, { kinds, task });
    if (!expressed.ok) return undefined;
    const rows = new Float32Array(task.observationRows);
    const observationSpace = { kind: 'box', low: rows.map(() => -1), high: rows.map(() => 1) } as const;
    return lowerNetwork(expressed.network, { network: 'separate', observationSpace, replace }).graph;
  };
  const under = (genome: Genome): Genome | Refusal => condition.apply?.(genome, options) ?? genome;

  return [
    check('gives a genome or a reason, the same each time', () => {
      for (const genome of genomes()) {
        const changed = under(genome);
        ensure(!('ok' in changed) || changed.reason.length > 0, 'a refusal without a reason');
        ensureEqual(under(genome), changed, 'second call');
      }
    }),
    check('means something to some network of the space', () => {
      ensure(
        genomes().some((genome) => {
          const changed = under(genome);
          if ('ok' in changed) return false;
          return changed !== genome || graphOf(genome, condition.replace?.(options))?.key() !== graphOf(genome)?.key();
        }),
        'none of 50 random networks is changed',
      );
    }),
    check('keeps the weights in number and order', () => {
      for (const genome of genomes()) {
        const changed = under(genome);
        const before = graphOf(genome);
        if ('ok' in changed || before === undefined) continue;
        const after = graphOf(changed, condition.replace?.(options));
        ensure(after !== undefined, 'the changed network cannot be built');
        const shapesOf = (graph: Graph): readonly (readonly number[])[] => graph.parameters.map(({ shape }) => shape);
        ensureEqual(shapesOf(after), shapesOf(before), 'shapes of the weights');
      }
    }),
  ];
}
