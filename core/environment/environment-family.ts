import type { JsonObject } from '../json.js';
import type { VectorEnvironment } from './vector-environment.js';

/** Makes vector environments of one task for a training, and then for the scoring of what it made. */
export interface EnvironmentFamily {
  /** For learning: wrappers may gather statistics. */
  forTraining(count: number): VectorEnvironment;
  /** For scoring: with the statistics of the last training, frozen. */
  forScoring(count: number): VectorEnvironment;
  /** What wrappers learned in the last training; belongs beside the weights. Undefined where there is nothing. */
  statistics(): JsonObject | undefined;
}

/** Scoring sees what the wrappers of the last training learned. @param make makes n environments without statistics */
export function environmentFamily(make: (count: number) => VectorEnvironment): EnvironmentFamily {
  let trained: VectorEnvironment | undefined;
  const statistics = (): JsonObject | undefined => trained?.saveStatistics?.();
  return {
    forTraining: (count) => (trained = make(count)),
    forScoring(count) {
      const vector = make(count);
      const learned = statistics();
      if (learned !== undefined) vector.freezeStatistics?.(learned);
      return vector;
    },
    statistics,
  };
}
