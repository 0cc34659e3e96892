import { circle, rectangle, type Colour, type Scene } from '../../core/index.js';

const CELL = 64;
const colours: Readonly<Record<string, Colour>> = {
  S: [200, 226, 200],
  F: [214, 236, 246],
  H: [40, 80, 120],
  G: [240, 200, 80],
};

/** The map from above, with the walker on it. */
export function drawLake(map: readonly string[], cell: number): Scene {
  const size = map.length;
  const tiles = Array.from(map.join(''), (letter, i) =>
    rectangle((i % size) * CELL + 1, Math.floor(i / size) * CELL + 1, CELL - 2, CELL - 2, colours[letter]!),
  );
  const [x, y] = [(cell % size) * CELL + CELL / 2, Math.floor(cell / size) * CELL + CELL / 2];
  return {
    width: size * CELL,
    height: size * CELL,
    background: [150, 180, 200],
    shapes: [...tiles, circle([x, y], CELL / 4, [200, 60, 60])],
  };
}
