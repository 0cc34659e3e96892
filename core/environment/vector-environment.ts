import type { Rows } from '../rows.js';
import type { Space } from './space.js';

/** Where a vector environment writes one step; all buffers belong to the caller. */
export interface StepBuffers {
  /** [observation rows][environment]; of a finished episode the first observation of the next one. */
  readonly observations: Rows;
  readonly rewards: Float64Array;
  /** 1 where the task ended. */
  readonly terminated: Uint8Array;
  /** 1 where the episode was cut. With `terminated` also 1 it counts as terminated. */
  readonly truncated: Uint8Array;
  /** Last observation of the episodes that ended in this step; other columns are left alone. */
  readonly finalObservations: Rows;
}

/**
 * n environments stepped at once into caller-owned typed arrays, without allocation. Autoreset is same-step (Gymnasium's
 * AutoresetMode.SAME_STEP): a finished environment is reset within the step and continues its own random stream.
 */
export interface VectorEnvironment {
  readonly count: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Environment i starts anew with `seeds[i]`; without seeds each continues its stream. Writes the first observations. */
  reset(observations: Rows, seeds?: ArrayLike<number>): void;
  /** @param actions [action rows][environment]; a discrete action is stored as its number */
  step(actions: Rows, buffers: StepBuffers): void;
  close?(): void;
}
