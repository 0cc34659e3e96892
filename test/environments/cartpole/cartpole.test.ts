import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { sampleSpace } from '../../../core/environment/sample-space.js';
import { createRows } from '../../../core/rows.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { environmentContract } from '../../contracts/environment.js';

interface Rollout {
  readonly obs0: readonly number[];
  readonly act: readonly number[];
  readonly obs: readonly (readonly number[])[];
  readonly rew: readonly number[];
  readonly term: readonly boolean[];
  readonly trunc: readonly boolean[];
}

const file = new URL('../../golden/gymnasium-1.3.0-rollouts.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Rollout>;

describe('CartPole contract', () => {
  for (const { name, run } of environmentContract(cartPole)) it(name, run);
  const variant = { options: { sutton_barto_reward: true, integrator: 'semi-implicit' } };
  for (const { name, run } of environmentContract(cartPole, variant)) it(`${name} (variant)`, run);
});

describe('CartPole against Gymnasium 1.3.0', () => {
  it.each([0, 1])('replays the rollout of seed %i exactly', (seed) => {
    const { obs0, act, obs, rew, term, trunc } = golden[`CartPole-v1_${seed}`]!;
    const environment = makeEnvironment(cartPole);
    const actions = new Pcg64(seed);
    expect([...(environment.reset({ seed }).observation as Float32Array)]).toEqual(obs0);
    act.forEach((action, i) => {
      expect(sampleSpace(environment.actionSpace, actions)).toBe(action);
      const step = environment.step(action);
      expect([...(step.observation as Float32Array)]).toEqual(obs[i]);
      expect([step.reward, step.terminated, step.truncated]).toEqual([rew[i], term[i], trunc[i]]);
    });
  });

  it('gives the batch form the same numbers', () => {
    const { obs0, act, obs, rew, term } = golden['CartPole-v1_0']!;
    const vector = makeVectorEnvironment(cartPole, 1);
    const buffers = {
      observations: createRows(4, 1),
      rewards: new Float64Array(1),
      terminated: new Uint8Array(1),
      truncated: new Uint8Array(1),
      finalObservations: createRows(4, 1),
    };
    vector.reset(buffers.observations, [0]);
    expect([...buffers.observations.data]).toEqual(obs0);
    const actions = createRows(1, 1);
    act.forEach((action, i) => {
      actions.data[0] = action;
      vector.step(actions, buffers);
      expect([...(term[i] ? buffers.finalObservations : buffers.observations).data]).toEqual(obs[i]);
      expect(buffers.rewards[0]).toBe(rew[i]);
    });
  });
});

describe('CartPole over 500 steps against Gymnasium 1.3.0', () => {
  const path = new URL('../../golden/gymnasium-1.3.0-cartpole-long.json', import.meta.url);
  const { episodes } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly episodes: readonly { seed: number; actions: string; observations: readonly (readonly number[])[] }[];
  };

  // The dynamics are unstable: a difference in the last bit of any intermediate result shows up at the end.
  it.each(episodes)('stays exact from seed $seed', ({ seed, actions, observations }) => {
    const environment = makeEnvironment(cartPole);
    environment.reset({ seed });
    const steps = Array.from(actions, (action) => environment.step(Number(action)));
    const seen = steps.filter((_, i) => i % 25 === 24).map(({ observation }) => [...(observation as Float32Array)]);
    expect(seen).toEqual(observations);
    expect(steps.map(({ truncated }) => truncated).indexOf(true)).toBe(499);
  });
});

describe('CartPole', () => {
  const tilted = { low: 0.3, high: 0.3 };

  it('pays 1 for the terminating step and nothing after it', () => {
    const environment = makeEnvironment(cartPole);
    environment.reset({ options: tilted });
    expect(environment.step(1)).toMatchObject({ reward: 1, terminated: true });
    expect(environment.step(1)).toMatchObject({ reward: 0, terminated: true });
  });

  it('pays 0 and then -1 with the reward of Sutton and Barto', () => {
    const environment = makeEnvironment(cartPole, { options: { sutton_barto_reward: true } });
    environment.reset({ seed: 0 });
    expect(environment.step(1).reward).toBe(0);
    environment.reset({ options: tilted });
    expect(environment.step(1)).toMatchObject({ reward: -1, terminated: true });
    expect(environment.step(1)).toMatchObject({ reward: -1, terminated: true });
  });

  it('advances with the new velocities when semi-implicit', () => {
    const start = { low: 0.1, high: 0.1 };
    const step = (integrator: string): number[] => {
      const environment = makeEnvironment(cartPole, { options: { integrator } });
      environment.reset({ options: start });
      return [...(environment.step(1).observation as Float32Array)];
    };
    const [euler, semiImplicit] = [step('euler'), step('semi-implicit')];
    expect(euler[0]).toBe(Math.fround(0.1 + 0.02 * 0.1));
    expect(semiImplicit[0]).toBeCloseTo(0.1 + 0.02 * semiImplicit[1]!, 7);
    expect(semiImplicit[1]).toBe(euler[1]);
  });

  it('may be truncated and terminated on the same step', () => {
    const environment = makeEnvironment(cartPole, { maxEpisodeSteps: 1 });
    environment.reset({ options: tilted });
    expect(environment.step(1)).toMatchObject({ terminated: true, truncated: true });
  });

  it('starts from seed 0 when none was ever given', () => {
    const [unseeded, seeded] = [makeEnvironment(cartPole), makeEnvironment(cartPole)];
    expect(unseeded.reset().observation).toEqual(seeded.reset({ seed: 0 }).observation);
  });
});
