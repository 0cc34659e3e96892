import { box, cosine, parseResetBounds, type Dynamics, type LaneStep, type ResetBounds } from '../../core/index.js';
import { drawMountainCar } from './mountain-car-drawing.js';
import {
  GRAVITY,
  MAX_POSITION,
  MAX_SPEED,
  MIN_POSITION,
  RESET_BOUNDS,
  observed,
  type ValleyOptions,
} from './valley.js';

const POWER = 0.0015;
const GOAL_POSITION = 0.45;

const { fround } = Math;

/** Row of the state that is 1 before the first step: until then Gymnasium computes in float64, from then on in float32. */
const FRESH = 2;

/**
 * As mountain-car-dynamics.ts, with a continuous force. Position is row 0 of the state, velocity row 1. Gymnasium stores
 * float32 after each step, and NumPy (NEP 50) then computes with the precision of what is stored: the same roundings are
 * made here.
 */
export function continuousDynamics(options: ValleyOptions): Dynamics<ResetBounds> {
  const goalVelocity = options.goal_velocity;
  return {
    ...observed,
    actionSpace: box([-1], [1]),
    stateRows: 3,
    readReset: (given) => parseResetBounds(RESET_BOUNDS, given),
    start(state, lanes, lane, generator, { low, high }) {
      state[lane] = generator.uniform(low, high);
      state[lanes + lane] = 0;
      state[FRESH * lanes + lane] = 1;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep) {
      const { data } = actions;
      for (let lane = first; lane < last; lane++) {
        const action = data[lane]!;
        const fresh = state[FRESH * lanes + lane] === 1;
        let position = state[lane]!;
        let velocity = state[lanes + lane]!;
        const slope = GRAVITY * cosine(fresh ? 3 * position : fround(3 * position));
        // A force on a bound is a Python number; any other has the precision of the action.
        const push =
          action > 1
            ? POWER - slope
            : action < -1
              ? -POWER - slope
              : fround(fround(action * fround(POWER)) - fround(slope));
        velocity = fresh ? velocity + push : fround(velocity + fround(push));
        const speedLimit = fresh ? MAX_SPEED : fround(MAX_SPEED);
        if (velocity > speedLimit) velocity = speedLimit;
        else if (velocity < -speedLimit) velocity = -speedLimit;
        position = fresh ? position + velocity : fround(position + velocity);
        const right = fresh ? MAX_POSITION : fround(MAX_POSITION);
        const left = fresh ? MIN_POSITION : fround(MIN_POSITION);
        if (position > right) position = right;
        else if (position <= left) {
          position = left;
          if (velocity < 0) velocity = 0;
        }
        const goal = fresh ? GOAL_POSITION : fround(GOAL_POSITION);
        const ended = position >= goal && velocity >= (fresh ? goalVelocity : fround(goalVelocity));
        state[lane] = fround(position);
        state[lanes + lane] = fround(velocity);
        state[FRESH * lanes + lane] = 0;
        terminated[lane] = ended ? 1 : 0;
        rewards[lane] = (ended ? 100 : 0) - action * action * 0.1;
      }
    },
    draw: (state) => drawMountainCar(state, GOAL_POSITION),
  };
}
