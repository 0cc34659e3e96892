import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import { rowsOf } from '../../../core/environment/space.js';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { wrapKind } from '../../../core/environment/wrap-kind.js';
import { sha256Bytes } from '../../../core/json.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { mountainCarContinuous } from '../../../environments/mountain-car/index.js';
import { ppo } from '../../../plugins/ppo/index.js';
import { network, optionsOf } from './network.js';
import { follow, maker } from './tasks.js';

const short = { totalSteps: 1024, environments: 4, stepsPerRollout: 64, minibatchSize: 64, epochs: 2 };
const normalised = { normaliseObservations: true, normaliseRewards: true };

function train(kind: EnvironmentKind, given: Readonly<Record<string, unknown>>, backend?: 'wasm' | 'javascript') {
  const options = optionsOf({ ...short, ...given });
  const wrapped = wrapKind(kind, ppo.wrappers!(options));
  const { observationSpace, actionSpace } = makeEnvironment(wrapped);
  const model = network([{ units: 8 }], observationSpace, actionSpace, options, 1, backend);
  const trained = ppo.train(options, model, maker(wrapped), { rng: createRng(1) });
  return { trained, parameters: model.program.parameters.slice() };
}

const hashOf = ({ parameters }: ReturnType<typeof train>): string =>
  sha256Bytes(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)).slice(0, 16);

describe('normalisation as an option of ppo/clip', () => {
  it('asks for wrappers with the discount of the algorithm', () => {
    const asked = (given: Readonly<Record<string, unknown>>) =>
      ppo.wrappers!(optionsOf(given)).map(({ wrapper, options }) => [wrapper.id, options]);
    expect(asked({})).toEqual([]);
    expect(asked({ ...normalised, gamma: 0.9, observationClip: 5, rewardClip: 3 })).toEqual([
      ['wrappers/normalize-observation', { clip: 5 }],
      ['wrappers/normalize-reward', { gamma: 0.9, clip: 3 }],
    ]);
  });

  it('refuses environments that come without them', () => {
    const options = optionsOf({ ...short, normaliseRewards: true });
    const { observationSpace, actionSpace } = makeVectorEnvironment(cartPole, 1);
    const model = network([{ units: 4 }], observationSpace, actionSpace, options, 1);
    expect(() => ppo.train(options, model, maker(cartPole), { rng: createRng(1) })).toThrow(TypeError);
  });

  it('records returns of the task itself', () => {
    // A policy that never changes plays the same, whatever is made of its rewards.
    const still = { learningRate: 0, normaliseObservations: true };
    const returns = (given: Readonly<Record<string, unknown>>) =>
      train(follow, given).trained.curve.map(({ meanReturn }) => meanReturn);
    const plain = returns(still);
    expect(plain.some((value) => value !== undefined)).toBe(true);
    expect(returns({ ...still, normaliseRewards: true })).toEqual(plain);
    const { figures } = train(follow, { ...still, normaliseRewards: true }).trained.curve[3]!;
    expect(figures['valueLoss']).not.toBe(train(follow, still).trained.curve[3]!.figures['valueLoss']);
  });

  // Where arithmetic was changed on purpose, the values that this test reports are written here, in a commit of their own.
  it.each([
    ['cartpole', cartPole, {}, '1b3468327d16b92b'],
    ['mountain-car/continuous', mountainCarContinuous, { noiseCorrelation: 0.9, gamma: 0.999 }, 'ef9450b4a440e579'],
  ])('trains to the same bits for ever, on both backends: %s', (_, kind, given, hash) => {
    const options = { ...normalised, ...given };
    expect(hashOf(train(kind, options))).toBe(hash);
    expect(hashOf(train(kind, options, 'javascript'))).toBe(hash);
  });
});

describe('noise that lasts', () => {
  it('is standard normal at every step, and correlated from step to step as asked for', () => {
    // The policy's mean is near 0 and its deviation 1, so actions are the noise.
    const correlation = 0.8;
    const options = optionsOf({ ...short, noiseCorrelation: correlation, policyGain: 0, learningRate: 0 });
    const { observationSpace, actionSpace } = makeVectorEnvironment(mountainCarContinuous, 1);
    const model = network([{ units: 4 }], observationSpace, actionSpace, options, 1);
    const taken: number[] = [];
    const watched = (count: number) => {
      const vector = makeVectorEnvironment({ ...mountainCarContinuous, maxEpisodeSteps: 0 }, count);
      return {
        ...vector,
        observationSpace,
        actionSpace,
        count,
        reset: vector.reset.bind(vector),
        step(...[actions, buffers]: Parameters<typeof vector.step>) {
          taken.push(actions.data[0]!);
          vector.step(actions, buffers);
        },
      };
    };
    ppo.train({ ...options, totalSteps: 16_384, logDeviation: 0 }, model, watched, { rng: createRng(2) });
    expect(rowsOf(actionSpace)).toBe(1);
    // Actions arrive clipped to [-1, 1]: their signs are enough. P(same sign) = 1/2 + asin(c) / pi.
    const same = taken.slice(1).filter((action, i) => action > 0 === taken[i]! > 0).length / (taken.length - 1);
    expect(same).toBeCloseTo(0.5 + Math.asin(correlation) / Math.PI, 1);
    // P(|z| < 1)
    expect(taken.filter((action) => Math.abs(action) < 1).length / taken.length).toBeCloseTo(0.6827, 1);
  });
});

describe('dropout as an option', () => {
  it('drops in updates alone: the ratio of the first minibatch is not 1, and rollouts repeat', () => {
    const once = { totalSteps: 256, environments: 1, stepsPerRollout: 256, minibatchSize: 256, epochs: 1 };
    const kl = (dropout: number): number =>
      train(cartPole, { ...once, dropout, policyGain: 1 }).trained.curve[0]!.figures['approximateKl']!;
    expect(Math.abs(kl(0))).toBeLessThan(1e-7);
    expect(kl(0.5)).toBeGreaterThan(1e-4);
    const played = (dropout: number): unknown =>
      train(cartPole, { ...once, dropout, learningRate: 0 }).trained.episodes;
    expect(played(0.5)).toBe(played(0));
  });
});
