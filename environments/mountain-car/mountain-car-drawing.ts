import { circle, cosine, line, placed, polygon, sine, type Scene, type ScreenPoint } from '../../core/index.js';
import { MAX_POSITION, MIN_POSITION } from './valley.js';

const WIDTH = 600;
const HEIGHT = 400;
const SPAN = MAX_POSITION - MIN_POSITION;
/** Pixels per unit of position. */
const SCALE = WIDTH / SPAN;

/** The car in its valley, and the flag on the hill. */
export function drawMountainCar(state: Float64Array, goal: number): Scene {
  const position = state[0]!;
  // The hill's slope, from which the car's tilt follows.
  const slope = 0.45 * 3 * cosine(3 * position);
  const length = Math.sqrt(1 + slope * slope);
  const [c, s] = [1 / length, -slope / length];
  const body: readonly ScreenPoint[] = [
    [-20, -10],
    [-20, -30],
    [20, -30],
    [20, -10],
  ];
  const at = place(position);
  const [flagX, flagY] = place(goal);
  const wheels = placed(
    [
      [-10, -8],
      [10, -8],
    ],
    c,
    s,
    at,
  );
  return {
    width: WIDTH,
    height: HEIGHT,
    background: [255, 255, 255],
    shapes: [
      line(
        Array.from({ length: 101 }, (_, i) => place(MIN_POSITION + (SPAN * i) / 100)),
        [90, 110, 90],
        2,
      ),
      line(
        [
          [flagX, flagY],
          [flagX, flagY - 50],
        ],
        [0, 0, 0],
      ),
      polygon(
        [
          [flagX, flagY - 50],
          [flagX, flagY - 40],
          [flagX + 25, flagY - 45],
        ],
        [204, 170, 0],
      ),
      polygon(placed(body, c, s, at), [40, 44, 52]),
      ...wheels.map((wheel) => circle(wheel, 8, [128, 128, 128])),
    ],
  };
}

/** Where a position on the track is in the picture. */
function place(position: number): ScreenPoint {
  const height = 0.45 * sine(3 * position) + 0.55;
  return [(position - MIN_POSITION) * SCALE, HEIGHT - height * SCALE];
}
