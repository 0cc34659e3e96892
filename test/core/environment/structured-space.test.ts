import { describe, expect, it } from '@jest/globals';
import { box, discrete } from '../../../core/environment/space.js';
import { flatSpace, flatten, type StructuredSpace } from '../../../core/environment/structured-space.js';

const space: StructuredSpace = {
  kind: 'dict',
  spaces: {
    position: box([-1, -2], [1, 2]),
    lamp: { kind: 'tuple', spaces: [discrete(3, 5), { kind: 'multi-binary', n: 2 }] },
    keys: { kind: 'multi-discrete', sizes: [2, 3] },
  },
};

describe('structured spaces', () => {
  it('flatten in the order of Gymnasium: names sorted, whole numbers one-hot', () => {
    // gymnasium.spaces.utils.flatten of Dict(position=Box, lamp=Tuple(Discrete(3, start=5), MultiBinary(2)), keys=MultiDiscrete)
    const value = { position: [0.5, -1.5], lamp: [6, [1, 0]], keys: [1, 2] };
    expect([...flatten(space, value)]).toEqual([0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0.5, -1.5]);
    expect([...flatSpace(space).low]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -2]);
    expect([...flatSpace(space).high]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
  });

  it.each([
    [discrete(3), 3],
    [{ kind: 'multi-binary', n: 2 }, [0, 2]],
    [{ kind: 'multi-discrete', sizes: [2] }, [2]],
    [box([0], [1]), [0, 0]],
    [space, { position: [0, 0], lamp: [6, [1, 0]] }],
  ] as const)('refuse what is no member', (wrongSpace, value) => {
    expect(() => flatten(wrongSpace as StructuredSpace, value)).toThrow(RangeError);
  });
});
