import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { createRows } from '../../../core/rows.js';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { box } from '../../../core/environment/space.js';
import { actIn, writeAnyAction } from '../../../core/training/act.js';
import { drawGaussian, gaussianLogDensity } from '../../../core/training/gaussian-sampling.js';
import { drawCategorical, largestRow, logSoftmax } from '../../../core/training/categorical-sampling.js';
import { score } from '../../../core/training/score.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { network, optionsOf } from '../../plugins/ppo/network.js';

const make = (count: number) => makeVectorEnvironment(cartPole, count);
const { observationSpace, actionSpace } = makeEnvironment(cartPole);
const model = network([{ units: 8 }], observationSpace, actionSpace, optionsOf({ policyGain: 1 }), 4);
const small = network([{ units: 8 }], observationSpace, actionSpace, optionsOf({ policyGain: 1 }), 4, 'wasm', 16);
const seeds = Array.from({ length: 70 }, (_, i) => 2 ** 33 + i);

describe('score', () => {
  it('gives each seed the return of its own episode', () => {
    const { returns, mean, deviation } = score(model, make, { seeds, policy: 'greedy', rng: createRng(1) });
    const { program } = model;
    const alone = seeds.map((seed) => {
      const environment = makeEnvironment(cartPole);
      let observation = environment.reset({ seed }).observation as Float32Array;
      for (let total = 0; ;) {
        observation.forEach((value, row) => (program.inputs[0]!.data[row * program.inputs[0]!.stride] = value));
        program.forward(1, 'policy');
        const step = environment.step(largestRow(program.outputs['policy']!, 0));
        total += step.reward;
        if (step.terminated || step.truncated) return total;
        observation = step.observation as Float32Array;
      }
    });
    expect(returns).toEqual(alone);
    const average = alone.reduce((a, b) => a + b, 0) / 70;
    expect(mean).toBeCloseTo(average, 9);
    expect(deviation).toBeCloseTo(Math.sqrt(alone.reduce((sum, x) => sum + (x - average) ** 2, 0) / 69), 9);
  });

  it('draws actions that do not depend on what runs beside', () => {
    const options = { policy: 'stochastic', rng: createRng(1) } as const;
    const all = score(model, make, { ...options, seeds });
    expect(score(model, make, { ...options, seeds: seeds.slice(0, 3) }).returns).toEqual(all.returns.slice(0, 3));
    expect(score(small, make, { ...options, seeds }).returns).toEqual(all.returns);
    expect(score(model, make, { seeds, policy: 'stochastic', rng: createRng(2) }).returns).not.toEqual(all.returns);
  });
});

describe('acting in a box', () => {
  const space = box([-1, -0.5, -Infinity], [1, 0.5, Infinity]);
  const policy = createRows(6, 2);
  policy.data.set([9, 0.25, 9, -3, 9, 4, 9, -1, 9, -2, 9, 0]);
  const act = actIn(space, 6);
  const actions = createRows(3, 2);

  it('takes the mean, brought to the bounds', () => {
    act(policy, 1, undefined, actions);
    expect([1, 3, 5].map((i) => actions.data[i])).toEqual([0.25, -0.5, 4]);
    writeAnyAction(box([1, -2], [3, -1]), actions, 0);
    expect([actions.data[0], actions.data[2]]).toEqual([1, -1]);
  });

  it('draws around the mean with the deviation of the policy, and knows the density', () => {
    const rng = createRng(5);
    const drawn = new Float32Array(3);
    const sums = [0, 0, 0];
    const squares = [0, 0, 0];
    let density = 0;
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      drawGaussian(policy, 1, rng, drawn, 0);
      drawn.forEach((x, j) => {
        sums[j]! += x / count;
        squares[j]! += (x - [0.25, -3, 4][j]!) ** 2 / count;
      });
      density += gaussianLogDensity(policy, 1, drawn, 0) / count;
    }
    [0.25, -3, 4].forEach((mean, j) => expect(sums[j]).toBeCloseTo(mean, 1));
    [-1, -2, 0].forEach((log, j) => expect(Math.log(squares[j]!) / 2).toBeCloseTo(log, 1));
    // The mean of the negative log density is the entropy.
    expect(density).toBeCloseTo(-(-3 + 3 * Math.log(Math.sqrt(2 * Math.PI * Math.E))), 1);
  });
});

describe('categorical sampling', () => {
  it('computes log probabilities that sum to 1', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -80, max: 80, noNaN: true }), { minLength: 1, maxLength: 6 }), (logits) => {
        const rows = createRows(logits.length, 3);
        logits.forEach((logit, row) => (rows.data[row * 3 + 1] = logit));
        const into = new Float64Array(logits.length);
        logSoftmax(rows, 1, into);
        expect(into.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
        logits.forEach((logit, row) =>
          expect(into[row]! - into[0]!).toBeCloseTo(rows.data[row * 3 + 1]! - rows.data[1]!, 9),
        );
      }),
    );
  });

  it('draws by inversion', () => {
    const logs = Float64Array.of(Math.log(0.25), Math.log(0.5), Math.log(0.25));
    expect([0, 0.2499, 0.2501, 0.7499, 0.7501, 0.9999].map((u) => drawCategorical(logs, u))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it('takes the first of equal rows', () => {
    const rows = createRows(3, 2);
    rows.data.set([9, 1, 9, 5, 9, 5]);
    expect(largestRow(rows, 1)).toBe(1);
  });
});
