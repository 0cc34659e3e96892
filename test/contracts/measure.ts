import type { Genome } from '../../core/genome/genome.js';
import type { Measure } from '../../core/training/measure.js';
import type { Measuring } from '../../core/training/measuring.js';
import type { Check } from './contract.js';
import { ensure } from './expect.js';

/**
 * What every measure promises: a number that belongs to the network, whoever asks, when, and after what.
 * @param measuring makes a place to measure in, the same each time
 * @param genomes networks of a search; at least one to which the measure means something
 */
export function measureContract(
  measure: Measure,
  measuring: () => Measuring,
  genomes: readonly Genome[],
): readonly Check[] {
  const { id } = measure;
  const check = (name: string, run: () => void): Check => ({ name: `${id}: ${name}`, run });
  return [
    check('a finite number, or undefined where it does not apply', () => {
      const values = genomes.map((genome) => measuring().of(id, genome));
      ensure(
        values.some((value) => value !== undefined),
        'it applies to none of the networks',
      );
      ensure(
        values.every((value) => value === undefined || Number.isFinite(value)),
        `values: ${values.join(', ')}`,
      );
    }),
    check('the same number whatever was measured before', () => {
      const place = measuring();
      const forwards = genomes.map((genome) => place.of(id, genome));
      const other = measuring();
      const backwards = [...genomes].reverse().map((genome) => other.of(id, genome));
      backwards.reverse();
      ensure(
        forwards.every((value, i) => Object.is(value, backwards[i])),
        `${forwards.join(', ')} and ${backwards.join(', ')}`,
      );
    }),
    check('says which way is better', () => {
      ensure(['maximise', 'minimise'].includes(measure.direction), `direction ${measure.direction}`);
    }),
  ];
}
