import type { JsonObject } from '../json.js';
import { createRows, type Rows } from '../rows.js';
import type { Autoreset } from './autoreset.js';
import type { Space } from './space.js';

/** Where a vector environment writes one step; all buffers belong to the caller. */
export interface StepBuffers {
  /** [observation rows][environment]; what stands here for a finished episode depends on the autoreset mode. */
  readonly observations: Rows;
  readonly rewards: Float64Array;
  /** 1 where the task ended. */
  readonly terminated: Uint8Array;
  /** 1 where the episode was cut. With `terminated` also 1 it counts as terminated. */
  readonly truncated: Uint8Array;
  /** With autoreset `same-step`: last observation of the episodes that ended in this step; all else is left alone. */
  readonly finalObservations: Rows;
}

/**
 * Buffers for `lanes` environments.
 * @param rows numbers of one observation
 * @param observations where observations go, if not into rows of their own
 */
export function createStepBuffers(rows: number, lanes: number, observations = createRows(rows, lanes)): StepBuffers {
  return {
    observations,
    rewards: new Float64Array(lanes),
    terminated: new Uint8Array(lanes),
    truncated: new Uint8Array(lanes),
    finalObservations: createRows(rows, lanes),
  };
}

/**
 * n environments stepped at once into caller-owned typed arrays, without allocation. A lane that is reset by itself
 * continues its own random stream.
 */
export interface VectorEnvironment {
  readonly count: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Default: `same-step`. */
  readonly autoreset?: Autoreset;
  /** Rewards of the last step before wrappers turned them: for scores. Absent where nothing turns them. */
  readonly rawRewards?: Float64Array;
  /**
   * Environment i starts anew with `seeds[i]`; without seeds each continues its stream. Writes the first observations.
   * @param mask 1 for the environments to reset; the others keep state and observation. Default: all
   * @throws HqnasError `invalid-seed`, `invalid-reset-mask`
   */
  reset(observations: Rows, seeds?: ArrayLike<number>, mask?: Uint8Array): void;
  /**
   * @param actions [action rows][environment]; a discrete action is stored as its number
   * @throws HqnasError `invalid-action`; `reset-needed` for a finished lane without autoreset
   */
  step(actions: Rows, buffers: StepBuffers): void;
  /**
   * What the wrappers have learned about the task by looking on, such as means of observations; undefined where there
   * is nothing. Belongs beside the weights of a model that was trained on it.
   */
  saveStatistics?(): JsonObject | undefined;
  /** Takes over statistics and keeps them as they are from now on: for evaluation. */
  freezeStatistics?(statistics: JsonObject): void;
  /**
   * Episodes, random streams and what wrappers remember, as JSON: a vector of the same kind and count restored from it
   * goes on exactly alike. Undefined where some environment cannot be saved.
   */
  save?(): JsonObject | undefined;
  restore?(state: JsonObject): void;
  close?(): void;
}
