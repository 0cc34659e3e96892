import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import { advantagesOf, policyGradient } from '../../../plugins/measures/advantage-signal.js';
import { genomeOf, surroundings } from './untrained.js';

const tanh = genomeOf('C 8 T C 1');

describe('advantages of untrained rollouts', () => {
  it('are discounted returns to go, less their mean over environments', () => {
    // Two environments, three steps; the first ends with step 1.
    const rewards = Float64Array.of(1, 1, 2, 0, 3, 4);
    const continues = Uint8Array.of(1, 1, 0, 1, 1, 1);
    const returns = [1 + 0.5 * 2, 1 + 0.25 * 4, 2, 0.5 * 4, 3, 4];
    const expected = returns.map((value, i) => {
      const other = returns[i % 2 === 0 ? i + 1 : i - 1]!;
      return value - (value + other) / 2;
    });
    expect([...advantagesOf(rewards, continues, 2, 0.5)]).toEqual(expected);
  });
});

describe('policy gradients of untrained rollouts', () => {
  const { model, family } = surroundings();

  it('of the same stream are the same, of others are not', () => {
    const drawn = model(tanh, createRng(1));
    const of = (seed: number): number[] => [
      ...policyGradient(drawn, family().forTraining(8), 16, 0.99, createRng(seed)),
    ];
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('vanish where all returns are alike', () => {
    // No episode of CartPole ends within 5 steps of 1 reward each.
    const drawn = model(tanh, createRng(1));
    const gradient = policyGradient(drawn, family().forTraining(8), 5, 0.99, createRng(1));
    for (const value of gradient) expect(value).toBeCloseTo(0, 12);
  });

  it('point to where returns of a policy grow, on the whole', () => {
    // One long rollout along the gradient of another: the bias towards longer episodes is the same in both.
    const { measuring } = surroundings('cartpole/v1', {
      'measures/advantage-signal': { steps: 256, rollouts: 3, discount: 0.99 },
    });
    const signal = measuring.of('measures/advantage-signal', tanh)!;
    expect(signal).toBeGreaterThan(0.2);
    expect(signal).toBeLessThanOrEqual(1);
  });
});
