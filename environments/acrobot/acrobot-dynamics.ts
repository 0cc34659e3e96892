import {
  box,
  cosine,
  discrete,
  parseResetBounds,
  sine,
  type Dynamics,
  type LaneStep,
  type Pcg64,
  type ResetBounds,
  type Rows,
} from '../../core/index.js';
import { drawAcrobot } from './acrobot-drawing.js';
import { VELOCITY_LIMITS, advance, type Variant } from './acrobot-physics.js';

export interface AcrobotOptions {
  readonly book_or_nips: Variant;
  /** Torque gets a uniform draw between minus this and this added to it, N m. */
  readonly torque_noise_max: number;
}

/** All four start values are drawn uniformly between these, and rounded to float32. */
export const RESET_BOUNDS = { low: -0.1, high: 0.1 };

export function acrobotDynamics(options: AcrobotOptions): Dynamics<ResetBounds> {
  const { torque_noise_max: noise } = options;
  const book = options.book_or_nips === 'book';
  const [limit1, limit2] = VELOCITY_LIMITS;
  return {
    observationSpace: box([-1, -1, -1, -1, -limit1, -limit2], [1, 1, 1, 1, limit1, limit2]),
    actionSpace: discrete(3),
    stateRows: 4,
    readReset: (given) => parseResetBounds(RESET_BOUNDS, given),
    start(state, lanes, lane, generator, { low, high }) {
      for (let row = 0; row < 4; row++) state[row * lanes + lane] = Math.fround(generator.uniform(low, high));
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep, generators: readonly Pcg64[]) {
      const { data } = actions;
      for (let lane = first; lane < last; lane++) {
        let torque = data[lane]! - 1;
        if (noise > 0) torque += generators[lane]!.uniform(-noise, noise);
        const ended = advance(state, lane, lanes, torque, book);
        terminated[lane] = ended ? 1 : 0;
        rewards[lane] = ended ? 0 : -1;
      }
    },
    observe(state, lanes, first, last, { data, stride }: Rows) {
      for (let lane = first; lane < last; lane++) {
        const angle1 = state[lane]!;
        const angle2 = state[lanes + lane]!;
        data[lane] = cosine(angle1);
        data[stride + lane] = sine(angle1);
        data[2 * stride + lane] = cosine(angle2);
        data[3 * stride + lane] = sine(angle2);
        data[4 * stride + lane] = state[2 * lanes + lane]!;
        data[5 * stride + lane] = state[3 * lanes + lane]!;
      }
    },
    draw: (state) => drawAcrobot(state[0]!, state[1]!),
  };
}
