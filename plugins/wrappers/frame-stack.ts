import { box, defineWrapper, integer, rowsOf, type Rows } from '../../core/index.js';

/** The last observations one below the other, the newest last; an episode starts with copies of its first one. */
export const frameStack = defineWrapper({
  id: 'wrappers/frame-stack',
  summary: 'show the last few observations at once',
  options: { frames: integer(2, 64, { fallback: 4, help: 'how many' }) },
  make({ observationSpace, lanes }, { frames }) {
    const rows = rowsOf(observationSpace);
    const [low, high] =
      observationSpace.kind === 'box'
        ? [observationSpace.low, observationSpace.high]
        : [[observationSpace.start], [observationSpace.start + observationSpace.n - 1]];
    const repeated = (values: ArrayLike<number>): Float32Array =>
      Float32Array.from({ length: rows * frames }, (_, i) => values[i % rows]!);
    /** [frame and row][lane] */
    const stack = new Float32Array(rows * frames * lanes);
    const show = (lane: number, { data, stride }: Rows): void => {
      for (let row = 0; row < rows * frames; row++) data[row * stride + lane] = stack[row * lanes + lane]!;
    };
    const push = (lane: number, { data, stride }: Rows): void => {
      for (let row = 0; row < rows * (frames - 1); row++) {
        stack[row * lanes + lane] = stack[(row + rows) * lanes + lane]!;
      }
      for (let row = 0; row < rows; row++) {
        stack[(rows * (frames - 1) + row) * lanes + lane] = data[row * stride + lane]!;
      }
    };
    return {
      observationSpace: box(repeated(low), repeated(high)),
      start(lane, from, into) {
        for (let frame = 0; frame < frames; frame++) push(lane, from);
        show(lane, into);
      },
      next(lane, from, into) {
        push(lane, from);
        show(lane, into);
      },
      save: () => ({ stack: [...stack] }),
      restore: (state) => stack.set(state['stack'] as number[]), // written by `save`
    };
  },
});
