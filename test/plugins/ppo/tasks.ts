import { defineEnvironment, type EnvironmentKind } from '../../../core/environment/environment.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { box, checkAction, contains, discrete } from '../../../core/environment/space.js';
import type { VectorEnvironment } from '../../../core/environment/vector-environment.js';

/** Reward 1 for ever; a time limit cuts every eighth step. The observation never changes. */
export const endless = defineEnvironment({
  id: 'test/endless',
  summary: 'reward 1 for ever',
  options: {},
  maxEpisodeSteps: 8,
  make: () => ({
    observationSpace: box([0], [1]),
    actionSpace: discrete(2),
    reset: () => ({ observation: Float32Array.of(1), info: {} }),
    step: () => ({ observation: Float32Array.of(1), reward: 1, terminated: false, truncated: false, info: {} }),
  }),
});

/** Reward 1 for naming the state, one of four, shown as a one-hot vector. */
export const identity = defineEnvironment({
  id: 'test/identity',
  summary: 'name the state',
  options: {},
  maxEpisodeSteps: 100,
  make: () => {
    const actionSpace = discrete(4, 10);
    const generator = new Pcg64(0);
    let state = 0;
    const observe = (): Float32Array => {
      state = generator.integers(0, 4);
      return Float32Array.from({ length: 4 }, (_, i) => (i === state ? 1 : 0));
    };
    return {
      observationSpace: box([0, 0, 0, 0], [1, 1, 1, 1]),
      actionSpace,
      reset({ seed } = {}) {
        if (seed !== undefined) generator.seed(seed);
        return { observation: observe(), info: {} };
      },
      step(action) {
        checkAction(actionSpace, action);
        const reward = action === 10 + state ? 1 : 0;
        return { observation: observe(), reward, terminated: false, truncated: false, info: {} };
      },
    };
  },
});

/** Pays minus the squared distance of an action of two numbers to the two numbers shown. */
export const follow = defineEnvironment({
  id: 'test/follow',
  summary: 'name two numbers',
  options: {},
  maxEpisodeSteps: 100,
  make: () => {
    const actionSpace = box([-1, -1], [1, 0.5]);
    const generator = new Pcg64(0);
    let state = Float32Array.of(0, 0);
    const observe = (): Float32Array => {
      state = Float32Array.of(generator.random() - 0.5, generator.random() - 0.5);
      return state.slice();
    };
    return {
      observationSpace: box([-1, -1], [1, 1]),
      actionSpace,
      reset({ seed } = {}) {
        if (seed !== undefined) generator.seed(seed);
        return { observation: observe(), info: {} };
      },
      step(action) {
        checkAction(actionSpace, action);
        const given = action as Float32Array; // checked
        if (!contains(actionSpace, given)) throw new RangeError('the action is outside its box');
        const reward = -((given[0]! - state[0]!) ** 2) - (given[1]! - state[1]!) ** 2;
        return { observation: observe(), reward, terminated: false, truncated: false, info: {} };
      },
    };
  },
});

export function maker(kind: EnvironmentKind): (count: number) => VectorEnvironment {
  return (count) => makeVectorEnvironment(kind, count);
}
