import { HqnasError } from '../../core/index.js';

/**
 * Samples of a batch of `count` values in `rows` rows.
 * @throws HqnasError `invalid-circuit-values`
 */
export function samplesOf(count: number, rows: number, given: number | undefined, capacity: number): number {
  const samples = given ?? (rows === 0 ? 1 : count / rows);
  if (!Number.isInteger(samples) || samples < 1 || samples > capacity) {
    fail('inputs', 'the number of samples is bad', `1 to ${capacity} samples of ${rows} values`, `${count} values`);
  }
  requireCount('inputs', count, rows * samples);
  return samples;
}

/** @throws HqnasError `invalid-circuit-values` */
export function requireCount(where: string, count: number, expected: number): void {
  if (count !== expected) fail(where, 'the number of values is bad', String(expected), String(count));
}

/** @throws HqnasError `invalid-circuit-values` */
export function requireFinite(where: string, values: ArrayLike<number>): void {
  for (let k = 0; k < values.length; k++) {
    // Subtraction leaves 0 of finite numbers alone.
    if (values[k]! - values[k]! !== 0)
      fail(`${where}[${k}]`, 'a value is not finite', 'a finite number', String(values[k]));
  }
}

function fail(where: string, what: string, expected: string, got: string): never {
  throw new HqnasError({ code: 'invalid-circuit-values', where, what, expected, got });
}
