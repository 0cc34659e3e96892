/** Pixels per unit of length. */
export const SCALE = 30;
export const FRAMES_PER_SECOND = 50;
export const PICTURE = { width: 600, height: 400 } as const;
/** Width and height of the world. */
export const WIDTH = PICTURE.width / SCALE;
export const HEIGHT = PICTURE.height / SCALE;
/** Height of the landing pad. */
export const PAD = HEIGHT / 4;

/** Corners of the hull, in pixels from its origin. */
export const HULL: readonly (readonly [number, number])[] = [
  [-14, 17],
  [-17, 0],
  [-17, -10],
  [17, -10],
  [17, 0],
  [14, 17],
];

/** Half the size of a leg, and where it is fixed, in units of length. */
export const LEG = { halfWidth: 2 / SCALE, halfHeight: 8 / SCALE, away: 20 / SCALE, down: 18 / SCALE } as const;
