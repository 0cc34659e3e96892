import type { JsonObject } from '../json.js';
import type { Rows } from '../rows.js';
import type { ResetOptions } from './environment.js';
import type { Pcg64 } from './pcg64.js';
import type { Scene } from './render/scene.js';
import type { Space } from './space.js';

/** What one step of all lanes reads and writes. */
export interface LaneStep {
  /** [action rows][lane], checked: a discrete action is a member of its space. */
  readonly actions: Rows;
  /** To be written for every lane that is advanced. */
  readonly rewards: Float64Array;
  /** To be written: 1 where the task ended. */
  readonly terminated: Uint8Array;
}

/**
 * An environment whose whole state is a few numbers: rules over arrays of lanes, from which both the single environment
 * and the vector environment are made. State is [row][lane]: number `row` of a lane is `state[row * lanes + lane]`.
 * Nothing but arguments is read or written, so that one value serves any number of environments.
 */
export interface Dynamics<R = unknown> {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Numbers of the state of one lane. */
  readonly stateRows: number;
  /** Reads options of `reset`; undefined = the defaults. @throws HqnasError `invalid-reset-option` */
  readReset(options?: ResetOptions): R;
  /** Draws the start of an episode. */
  start(state: Float64Array, lanes: number, lane: number, generator: Pcg64, reset: R): void;
  /** Advances the lanes from `first` to before `last` by one step each. `generators` has one stream per lane. */
  advance(
    state: Float64Array,
    lanes: number,
    first: number,
    last: number,
    step: LaneStep,
    generators: readonly Pcg64[],
  ): void;
  /** Writes what is seen of the lanes from `first` to before `last` into the columns of the same numbers. */
  observe(state: Float64Array, lanes: number, first: number, last: number, into: Rows): void;
  /** What a single environment says beside the observation. */
  info?(state: Float64Array): JsonObject;
  /** Picture of the state of a single lane. */
  draw?(state: Float64Array): Scene;
}
