import { polygon, type Scene, type ScreenPoint } from '../../core/index.js';
import { HULL, LEG, PICTURE, SCALE, WIDTH } from './walker-constants.js';
import type { WalkerWorld } from './walker-world.js';

const hullCorners = HULL.map(([x, y]) => [x / SCALE, y / SCALE] as const);

/** The walker on its ground; the picture moves with it. */
export function drawWalker({ terrain, hull, legs }: WalkerWorld): Scene {
  const scroll = hull.getPosition().x - WIDTH / 5;
  const place = ([x, y]: readonly [number, number]): ScreenPoint => [(x - scroll) * SCALE, PICTURE.height - y * SCALE];
  const body = (corners: readonly (readonly [number, number])[], of: typeof hull): readonly ScreenPoint[] =>
    corners.map(([x, y]) => {
      const point = of.getWorldPoint({ x, y });
      return place([point.x, point.y]);
    });
  const { surface, obstacles } = terrain;
  const ground = [...surface.map(place), place([surface.at(-1)![0], 0]), place([0, 0])];
  return {
    width: PICTURE.width,
    height: PICTURE.height,
    background: [215, 215, 255],
    shapes: [
      polygon(ground, [102, 153, 76]),
      ...obstacles.map((corners) => polygon(corners.map(place), [153, 153, 153])),
      ...legs.map((leg, i) =>
        polygon(body(legCorners(i % 2 === 0 ? 1 : 0.8), leg), i < 2 ? [178, 101, 152] : [128, 51, 102]),
      ),
      polygon(body(hullCorners, hull), [127, 51, 229]),
    ],
  };
}

function legCorners(share: number): readonly (readonly [number, number])[] {
  const [x, y] = [(share * LEG.width) / 2, LEG.height / 2];
  return [
    [-x, -y],
    [x, -y],
    [x, y],
    [-x, y],
  ];
}
