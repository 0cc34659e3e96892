/** Pixels per unit of length. */
export const SCALE = 30;
export const FRAMES_PER_SECOND = 50;
export const PICTURE = { width: 600, height: 400 } as const;
/** Width and height of what is seen at once. */
export const WIDTH = PICTURE.width / SCALE;
export const HEIGHT = PICTURE.height / SCALE;

/** Distance of two corners of the ground, their number, and the height on which it starts. */
export const STEP = 14 / SCALE;
export const COLUMNS = 200;
export const LEVEL = HEIGHT / 4;
/** Columns of flat ground at the start, and of the finish. */
export const START_PAD = 20;
export const GRASS = 10;

/** Corners of the hull, in pixels from its origin. */
export const HULL: readonly (readonly [number, number])[] = [
  [-30, 9],
  [6, 9],
  [34, 1],
  [34, -8],
  [-30, -8],
];

/** Size of an upper leg, and how far below the hull's origin it is fixed. A lower leg is 0.8 as wide. */
export const LEG = { width: 8 / SCALE, height: 34 / SCALE, down: -8 / SCALE } as const;
