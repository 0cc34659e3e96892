import { HqnasError } from '../errors.js';
import type { Pcg64 } from './pcg64.js';
import type { Element, Space } from './space.js';

/**
 * What Gymnasium's `space.sample()` returns for a space seeded like `generator`: one bounded integer, or one uniform
 * draw per dimension of a bounded box.
 * @throws HqnasError `unbounded-space`
 */
export function sampleSpace<S extends Space>(space: S, generator: Pcg64): Element<S>;
export function sampleSpace(space: Space, generator: Pcg64): number | Float32Array {
  if (space.kind === 'discrete') return space.start + generator.integers(0, space.n);
  return space.low.map((low, i) => {
    const high = space.high[i]!;
    if (Number.isFinite(low) && Number.isFinite(high)) return generator.uniform(low, high);
    throw new HqnasError({
      code: 'unbounded-space',
      what: `dimension ${i} of the box has no finite bounds to sample between`,
      got: `[${low}, ${high}]`,
      remedy: 'Give the action space finite bounds.',
    });
  });
}
