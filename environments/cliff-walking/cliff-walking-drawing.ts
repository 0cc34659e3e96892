import { circle, rectangle, type Colour, type Scene } from '../../core/index.js';

const CELL = 60;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly start: number;
  readonly goal: number;
}

/** The grid from above, with the walker on it. */
export function drawCliff(cell: number, { columns, rows, start, goal }: Grid): Scene {
  const colourOf = (i: number): Colour =>
    i === goal ? [240, 200, 80] : i === start ? [200, 226, 200] : i > start ? [96, 72, 60] : [150, 190, 120];
  const tiles = Array.from({ length: columns * rows }, (_, i) =>
    rectangle((i % columns) * CELL + 1, Math.floor(i / columns) * CELL + 1, CELL - 2, CELL - 2, colourOf(i)),
  );
  const [x, y] = [(cell % columns) * CELL + CELL / 2, Math.floor(cell / columns) * CELL + CELL / 2];
  return {
    width: columns * CELL,
    height: rows * CELL,
    background: [110, 140, 90],
    shapes: [...tiles, circle([x, y], CELL / 4, [200, 60, 60])],
  };
}
