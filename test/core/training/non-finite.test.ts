import { describe, expect, it } from '@jest/globals';
import { nonFiniteIn } from '../../../core/training/non-finite.js';

describe('a number that is none', () => {
  it.each([
    [{ score: NaN }, 'score is NaN'],
    [
      {
        curve: [
          { steps: 1, figures: {} },
          { steps: 2, figures: { loss: -Infinity } },
        ],
      },
      'curve[1].figures.loss is -Infinity',
    ],
    [{ scores: [{ returns: [1, Infinity] }], other: NaN }, 'scores[0].returns[1] is Infinity'],
    [{ a: null, b: undefined, c: 'NaN', d: [1, [2, { e: -0 }]], f: Float32Array.of(NaN) }, undefined],
  ])('is found where it lies: %j', (value, place) => {
    expect(nonFiniteIn(value)).toBe(place);
  });
});
