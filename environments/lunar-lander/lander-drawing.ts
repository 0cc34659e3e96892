import { circle, line, polygon, type Scene, type ScreenPoint, type Shape } from '../../core/index.js';
import { HULL, LEG, PAD, PICTURE, SCALE, WIDTH } from './lander-constants.js';
import type { LanderWorld } from './lander-world.js';

const legCorners = [
  [-LEG.halfWidth, -LEG.halfHeight],
  [LEG.halfWidth, -LEG.halfHeight],
  [LEG.halfWidth, LEG.halfHeight],
  [-LEG.halfWidth, LEG.halfHeight],
] as const;
const hullCorners = HULL.map(([x, y]) => [x / SCALE, y / SCALE] as const);

/** The moon, the flags of the pad, and the lander with its flames. */
export function drawLander({ ground, hull, legs }: LanderWorld, [main, side]: readonly [number, number]): Scene {
  const last = ground.length - 1;
  const moon: ScreenPoint[] = [...ground.map(place), place([ground[last]![0], 0]), place([0, 0])];
  const flag = (x: number): readonly Shape[] => {
    const [px, py] = place([x, PAD]);
    return [
      line(
        [
          [px, py],
          [px, py - 50],
        ],
        [255, 255, 255],
      ),
      polygon(
        [
          [px, py - 50],
          [px, py - 40],
          [px + 25, py - 45],
        ],
        [204, 204, 0],
      ),
    ];
  };
  const body = (corners: readonly (readonly [number, number])[], of: typeof hull): readonly ScreenPoint[] =>
    corners.map(([x, y]) => {
      const point = of.getWorldPoint({ x, y });
      return place([point.x, point.y]);
    });
  const flames: Shape[] = [];
  if (main > 0) flames.push(circle(body([[0, -16 / SCALE]], hull)[0]!, 6 * main, [255, 140, 0]));
  if (side !== 0) flames.push(circle(body([[(side > 0 ? -20 : 20) / SCALE, 12 / SCALE]], hull)[0]!, 3, [255, 180, 60]));
  return {
    width: PICTURE.width,
    height: PICTURE.height,
    background: [0, 0, 0],
    shapes: [
      polygon(moon, [235, 235, 235]),
      ...flames,
      ...legs.map((leg) => polygon(body(legCorners, leg), [160, 140, 235])),
      polygon(body(hullCorners, hull), [128, 102, 230]),
      ...flag(WIDTH * 0.4),
      ...flag(WIDTH * 0.6),
    ],
  };
}

function place([x, y]: readonly [number, number]): ScreenPoint {
  return [x * SCALE, PICTURE.height - y * SCALE];
}
