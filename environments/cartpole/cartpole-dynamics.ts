import {
  box,
  discrete,
  parseResetBounds,
  type Dynamics,
  type LaneStep,
  type Pcg64,
  type ResetBounds,
  type Rows,
} from '../../core/index.js';
import { drawCartPole } from './cartpole-drawing.js';
import { ANGLE_LIMIT, PHYSICS_ROWS, POSITION_LIMIT, advance, type Integrator } from './cartpole-physics.js';

export interface CartPoleOptions {
  /** Reward 0 per step and -1 at the end, instead of 1 per step. */
  readonly sutton_barto_reward: boolean;
  readonly integrator: Integrator;
}

/** Row of the state that says whether the episode had ended before. */
const TERMINATED = PHYSICS_ROWS;

/** Start values are drawn uniformly between these. */
export const RESET_BOUNDS = { low: -0.05, high: 0.05 };

export function cartPoleDynamics(options: CartPoleOptions): Dynamics<ResetBounds> {
  const { sutton_barto_reward: suttonBarto, integrator } = options;
  return {
    observationSpace: box(
      [-2 * POSITION_LIMIT, -Infinity, -2 * ANGLE_LIMIT, -Infinity],
      [2 * POSITION_LIMIT, Infinity, 2 * ANGLE_LIMIT, Infinity],
    ),
    actionSpace: discrete(2),
    stateRows: PHYSICS_ROWS + 1,
    readReset: (given) => parseResetBounds(RESET_BOUNDS, given),
    start(state, lanes, lane, generator: Pcg64, { low, high }) {
      for (let row = 0; row < PHYSICS_ROWS; row++) state[row * lanes + lane] = generator.uniform(low, high);
      state[TERMINATED * lanes + lane] = 0;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep) {
      const { data } = actions;
      for (let lane = first; lane < last; lane++) {
        const ended = advance(state, lane, lanes, data[lane] === 1, integrator);
        terminated[lane] = ended ? 1 : 0;
        if (!ended) {
          rewards[lane] = suttonBarto ? 0 : 1;
          continue;
        }
        // Steps after the terminating one go on, and earn nothing while out of bounds.
        rewards[lane] = suttonBarto ? -1 : 1 - state[TERMINATED * lanes + lane]!;
        state[TERMINATED * lanes + lane] = 1;
      }
    },
    observe(state, lanes, first, last, { data, stride }: Rows) {
      for (let lane = first; lane < last; lane++) {
        data[lane] = state[lane]!;
        data[stride + lane] = state[lanes + lane]!;
        data[2 * stride + lane] = state[2 * lanes + lane]!;
        data[3 * stride + lane] = state[3 * lanes + lane]!;
      }
    },
    draw: drawCartPole,
  };
}
