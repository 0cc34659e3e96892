const { fround } = Math;

/**
 * A controller that lands most of the time: Gymnasium's heuristic for the discrete actions, in float32 as there. For
 * comparisons between engines, and as something that learning should beat.
 */
export function landByRule(observation: Float32Array): number {
  const [x, y, vx, vy, angle, turning, left, right] = observation as unknown as LanderObservation;
  const wanted = Math.min(0.4, Math.max(-0.4, fround(fround(x * 0.5) + fround(vx * 1))));
  let turn = fround(fround(fround(wanted - angle) * 0.5) - fround(turning * 1));
  let lift = fround(fround(fround(fround(0.55) * Math.abs(x) - y) * 0.5) - fround(vy * 0.5));
  if (left !== 0 || right !== 0) {
    turn = 0;
    lift = fround(-vy * 0.5);
  }
  if (lift > Math.abs(turn) && lift > 0.05) return 2;
  if (turn < -0.05) return 3;
  return turn > 0.05 ? 1 : 0;
}

/** The eight numbers of an observation, by name. */
type LanderObservation = readonly [
  x: number,
  y: number,
  vx: number,
  vy: number,
  angle: number,
  turning: number,
  left: number,
  right: number,
];
