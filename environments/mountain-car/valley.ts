import { box, type Dynamics, type ResetBounds } from '../../core/index.js';

export interface ValleyOptions {
  /** Velocity with which the goal must be reached. */
  readonly goal_velocity: number;
}

export const MIN_POSITION = -1.2;
export const MAX_POSITION = 0.6;
export const MAX_SPEED = 0.07;
export const GRAVITY = 0.0025;

/** The starting position is drawn uniformly between these. */
export const RESET_BOUNDS = { low: -0.6, high: -0.4 };

/** What a car shows of itself, whatever drives it: position is row 0 of the state, velocity row 1. */
export const observed: Pick<Dynamics<ResetBounds>, 'observationSpace' | 'observe'> = {
  observationSpace: box([MIN_POSITION, -MAX_SPEED], [MAX_POSITION, MAX_SPEED]),
  observe(state, lanes, first, last, { data, stride }) {
    for (let lane = first; lane < last; lane++) {
      data[lane] = state[lane]!;
      data[stride + lane] = state[lanes + lane]!;
    }
  },
};
