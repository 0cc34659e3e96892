import { cosine, sine } from '../../core/index.js';

/** Which equation of the second joint: that of Sutton and Barto's book, or that of the 1996 paper. */
export type Variant = 'book' | 'nips';

// Both links alike: length 1 m, mass 1 kg, centre of mass in the middle, moment of inertia 1 kg m^2.
const LENGTH = 1;
const CENTRE = 0.5;
const MASS = 1;
const INERTIA = 1;
const GRAVITY = 9.8;
const HALF_PI = Math.PI / 2;
/** Seconds between states. */
const INTERVAL = 0.2;
const MAX_VELOCITY_1 = 4 * Math.PI;
const MAX_VELOCITY_2 = 9 * Math.PI;
const TWO_PI = 2 * Math.PI;

/** Accelerations of both joints, left here by `accelerate`. */
let acceleration1 = 0;
let acceleration2 = 0;

/**
 * Source: Sutton, "Generalization in reinforcement learning: successful examples using sparse coarse coding" (NIPS 1996);
 * Sutton and Barto, "Reinforcement Learning" (1998). The order of operations is Gymnasium's.
 */
function accelerate(
  angle1: number,
  angle2: number,
  velocity1: number,
  velocity2: number,
  torque: number,
  book: boolean,
): void {
  const cosine2 = cosine(angle2);
  const sine2 = sine(angle2);
  const coupling = MASS * LENGTH * CENTRE;
  const d1 =
    MASS * CENTRE * CENTRE +
    MASS * (LENGTH * LENGTH + CENTRE * CENTRE + 2 * LENGTH * CENTRE * cosine2) +
    INERTIA +
    INERTIA;
  const d2 = MASS * (CENTRE * CENTRE + LENGTH * CENTRE * cosine2) + INERTIA;
  const phi2 = MASS * CENTRE * GRAVITY * cosine(angle1 + angle2 - HALF_PI);
  const phi1 =
    -coupling * (velocity2 * velocity2) * sine2 -
    2 * coupling * velocity2 * velocity1 * sine2 +
    (MASS * CENTRE + MASS * LENGTH) * GRAVITY * cosine(angle1 - HALF_PI) +
    phi2;
  const pull = book
    ? torque + (d2 / d1) * phi1 - coupling * (velocity1 * velocity1) * sine2 - phi2
    : torque + (d2 / d1) * phi1 - phi2;
  acceleration2 = pull / (MASS * CENTRE * CENTRE + INERTIA - (d2 * d2) / d1);
  acceleration1 = -(d2 * acceleration2 + phi1) / d1;
}

/**
 * Advances one acrobot by one interval (one classical Runge-Kutta step, Kutta 1901) and says whether its tip is now a
 * link's length above the axle. `state` is [angle 1, angle 2, velocity 1, velocity 2][lane] with `stride` lanes.
 */
export function advance(state: Float64Array, lane: number, stride: number, torque: number, book: boolean): boolean {
  const a = state[lane]!;
  const b = state[stride + lane]!;
  const v = state[2 * stride + lane]!;
  const w = state[3 * stride + lane]!;
  const half = INTERVAL / 2;
  accelerate(a, b, v, w, torque, book);
  const v1 = acceleration1;
  const w1 = acceleration2;
  const v2 = v + half * v1;
  const w2 = w + half * w1;
  accelerate(a + half * v, b + half * w, v2, w2, torque, book);
  const dv2 = acceleration1;
  const dw2 = acceleration2;
  const v3 = v + half * dv2;
  const w3 = w + half * dw2;
  accelerate(a + half * v2, b + half * w2, v3, w3, torque, book);
  const dv3 = acceleration1;
  const dw3 = acceleration2;
  const v4 = v + INTERVAL * dv3;
  const w4 = w + INTERVAL * dw3;
  accelerate(a + INTERVAL * v3, b + INTERVAL * w3, v4, w4, torque, book);
  const sixth = INTERVAL / 6;
  const angle1 = wrapped(a + sixth * (v + 2 * v2 + 2 * v3 + v4));
  const angle2 = wrapped(b + sixth * (w + 2 * w2 + 2 * w3 + w4));
  state[lane] = angle1;
  state[stride + lane] = angle2;
  state[2 * stride + lane] = clipped(v + sixth * (v1 + 2 * dv2 + 2 * dv3 + acceleration1), MAX_VELOCITY_1);
  state[3 * stride + lane] = clipped(w + sixth * (w1 + 2 * dw2 + 2 * dw3 + acceleration2), MAX_VELOCITY_2);
  return -cosine(angle1) - cosine(angle2 + angle1) > 1;
}

/** The angle brought into [-pi, pi] by whole turns. */
function wrapped(angle: number): number {
  while (angle > Math.PI) angle -= TWO_PI;
  while (angle < -Math.PI) angle += TWO_PI;
  return angle;
}

function clipped(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}

/** Bounds of the angular velocities, rad/s. */
export const VELOCITY_LIMITS = [MAX_VELOCITY_1, MAX_VELOCITY_2] as const;
