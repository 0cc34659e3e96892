import type { JsonObject } from '../json.js';

/** Numbers that a training state keeps to the last bit. */
export type StateArray = Float32Array | Float64Array | Int32Array;

/**
 * All that a paused training needs to go on as if it had never stopped: weights, the optimiser's memory, random streams,
 * environments, learning curve. What stands in it is the trainer's own affair.
 */
export interface TrainingState {
  readonly arrays: Readonly<Record<string, StateArray>>;
  readonly facts: JsonObject;
  /** False where environments could not be saved: their episodes start anew, and the training goes another way. */
  readonly exact: boolean;
}
