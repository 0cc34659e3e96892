import { HqnasError, box, defineWrapper, real, rowsOf, type Rows } from '../../core/index.js';

/** A discrete observation as one number per value, 1 for the one that is meant; a box stays as it is. */
export const flattenObservation = defineWrapper({
  id: 'wrappers/flatten-observation',
  summary: 'turn a discrete observation into one number per value, 1 for the one that is meant',
  options: {},
  make({ observationSpace }) {
    if (observationSpace.kind === 'box') return {};
    const { n, start } = observationSpace;
    const show = (lane: number, { data: from }: Rows, { data, stride }: Rows): void => {
      for (let row = 0; row < n; row++) data[row * stride + lane] = row + start === from[lane] ? 1 : 0;
    };
    return { observationSpace: box(new Float32Array(n), new Float32Array(n).fill(1)), start: show, next: show };
  },
});

/** Observations times a factor plus an offset. */
export const scaleObservation = defineWrapper({
  id: 'wrappers/scale-observation',
  summary: 'multiply observations by a factor and add an offset',
  options: {
    factor: real(-1e6, 1e6, { fallback: 1, help: 'multiplied with every number; not 0' }),
    offset: real(-1e6, 1e6, { fallback: 0, help: 'added to every number' }),
  },
  make({ observationSpace }, { factor, offset }) {
    if (observationSpace.kind === 'discrete' || factor === 0) {
      throw new HqnasError({
        code: 'unsupported-wrapper',
        what: 'wrappers/scale-observation needs observations of numbers and a factor other than 0',
        remedy: 'Put wrappers/flatten-observation before it, or correct the factor.',
      });
    }
    const turn = (value: number): number => value * factor + offset;
    const [low, high] = [observationSpace.low.map(turn), observationSpace.high.map(turn)];
    const rows = rowsOf(observationSpace);
    const scale = (lane: number, from: Rows, into: Rows): void => {
      for (let row = 0; row < rows; row++) {
        into.data[row * into.stride + lane] = from.data[row * from.stride + lane]! * factor + offset;
      }
    };
    return { observationSpace: factor > 0 ? box(low, high) : box(high, low), start: scale, next: scale };
  },
});
