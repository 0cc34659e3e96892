import { circle, cosine, line, placed, polygon, rectangle, sine, type Scene } from '../../core/index.js';
import { ANGLE, POSITION, POSITION_LIMIT } from './cartpole-physics.js';

const WIDTH = 600;
const HEIGHT = 400;
/** Pixels per metre. */
const SCALE = WIDTH / (2 * POSITION_LIMIT);
const TRACK = 300;
const POLE = SCALE * 1;

/** The cart on its track from the side; the picture ends where the episode does. */
export function drawCartPole(state: Float64Array): Scene {
  const x = WIDTH / 2 + SCALE * state[POSITION]!;
  const angle = state[ANGLE]!;
  const joint = [x, TRACK - 22] as const;
  const pole = [
    [-5, 5],
    [5, 5],
    [5, -POLE],
    [-5, -POLE],
  ] as const;
  return {
    width: WIDTH,
    height: HEIGHT,
    background: [255, 255, 255],
    shapes: [
      line(
        [
          [0, TRACK],
          [WIDTH, TRACK],
        ],
        [0, 0, 0],
      ),
      rectangle(x - 25, TRACK - 30, 50, 30, [40, 44, 52]),
      polygon(placed(pole, cosine(angle), sine(angle), joint), [202, 152, 101]),
      circle(joint, 5, [129, 132, 203]),
    ],
  };
}
