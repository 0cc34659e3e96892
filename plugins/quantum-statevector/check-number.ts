import { HqnasError } from '../../core/index.js';

/**
 * Checks a number of draws, layers, places.
 * @param where name of the option
 * @throws HqnasError `invalid-argument`
 */
export function requireWhole(where: string, value: number, minimum: number, maximum = Infinity): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new HqnasError({
    code: 'invalid-argument',
    where,
    what: 'this is no number that fits',
    expected: `a whole number from ${minimum}${maximum === Infinity ? '' : ` to ${maximum}`}`,
    got: String(value),
  });
}
