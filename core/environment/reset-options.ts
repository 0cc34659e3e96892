import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { ResetOptions } from './environment.js';

/** Bounds of a uniform start state: Gymnasium's reset options `low` and `high`; either may be left out. */
export interface ResetBounds extends JsonObject {
  readonly low: number;
  readonly high: number;
}

/**
 * Reads reset options that are numbers, each with a default.
 * @throws HqnasError `invalid-reset-option` for an unknown name or a value that is not a finite number
 */
export function parseResetOptions<K extends string>(
  fallbacks: Readonly<Record<K, number>>,
  given: ResetOptions = {},
): Readonly<Record<K, number>> {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(fallbacks, name)) throw invalid(name, `one of ${Object.keys(fallbacks).join(', ')}`, name);
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw invalid(name, 'a finite number', JSON.stringify(value));
  }
  return { ...fallbacks, ...given };
}

/**
 * Reads `low` and `high`.
 * @throws HqnasError `invalid-reset-option`
 */
export function parseResetBounds(fallback: ResetBounds, given?: ResetOptions): ResetBounds {
  const { low, high } = parseResetOptions({ low: fallback.low, high: fallback.high }, given);
  if (low > high) throw invalid('low', `at most "high" = ${high}`, String(low));
  return { low, high };
}

function invalid(name: string, expected: string, got: string): HqnasError {
  return new HqnasError({
    code: 'invalid-reset-option',
    what: 'a reset option is wrong',
    where: `options.${name}`,
    expected,
    got,
  });
}
