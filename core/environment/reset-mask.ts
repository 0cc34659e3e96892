import { HqnasError } from '../errors.js';

/**
 * Checks a mask of environments to reset: one entry each, 0 or 1, at least one of them 1.
 * @throws HqnasError `invalid-reset-mask`
 */
export function checkResetMask(mask: Uint8Array, count: number): void {
  if (mask instanceof Uint8Array && mask.length === count && mask.every((entry) => entry <= 1) && mask.includes(1)) {
    return;
  }
  throw new HqnasError({
    code: 'invalid-reset-mask',
    what: 'this is not a mask of environments to reset',
    expected: `a Uint8Array of ${count} entries 0 or 1, at least one of them 1`,
    got: mask instanceof Uint8Array ? `[${[...mask].join(', ')}]` : typeof mask,
  });
}
