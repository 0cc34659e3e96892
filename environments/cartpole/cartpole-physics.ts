import { cosine, sine } from '../../core/index.js';

/** How position and velocity advance: with the old velocity, or with the new one. */
export type Integrator = 'euler' | 'semi-implicit';

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = POLE_MASS + 1;
/** Half the pole's length. */
const LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * LENGTH;
const FORCE = 10;
/** Seconds between states. */
const INTERVAL = 0.02;

/** Metres from the centre beyond which an episode ends. */
export const POSITION_LIMIT = 2.4;
/** Radians from upright beyond which an episode ends: 12 degrees. */
export const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

/** Rows of the state. */
export const POSITION = 0;
const VELOCITY = 1;
export const ANGLE = 2;
const ANGULAR_VELOCITY = 3;
export const PHYSICS_ROWS = 4;

/**
 * Advances one cart by one interval and says whether it is now out of bounds. `state` is [row][lane] with `stride`
 * lanes.
 *
 * Source: Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems"
 * (1983); equations as corrected by Florian, "Correct equations for the dynamics of the cart-pole system" (2007), without
 * friction. The order of operations is Gymnasium's, so that every intermediate float64 rounds alike.
 */
export function advance(
  state: Float64Array,
  lane: number,
  stride: number,
  pushRight: boolean,
  integrator: Integrator,
): boolean {
  const x = lane + POSITION * stride;
  const v = lane + VELOCITY * stride;
  const a = lane + ANGLE * stride;
  const w = lane + ANGULAR_VELOCITY * stride;
  const velocity = state[v]!;
  const angle = state[a]!;
  const angularVelocity = state[w]!;
  const sin = sine(angle);
  const cos = cosine(angle);
  const force = pushRight ? FORCE : -FORCE;
  const push = (force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sin) / TOTAL_MASS;
  const angularAcceleration =
    (GRAVITY * sin - cos * push) / (LENGTH * (4 / 3 - (POLE_MASS * (cos * cos)) / TOTAL_MASS));
  const acceleration = push - (POLE_MASS_LENGTH * angularAcceleration * cos) / TOTAL_MASS;
  const newVelocity = velocity + INTERVAL * acceleration;
  const newAngularVelocity = angularVelocity + INTERVAL * angularAcceleration;
  const euler = integrator === 'euler';
  const newPosition = state[x]! + INTERVAL * (euler ? velocity : newVelocity);
  const newAngle = angle + INTERVAL * (euler ? angularVelocity : newAngularVelocity);
  state[x] = newPosition;
  state[v] = newVelocity;
  state[a] = newAngle;
  state[w] = newAngularVelocity;
  return (
    newPosition < -POSITION_LIMIT || newPosition > POSITION_LIMIT || newAngle < -ANGLE_LIMIT || newAngle > ANGLE_LIMIT
  );
}
