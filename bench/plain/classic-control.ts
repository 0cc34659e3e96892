import { cosine, sine } from '../../core/index.js';

/**
 * The other classic-control tasks in plain loops, as bench/plain/cartpole.ts: the arithmetic alone, a cheap random
 * generator and fixed starts. Sines and cosines are those of the project, which give equal bits on every engine; those of
 * V8 are two to three times as fast.
 */

/** MountainCar (Moore 1990). */
export function plainMountainCar(steps: number): number {
  let bits = 1;
  let [position, velocity] = [-0.5, 0];
  let episodes = 0;
  for (let step = 0; step < steps; step++) {
    bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
    const action = (bits >>> 30) % 3;
    velocity += (action - 1) * 0.001 - 0.0025 * cosine(3 * position);
    velocity = Math.min(0.07, Math.max(-0.07, velocity));
    position = Math.min(0.6, Math.max(-1.2, position + velocity));
    if (position === -1.2 && velocity < 0) velocity = 0;
    if (position < 0.5 && step % 200 !== 199) continue;
    episodes++;
    position = -0.5;
    velocity = 0;
  }
  return episodes + position;
}

/** Pendulum; gives back the sum of rewards. */
export function plainPendulum(steps: number): number {
  let bits = 1;
  let [angle, velocity, sum] = [1, 0, 0];
  const observation = new Float32Array(3);
  for (let step = 0; step < steps; step++) {
    bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
    const torque = bits / 2 ** 30;
    const turned = ((((angle + Math.PI) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)) - Math.PI;
    sum -= turned * turned + 0.1 * velocity * velocity + 0.001 * torque * torque;
    velocity = Math.min(8, Math.max(-8, velocity + (15 * sine(angle) + 3 * torque) * 0.05));
    angle += velocity * 0.05;
    observation[0] = cosine(angle);
    observation[1] = sine(angle);
    observation[2] = velocity;
    if (step % 200 === 199) [angle, velocity] = [1, 0];
  }
  return sum + observation[0]!;
}

/** Acrobot (Sutton 1996), one Runge-Kutta step of 0.2 s. */
export function plainAcrobot(steps: number): number {
  let bits = 1;
  let state = [0.05, 0, 0, 0];
  const observation = new Float32Array(6);
  let episodes = 0;
  for (let step = 0; step < steps; step++) {
    bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
    const torque = ((bits >>> 30) % 3) - 1;
    const k1 = slope(state, torque);
    const k2 = slope(moved(state, k1, 0.1), torque);
    const k3 = slope(moved(state, k2, 0.1), torque);
    const k4 = slope(moved(state, k3, 0.2), torque);
    state = state.map((x, i) => x + (0.2 / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
    const [a, b] = [state[0]!, state[1]!];
    observation.set([cosine(a), sine(a), cosine(b), sine(b), state[2]!, state[3]!]);
    if (-cosine(a) - cosine(a + b) <= 1 && step % 500 !== 499) continue;
    episodes++;
    state = [0.05, 0, 0, 0];
  }
  return episodes + observation[0]!;
}

function moved(state: readonly number[], slopes: readonly number[], by: number): number[] {
  return [
    state[0]! + by * slopes[0]!,
    state[1]! + by * slopes[1]!,
    state[2]! + by * slopes[2]!,
    state[3]! + by * slopes[3]!,
  ];
}

function slope(state: readonly number[], torque: number): readonly number[] {
  const a = state[0]!;
  const b = state[1]!;
  const v = state[2]!;
  const w = state[3]!;
  const c = cosine(b);
  const s = sine(b);
  const d1 = 3.5 + c;
  const d2 = 1.25 + 0.5 * c;
  const phi2 = 4.9 * cosine(a + b - Math.PI / 2);
  const phi1 = -0.5 * w * w * s - w * v * s + 14.7 * cosine(a - Math.PI / 2) + phi2;
  const dw = (torque + (d2 / d1) * phi1 - 0.5 * v * v * s - phi2) / (1.25 - (d2 * d2) / d1);
  return [v, w, -(d2 * dw + phi1) / d1, dw];
}
