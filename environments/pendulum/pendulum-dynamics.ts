import { box, cosine, parseResetOptions, sine, type Dynamics, type LaneStep, type Rows } from '../../core/index.js';
import { drawPendulum } from './pendulum-drawing.js';

export interface PendulumOptions {
  /** Acceleration of gravity, m/s^2. */
  readonly g: number;
}

const MAX_SPEED = 8;
const MAX_TORQUE = 2;
const INTERVAL = 0.05;
const MASS = 1;
const LENGTH = 1;
const TWO_PI = 2 * Math.PI;

const { fround } = Math;

/** Rows of the state that hold the last torque, for the picture alone, and cosine and sine of the angle. */
const TORQUE = 2;
const COSINE = 3;
const SINE = 4;

/** Angle and angular velocity start uniformly between minus these and these. */
export const RESET_LIMITS = { x_init: Math.PI, y_init: 1 };

/**
 * A rigid rod on a motor: theta'' = 3g/(2l) sin theta + 3/(m l^2) u, semi-implicit Euler. Angle (0 = upright) is row 0 of
 * the state, angular velocity row 1. Torque has the precision of the action, float32, as in Gymnasium.
 */
export function pendulumDynamics({ g }: PendulumOptions): Dynamics<typeof RESET_LIMITS> {
  const weight = (3 * g) / (2 * LENGTH);
  const leverage = 3 / (MASS * LENGTH * LENGTH);
  return {
    observationSpace: box([-1, -1, -MAX_SPEED], [1, 1, MAX_SPEED]),
    actionSpace: box([-MAX_TORQUE], [MAX_TORQUE]),
    stateRows: 5,
    readReset: (given) => parseResetOptions(RESET_LIMITS, given),
    start(state, lanes, lane, generator, { x_init: angle, y_init: speed }) {
      const start = generator.uniform(-angle, angle);
      state[lane] = start;
      state[COSINE * lanes + lane] = cosine(start);
      state[SINE * lanes + lane] = sine(start);
      state[lanes + lane] = generator.uniform(-speed, speed);
      state[TORQUE * lanes + lane] = 0;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep) {
      const { data } = actions;
      for (let lane = first; lane < last; lane++) {
        const angle = state[lane]!;
        const velocity = state[lanes + lane]!;
        const given = data[lane]!;
        const torque = given > MAX_TORQUE ? MAX_TORQUE : given < -MAX_TORQUE ? -MAX_TORQUE : given;
        const tilt = normalised(angle);
        const effort = fround(fround(0.001) * fround(torque * torque));
        rewards[lane] = -(tilt * tilt + 0.1 * (velocity * velocity) + effort);
        let next = velocity + (weight * state[SINE * lanes + lane]! + fround(leverage * torque)) * INTERVAL;
        if (next > MAX_SPEED) next = MAX_SPEED;
        else if (next < -MAX_SPEED) next = -MAX_SPEED;
        const turned = angle + next * INTERVAL;
        state[lane] = turned;
        state[COSINE * lanes + lane] = cosine(turned);
        state[SINE * lanes + lane] = sine(turned);
        state[lanes + lane] = next;
        state[TORQUE * lanes + lane] = torque;
        terminated[lane] = 0;
      }
    },
    observe(state, lanes, first, last, { data, stride }: Rows) {
      for (let lane = first; lane < last; lane++) {
        data[lane] = state[COSINE * lanes + lane]!;
        data[stride + lane] = state[SINE * lanes + lane]!;
        data[2 * stride + lane] = state[lanes + lane]!;
      }
    },
    draw: (state) => drawPendulum(state[0]!, state[TORQUE]!),
  };
}

/** The angle brought into [-pi, pi). */
function normalised(angle: number): number {
  const turned = angle + Math.PI;
  if (turned >= 0 && turned < TWO_PI) return turned - Math.PI;
  const rest = turned % TWO_PI;
  return (rest < 0 ? rest + TWO_PI : rest) - Math.PI;
}
