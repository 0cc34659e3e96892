import { box, defineWrapper, real, rowsOf, type JsonObject, type Rows } from '../../core/index.js';
import { RunningStatistics } from './running-statistics.js';

/**
 * Observations with mean 0 and variance 1 as far as seen, over all lanes together; as VecNormalize of Stable-Baselines3
 * 2.9 (common/vec_env/vec_normalize.py): those of a step count before any of them is turned. Last observations of
 * episodes are turned but not counted, and by what was seen before them.
 */
export const normalizeObservation = defineWrapper({
  id: 'wrappers/normalize-observation',
  summary: 'bring observations to mean 0 and variance 1, as far as seen so far',
  options: {
    clip: real(0.1, 1000, { fallback: 10, help: 'largest absolute value that comes out' }),
    epsilon: real(1e-12, 1, { fallback: 1e-8, help: 'added to the variance' }),
  },
  make({ observationSpace }, { clip, epsilon }) {
    const rows = rowsOf(observationSpace);
    const statistics = new RunningStatistics(rows);
    let frozen = false;
    const normalise = (lane: number, from: Rows, into: Rows): void => {
      for (let row = 0; row < rows; row++) {
        const value = from.data[row * from.stride + lane]!;
        const scaled = (value - statistics.means[row]!) / Math.sqrt(statistics.variances[row]! + epsilon);
        into.data[row * into.stride + lane] = scaled > clip ? clip : scaled < -clip ? -clip : scaled;
      }
    };
    return {
      observationSpace: box(new Float32Array(rows).fill(-clip), new Float32Array(rows).fill(clip)),
      see(lane, { data, stride }) {
        if (frozen) return;
        for (let row = 0; row < rows; row++) statistics.add(row, data[row * stride + lane]!);
      },
      start: normalise,
      next: normalise,
      save: () => ({ frozen, statistics: statistics.save() }),
      restore(state) {
        frozen = state['frozen'] === true;
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
