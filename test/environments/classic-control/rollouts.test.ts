import { describe, expect, it } from '@jest/globals';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { sampleSpace } from '../../../core/environment/sample-space.js';
import { rowsOf } from '../../../core/environment/space.js';
import { createStepBuffers } from '../../../core/environment/vector-environment.js';
import { createRows } from '../../../core/rows.js';
import { acrobot } from '../../../environments/acrobot/index.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { mountainCar, mountainCarContinuous } from '../../../environments/mountain-car/index.js';
import { pendulum } from '../../../environments/pendulum/index.js';
import { recordedRollout } from '../rollout.js';

/** How far rewards may be off: NumPy squares by pow, which rounds some last bits differently (2^-33 after float32). */
const rewardTolerance = new Map<EnvironmentKind, number>([[pendulum, 1.2e-10]]);

const cases = [cartPole, mountainCar, mountainCarContinuous, acrobot, pendulum].flatMap((kind) =>
  [0, 1].map((seed) => ({ name: kind.gymnasiumId!, kind, seed })),
);

describe('against Gymnasium 1.3.0', () => {
  it.each(cases)('$name replays the rollout of seed $seed', ({ name, kind, seed }) => {
    const { obs0, act, obs, rew, term, trunc } = recordedRollout(name, seed);
    const environment = makeEnvironment(kind);
    const actions = new Pcg64(seed);
    expect([...(environment.reset({ seed }).observation as Float32Array)]).toEqual(obs0);
    const steps = act.map((recorded) => {
      const action = sampleSpace(environment.actionSpace, actions);
      expect(typeof action === 'number' ? action : [...action]).toEqual(recorded);
      return environment.step(action);
    });
    expect(steps.map(({ observation }) => [...(observation as Float32Array)])).toEqual(obs);
    expect(steps.map(({ terminated }) => terminated)).toEqual(term);
    expect(steps.map(({ truncated }) => truncated)).toEqual(trunc);
    const worst = Math.max(...steps.map(({ reward }, i) => Math.abs(reward - rew[i]!)));
    expect(worst).toBeLessThanOrEqual(rewardTolerance.get(kind) ?? 0);
  });

  it.each(cases)('$name gives the same numbers as a vector (seed $seed)', ({ name, kind, seed }) => {
    const { obs0, act, obs, term, trunc } = recordedRollout(name, seed);
    const vector = makeVectorEnvironment(kind, 1);
    const rows = rowsOf(kind.make({}).observationSpace);
    const buffers = createStepBuffers(rows, 1);
    vector.reset(buffers.observations, [seed]);
    expect([...buffers.observations.data]).toEqual(obs0);
    const actions = createRows(1, 1);
    act.forEach((action, i) => {
      actions.data[0] = typeof action === 'number' ? action : action[0];
      vector.step(actions, buffers);
      const done = term[i] === true || trunc[i] === true;
      expect([...(done ? buffers.finalObservations : buffers.observations).data]).toEqual(obs[i]);
    });
  });
});
