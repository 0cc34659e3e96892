import { describe, expect, it } from '@jest/globals';
import { estimateAdvantages } from '../../../plugins/ppo/advantages.js';
import { createRolloutBuffer, explainedVariance } from '../../../plugins/ppo/rollout-buffer.js';

/** A rollout of one environment with reward 1, constant values, and episodes of equal length. */
function constantRollout(episodes: number, length: number, value: number) {
  const buffer = createRolloutBuffer(1, episodes * length, 1);
  buffer.rewards.fill(1);
  buffer.values.fill(value);
  buffer.lastValues.fill(value);
  buffer.continues.fill(1);
  for (let end = length - 1; end < buffer.size; end += length) buffer.continues[end] = 0;
  return buffer;
}

/** (1 - x^n) / (1 - x) */
const geometric = (x: number, n: number): number => (x === 1 ? n : (1 - x ** n) / (1 - x));

describe('estimateAdvantages', () => {
  const cases = [1, 3].flatMap((episodes) =>
    [1, 0.99].flatMap((gamma) =>
      [1, 0.9].flatMap((lambda) => [0, 1].map((value) => ({ episodes, gamma, lambda, value }))),
    ),
  );

  it.each(cases)(
    'equals the closed form: $episodes episodes, gamma $gamma, lambda $lambda, V $value',
    ({ episodes, gamma, lambda, value }) => {
      const length = 64;
      const buffer = constantRollout(episodes, length, value);
      estimateAdvantages(buffer, gamma, lambda);
      for (let i = 0; i < buffer.size; i++) {
        // delta = 1 + gamma V - V for all steps but the last of an episode, where it is 1 - V.
        const before = length - 1 - (i % length);
        const expected =
          (1 + gamma * value - value) * geometric(gamma * lambda, before) + (gamma * lambda) ** before * (1 - value);
        expect(buffer.advantages[i]).toBeCloseTo(expected, 9);
        expect(buffer.returns[i]).toBeCloseTo(expected + value, 9);
      }
    },
  );

  it('bootstraps from the last values where the rollout cuts an episode', () => {
    const buffer = createRolloutBuffer(2, 3, 1);
    buffer.rewards.set([1, 10, 2, 20, 3, 30]);
    buffer.values.set([0.5, 1, 0.25, 2, 0.125, 3]);
    buffer.continues.set([1, 1, 1, 1, 1, 0]);
    buffer.lastValues.set([4, 8]);
    estimateAdvantages(buffer, 0.5, 0.5);
    // By hand, last step first: 3 + .5*4 - .125, then 2 + .5*.125 - .25 + .25*A, ...
    const a2 = 3 + 0.5 * 4 - 0.125;
    const a1 = 2 + 0.5 * 0.125 - 0.25 + 0.25 * a2;
    const a0 = 1 + 0.5 * 0.25 - 0.5 + 0.25 * a1;
    const b2 = 30 - 3;
    const b1 = 20 + 0.5 * 3 - 2 + 0.25 * b2;
    const b0 = 10 + 0.5 * 2 - 1 + 0.25 * b1;
    expect([...buffer.advantages]).toEqual([a0, b0, a1, b1, a2, b2]);
  });
});

describe('explainedVariance', () => {
  it('is 1 for exact values, 0 for a constant, and undefined where there is nothing to explain', () => {
    const buffer = createRolloutBuffer(1, 4, 1);
    buffer.returns.set([1, 2, 3, 4]);
    buffer.values.set([1, 2, 3, 4]);
    expect(explainedVariance(buffer)).toBe(1);
    buffer.values.fill(7);
    expect(explainedVariance(buffer)).toBeCloseTo(0, 12);
    buffer.returns.fill(2);
    expect(explainedVariance(buffer)).toBeUndefined();
  });
});
