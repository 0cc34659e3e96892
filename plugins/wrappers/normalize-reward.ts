import { defineWrapper, real, type JsonObject } from '../../core/index.js';
import { RunningStatistics } from './running-statistics.js';

/**
 * Rewards divided by the standard deviation of discounted returns G = gamma G + r as far as seen, over all lanes together
 * and not centred; as VecNormalize of Stable-Baselines3 2.9. The returns of a step count before its rewards are turned; G
 * starts at 0 with each episode. Frozen, it passes rewards on as they are: scores are of the task itself.
 */
export const normalizeReward = defineWrapper({
  id: 'wrappers/normalize-reward',
  summary: 'divide rewards by the standard deviation of discounted returns, as far as seen so far',
  options: {
    gamma: real(0, 1, { fallback: 0.99, help: 'discount; that of the trainer' }),
    clip: real(0.1, 1000, { fallback: 10, help: 'largest absolute value that comes out' }),
    epsilon: real(1e-12, 1, { fallback: 1e-8, help: 'added to the variance' }),
  },
  make({ lanes }, { gamma, clip, epsilon }) {
    const statistics = new RunningStatistics(1);
    const discounted = new Float64Array(lanes);
    let frozen = false;
    return {
      earn(lane, reward, done) {
        if (frozen) return;
        const sum = gamma * discounted[lane]! + reward;
        statistics.add(0, sum);
        discounted[lane] = done ? 0 : sum;
      },
      reward(_lane, reward) {
        if (frozen) return reward;
        const scaled = reward / Math.sqrt(statistics.variances[0]! + epsilon);
        return scaled > clip ? clip : scaled < -clip ? -clip : scaled;
      },
      save: () => ({ frozen, discounted: [...discounted], statistics: statistics.save() }),
      restore(state) {
        frozen = state['frozen'] === true;
        discounted.set(state['discounted'] as number[]); // written by `save`
        statistics.restore(state['statistics'] as JsonObject); // written by `save`
      },
      statistics: () => statistics.save(),
      freeze(saved) {
        statistics.restore(saved);
        frozen = true;
      },
    };
  },
});
