import { circle, cosine, line, placed, polygon, sine, type Scene, type ScreenPoint } from '../../core/index.js';

const SIZE = 500;
const MIDDLE: ScreenPoint = [SIZE / 2, SIZE / 2];
/** Pixels per metre. */
const SCALE = SIZE / 4.4;

/**
 * The rod on its axle, and an arc as long as the torque is strong.
 * @param angle 0 = upright, positive against the clock
 */
export function drawPendulum(angle: number, torque: number): Scene {
  const rod = [
    [-0.1 * SCALE, 0],
    [0.1 * SCALE, 0],
    [0.1 * SCALE, -SCALE],
    [-0.1 * SCALE, -SCALE],
  ] as const;
  const [c, s] = [cosine(angle), -sine(angle)];
  const end: ScreenPoint = [MIDDLE[0] + s * SCALE, MIDDLE[1] - c * SCALE];
  const arc = Array.from({ length: 21 }, (_, i): ScreenPoint => {
    const at = (-torque * i) / 20;
    return [MIDDLE[0] + 0.4 * SCALE * sine(at), MIDDLE[1] - 0.4 * SCALE * cosine(at)];
  });
  return {
    width: SIZE,
    height: SIZE,
    background: [255, 255, 255],
    shapes: [
      polygon(placed(rod, c, s, MIDDLE), [204, 77, 77]),
      circle(MIDDLE, 0.1 * SCALE, [204, 77, 77]),
      circle(end, 0.1 * SCALE, [204, 77, 77]),
      line(arc, [60, 60, 60], 3),
      circle(MIDDLE, 0.05 * SCALE, [0, 0, 0]),
    ],
  };
}
