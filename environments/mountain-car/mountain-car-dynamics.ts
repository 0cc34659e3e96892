import {
  cosine,
  discrete,
  parseResetBounds,
  type Dynamics,
  type LaneStep,
  type ResetBounds,
} from '../../core/index.js';
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

const FORCE = 0.001;
const GOAL_POSITION = 0.5;

/**
 * Source: Moore, "Efficient memory-based learning for robot control" (1990); numbers of Sutton and Barto, "Reinforcement
 * Learning" (1998). Position is row 0 of the state, velocity row 1; the order of operations is Gymnasium's.
 */
export function mountainCarDynamics({ goal_velocity: goalVelocity }: ValleyOptions): Dynamics<ResetBounds> {
  return {
    ...observed,
    actionSpace: discrete(3),
    stateRows: 2,
    readReset: (given) => parseResetBounds(RESET_BOUNDS, given),
    start(state, lanes, lane, generator, { low, high }) {
      state[lane] = generator.uniform(low, high);
      state[lanes + lane] = 0;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep) {
      const { data } = actions;
      for (let lane = first; lane < last; lane++) {
        let position = state[lane]!;
        let velocity = state[lanes + lane]! + ((data[lane]! - 1) * FORCE + cosine(3 * position) * -GRAVITY);
        if (velocity > MAX_SPEED) velocity = MAX_SPEED;
        else if (velocity < -MAX_SPEED) velocity = -MAX_SPEED;
        position += velocity;
        if (position > MAX_POSITION) position = MAX_POSITION;
        else if (position <= MIN_POSITION) {
          position = MIN_POSITION;
          if (velocity < 0) velocity = 0;
        }
        state[lane] = position;
        state[lanes + lane] = velocity;
        terminated[lane] = position >= GOAL_POSITION && velocity >= goalVelocity ? 1 : 0;
        rewards[lane] = -1;
      }
    },
    draw: (state) => drawMountainCar(state, GOAL_POSITION),
  };
}
