import { defineEnvironment, type Environment } from '../../../core/environment/environment.js';
import { checkAction, box, discrete } from '../../../core/environment/space.js';
import { parseSeed } from '../../../core/environment/seed-sequence.js';

/** Observation = steps since reset, reward = action; terminates after `length` steps. */
export function counter(length: number): Environment {
  let count = 0;
  const observationSpace = box([0], [1000]);
  const actionSpace = discrete(10);
  return {
    observationSpace,
    actionSpace,
    reset({ seed } = {}) {
      if (seed !== undefined) parseSeed(seed);
      count = 0;
      return { observation: Float32Array.of(0), info: {} };
    },
    step(action) {
      checkAction(actionSpace, action);
      count++;
      // Checked just above.
      return {
        observation: Float32Array.of(count),
        reward: action as number,
        terminated: count >= length,
        truncated: false,
        info: {},
      };
    },
  };
}

export const counterKind = defineEnvironment({
  id: 'test/counter',
  summary: 'counts its steps',
  options: {},
  maxEpisodeSteps: 5,
  make: () => counter(3),
});
