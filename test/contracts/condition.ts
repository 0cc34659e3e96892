import { parseValues } from '../../core/domain.js';
import { freezeGenome } from '../../core/genome/edit.js';
import { express, type Expression } from '../../core/genome/express.js';
import type { Genome } from '../../core/genome/genome.js';
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
  const shapesOf = ({ network }: Expression): readonly (readonly number[])[] => {
    const rows = new Float32Array(task.observationRows);
    const observationSpace = { kind: 'box', low: rows.map(() => -1), high: rows.map(() => 1) } as const;
    return lowerNetwork(network, { network: 'separate', observationSpace }).graph.parameters.map(({ shape }) => shape);
  };

  return [
    check('gives a genome or a reason, the same each time', () => {
      for (const genome of genomes()) {
        const changed = condition.apply(genome, options);
        ensure(!('ok' in changed) || changed.reason.length > 0, 'a refusal without a reason');
        ensureEqual(condition.apply(genome, options), changed, 'second call');
      }
    }),
    check('means something to some network of the space', () => {
      ensure(
        genomes().some((genome) => {
          const changed = condition.apply(genome, options);
          return changed !== genome && !('ok' in changed);
        }),
        'none of 50 random networks is changed',
      );
    }),
    check('keeps the weights in number and order', () => {
      for (const genome of genomes()) {
        const changed = condition.apply(genome, options);
        if ('ok' in changed || changed === genome) continue;
        const [before, after] = [genome, changed].map((one) => express(one, { kinds, task }));
        if (before?.ok !== true) continue;
        ensure(after?.ok === true, after?.ok === false ? after.reason : '');
        ensureEqual(shapesOf(after), shapesOf(before), 'shapes of the weights');
      }
    }),
  ];
}
