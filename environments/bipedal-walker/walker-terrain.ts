import type { Pcg64 } from '../../core/index.js';
import { COLUMNS, GRASS, LEVEL, SCALE, START_PAD, STEP } from './walker-constants.js';

export type Corner = readonly [x: number, y: number];

/** The ground of an episode. */
export interface Terrain {
  /** Corners of the surface, from left to right. */
  readonly surface: readonly Corner[];
  /** Solid obstacles: stumps, steps and the walls of pits. */
  readonly obstacles: readonly (readonly Corner[])[];
}

const kinds = ['grass', 'stump', 'stairs', 'pit'] as const;

/** What the stretch of ground is that is being made. */
interface Stretch {
  kind: (typeof kinds)[number];
  /** Columns until the next stretch. */
  left: number;
  /** The next column is the first of its stretch. */
  first: boolean;
  velocity: number;
  y: number;
  /** Height on which a pit or stairs began. */
  base: number;
  stairs: { readonly count: number; readonly width: number; readonly up: 1 | -1 };
}

/** Draws the ground in the order of Gymnasium, column by column. */
export function createTerrain(generator: Pcg64, hardcore: boolean): Terrain {
  const surface: Corner[] = [];
  const obstacles: (readonly Corner[])[] = [];
  const stretch: Stretch = {
    kind: 'grass',
    left: START_PAD,
    first: false,
    velocity: 0,
    y: LEVEL,
    base: 0,
    stairs: { count: 0, width: 1, up: 1 },
  };
  for (let column = 0; column < COLUMNS; column++) {
    const x = column * STEP;
    if (stretch.first) obstacles.push(...begin(stretch, x, generator));
    else goOn(stretch, column, generator);
    stretch.first = false;
    surface.push([x, stretch.y]);
    if (--stretch.left > 0) continue;
    stretch.left = generator.integers(GRASS / 2, GRASS);
    // An obstacle follows grass, and grass an obstacle.
    stretch.kind = stretch.kind === 'grass' && hardcore ? kinds[generator.integers(1, 4)]! : 'grass';
    stretch.first = true;
  }
  return { surface, obstacles };
}

/** First column of a stretch. */
function begin(stretch: Stretch, x: number, generator: Pcg64): readonly (readonly Corner[])[] {
  const { y } = stretch;
  switch (stretch.kind) {
    case 'grass':
      return [];
    case 'stump': {
      const size = generator.integers(1, 3);
      stretch.left = size;
      return [rectangle(x, y, size * STEP, size * STEP)];
    }
    case 'pit': {
      const width = generator.integers(3, 5);
      stretch.left = width + 2;
      stretch.base = y;
      return [rectangle(x, y - 4 * STEP, STEP, 4 * STEP), rectangle(x + STEP * width, y - 4 * STEP, STEP, 4 * STEP)];
    }
    case 'stairs': {
      const up = generator.random() > 0.5 ? 1 : -1;
      const width = generator.integers(4, 5);
      const count = generator.integers(3, 5);
      stretch.stairs = { count, width, up };
      stretch.left = count * width;
      stretch.base = y;
      return Array.from({ length: count }, (_, i) =>
        rectangle(x + i * width * STEP, y + (i * up - 1) * STEP, width * STEP, STEP),
      );
    }
  }
}

/** A later column of a stretch. */
function goOn(stretch: Stretch, column: number, generator: Pcg64): void {
  if (stretch.kind === 'grass') {
    stretch.velocity = 0.8 * stretch.velocity + 0.01 * Math.sign(LEVEL - stretch.y);
    if (column > START_PAD) stretch.velocity += generator.uniform(-1, 1) / SCALE;
    stretch.y += stretch.velocity;
  } else if (stretch.kind === 'pit') {
    stretch.y = stretch.base - (stretch.left > 1 ? 4 * STEP : 0);
  } else if (stretch.kind === 'stairs') {
    const { count, width, up } = stretch.stairs;
    stretch.y = stretch.base + ((count * width - stretch.left - up) / width) * up * STEP;
  }
}

function rectangle(x: number, y: number, width: number, height: number): readonly Corner[] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** Clouds are not drawn here, but Gymnasium draws numbers for them: ten of one and ten more each. */
export function skipClouds(generator: Pcg64): void {
  for (let i = 0; i < (COLUMNS / 20) * 11; i++) generator.random();
}

/** Where the walker starts. */
export const START: Corner = [(STEP * START_PAD) / 2, LEVEL + (2 * 34) / SCALE];
/** Beyond this the walker has arrived. */
export const FINISH = (COLUMNS - GRASS) * STEP;
