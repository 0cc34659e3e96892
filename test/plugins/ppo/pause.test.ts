import { describe, expect, it } from '@jest/globals';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { liftKind, makeEnvironment } from '../../../core/environment/make-environment.js';
import { wrapKind } from '../../../core/environment/wrap-kind.js';
import { createRng } from '../../../core/random.js';
import type { TrainingState } from '../../../core/training/training-state.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { pendulum } from '../../../environments/pendulum/index.js';
import { ppo } from '../../../plugins/ppo/index.js';
import { normalizeObservation } from '../../../plugins/wrappers/normalize-observation.js';
import { normalizeReward } from '../../../plugins/wrappers/normalize-reward.js';
import { network, optionsOf } from './network.js';
import { identity, maker } from './tasks.js';

const given = {
  totalSteps: 2048,
  environments: 3,
  stepsPerRollout: 50,
  minibatchSize: 64,
  epochs: 2,
  learningRateSchedule: 'linear',
};

function trainFor(kind: EnvironmentKind, share: number, from?: TrainingState, make = maker(kind), more = {}) {
  const options = optionsOf({ ...given, ...more });
  const { observationSpace, actionSpace } = makeEnvironment(kind);
  const model = network([{ units: 8 }], observationSpace, actionSpace, options, 1);
  const trained = ppo.train(options, model, make, { rng: createRng(1), share, from, keepState: true });
  return { trained, parameters: model.program.parameters.slice() };
}

const wrapped = wrapKind(pendulum, [{ wrapper: normalizeObservation }, { wrapper: normalizeReward }]);

describe('a paused training', () => {
  it.each([
    ['cartpole', cartPole, undefined, {}],
    ['lifted cartpole', cartPole, (count: number) => liftKind(cartPole, count), {}],
    ['normalised pendulum', wrapped, undefined, {}],
    ['pendulum with lasting noise and dropout', pendulum, undefined, { noiseCorrelation: 0.9, dropout: 0.3 }],
  ])('goes on to the bits of one that never stopped: %s', (_, kind, make, more) => {
    const whole = trainFor(kind, 1, undefined, make, more);
    const first = trainFor(kind, 0.2, undefined, make, more);
    expect(first.trained.steps).toBe(450);
    // As bytes would bring it back.
    const { facts } = first.trained.state!;
    const copy = { ...first.trained.state!, facts: JSON.parse(JSON.stringify(facts)) as typeof facts };
    const second = trainFor(kind, 0.6, copy, make, more);
    const third = trainFor(kind, 1, second.trained.state, make, more);
    expect(third.parameters).toEqual(whole.parameters);
    expect(third.trained).toEqual(whole.trained);
  });

  it('does nothing where the budget is spent already', () => {
    const { trained, parameters } = trainFor(cartPole, 0.2);
    const again = trainFor(cartPole, 0.21, trained.state);
    expect(again.parameters).toEqual(parameters);
    expect(again.trained).toEqual(trained);
  });

  it('starts new episodes where an environment cannot be saved', () => {
    const { trained, parameters } = trainFor(identity, 0.2);
    expect(trained.state!.exact).toBe(false);
    const further = trainFor(identity, 1, trained.state);
    expect(further.trained.steps).toBe(2100);
    expect(further.parameters).not.toEqual(parameters);
  });

  it('depends on every part of the state', () => {
    const whole = trainFor(cartPole, 1);
    const { arrays, ...rest } = trainFor(cartPole, 0.2).trained.state!;
    for (const name of Object.keys(arrays)) {
      const spoilt = name === 'order' ? arrays[name]!.toReversed() : arrays[name]!.map((x) => x + 1);
      const state = { arrays: { ...arrays, [name]: spoilt }, ...rest };
      expect([name, trainFor(cartPole, 1, state).parameters]).not.toEqual([name, whole.parameters]);
    }
  });
});
