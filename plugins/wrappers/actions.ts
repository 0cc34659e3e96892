import { box, defineWrapper, real, rowsOf, type BoxSpace, type Space } from '../../core/index.js';
import { HqnasError } from '../../core/index.js';

/** Actions beyond the bounds of a box are brought to the bounds. */
export const clipAction = defineWrapper({
  id: 'wrappers/clip-action',
  summary: 'bring continuous actions to the bounds of their box',
  options: {},
  make({ actionSpace }) {
    const { low, high } = boxOf(actionSpace, 'wrappers/clip-action');
    return {
      act(lane, from, into) {
        for (let row = 0; row < low.length; row++) {
          const value = from.data[row * from.stride + lane]!;
          into.data[row * into.stride + lane] = Math.min(high[row]!, Math.max(low[row]!, value));
        }
      },
    };
  },
});

/** Actions between `minimum` and `maximum`, stretched to the bounds of a box. */
export const rescaleAction = defineWrapper({
  id: 'wrappers/rescale-action',
  summary: 'let continuous actions lie between two numbers, and stretch them to the bounds of their box',
  options: {
    minimum: real(-1000, 1000, { fallback: -1, help: 'what the lower bound is called' }),
    maximum: real(-1000, 1000, { fallback: 1, help: 'what the upper bound is called' }),
  },
  make({ actionSpace }, { minimum, maximum }) {
    const { low, high } = boxOf(actionSpace, 'wrappers/rescale-action');
    if (!(minimum < maximum)) {
      throw new HqnasError({
        code: 'invalid-option',
        what: '"minimum" must be below "maximum"',
        where: 'wrappers/rescale-action.minimum',
        expected: `a number below ${maximum}`,
        got: String(minimum),
      });
    }
    const rows = rowsOf(actionSpace);
    return {
      actionSpace: box(new Float32Array(rows).fill(minimum), new Float32Array(rows).fill(maximum)),
      act(lane, from, into) {
        for (let row = 0; row < rows; row++) {
          const share = (from.data[row * from.stride + lane]! - minimum) / (maximum - minimum);
          into.data[row * into.stride + lane] = low[row]! + share * (high[row]! - low[row]!);
        }
      },
    };
  },
});

function boxOf(space: Space, wrapper: string): BoxSpace {
  if (space.kind === 'box') return space;
  throw new HqnasError({
    code: 'unsupported-wrapper',
    what: `${wrapper} changes continuous actions, and this environment has discrete ones`,
    remedy: 'Leave the wrapper out.',
  });
}
