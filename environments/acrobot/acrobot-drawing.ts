import { circle, cosine, line, sine, type Scene, type ScreenPoint } from '../../core/index.js';

const SIZE = 500;
const AXLE: ScreenPoint = [SIZE / 2, SIZE / 2];
/** Pixels per metre. */
const SCALE = SIZE / 4.4;

/** Both links, and the height that the tip must pass. */
export function drawAcrobot(angle1: number, angle2: number): Scene {
  const elbow = below(AXLE, angle1);
  const tip = below(elbow, angle1 + angle2);
  const goal = AXLE[1] - SCALE;
  const width = 0.2 * SCALE;
  return {
    width: SIZE,
    height: SIZE,
    background: [255, 255, 255],
    shapes: [
      line(
        [
          [0, goal],
          [SIZE, goal],
        ],
        [0, 0, 0],
      ),
      line([AXLE, elbow], [0, 204, 204], width),
      line([elbow, tip], [0, 204, 204], width),
      ...[AXLE, elbow].map((joint) => circle(joint, width / 2, [204, 204, 0])),
    ],
  };
}

/** One link further, hanging straight down at angle 0. */
function below([x, y]: ScreenPoint, angle: number): ScreenPoint {
  return [x + SCALE * sine(angle), y + SCALE * cosine(angle)];
}
