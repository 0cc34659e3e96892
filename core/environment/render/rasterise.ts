import { cosine, sine } from '../../math.js';
import type { Frame } from '../environment.js';
import type { Colour, ScreenPoint, Scene, Shape } from './scene.js';

/** Scan lines per row of pixels. */
const SUBROWS = 4;

/**
 * Fills shapes with anti-aliased edges: exact coverage along a scan line, four scan lines per row of pixels.
 */
export function rasterise({ width, height, background, shapes }: Scene): Frame {
  const rgb = new Uint8Array(width * height * 3);
  const [red, green, blue] = background;
  for (let i = 0; i < rgb.length; i += 3) {
    rgb[i] = red;
    rgb[i + 1] = green;
    rgb[i + 2] = blue;
  }
  const frame = { width, height, rgb };
  const coverage = new Float64Array(width);
  for (const shape of shapes) {
    for (const points of outlines(shape))
      fill(frame, points, shape.kind === 'line' ? shape.stroke : shape.fill, coverage);
  }
  return frame;
}

/** Polygons that a shape is made of. */
function outlines(shape: Shape): readonly (readonly ScreenPoint[])[] {
  if (shape.kind === 'polygon') return [shape.points];
  if (shape.kind === 'circle') return [disc(shape.centre, shape.radius)];
  const { points, width } = shape;
  const half = width / 2;
  const pieces: (readonly ScreenPoint[])[] = [];
  points.forEach(([bx, by], i) => {
    if (i > 0 && i < points.length - 1 && width > 2) pieces.push(disc([bx, by], half));
    const before = points[i - 1];
    if (before === undefined) return;
    const [ax, ay] = before;
    const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    if (length === 0) return;
    const [nx, ny] = [(-(by - ay) / length) * half, ((bx - ax) / length) * half];
    pieces.push([
      [ax + nx, ay + ny],
      [bx + nx, by + ny],
      [bx - nx, by - ny],
      [ax - nx, ay - ny],
    ]);
  });
  return pieces;
}

function disc([x, y]: ScreenPoint, radius: number): readonly ScreenPoint[] {
  const corners = Math.max(24, Math.min(96, Math.ceil(radius * 3)));
  return Array.from({ length: corners }, (_, i): ScreenPoint => {
    const angle = (2 * Math.PI * i) / corners;
    return [x + radius * cosine(angle), y + radius * sine(angle)];
  });
}

/** Fills a polygon by the even-odd rule. */
function fill(
  { width, height, rgb }: Frame,
  points: readonly ScreenPoint[],
  colour: Colour,
  coverage: Float64Array,
): void {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(width, Math.ceil(Math.max(...xs)) + 1);
  const [red, green, blue] = colour;
  for (let row = top; row <= bottom; row++) {
    coverage.fill(0, left, right);
    for (let sub = 0; sub < SUBROWS; sub++) {
      const crossings = crossingsAt(points, row + (sub + 0.5) / SUBROWS);
      for (let i = 0; i + 1 < crossings.length; i += 2) cover(coverage, crossings[i]!, crossings[i + 1]!);
    }
    for (let column = left; column < right; column++) {
      const covered = coverage[column]! / SUBROWS;
      if (covered === 0) continue;
      const share = covered > 1 ? 1 : covered;
      const place = (row * width + column) * 3;
      // Adding a half before the conversion to a byte, which cuts off, rounds.
      rgb[place] = rgb[place]! * (1 - share) + red * share + 0.5;
      rgb[place + 1] = rgb[place + 1]! * (1 - share) + green * share + 0.5;
      rgb[place + 2] = rgb[place + 2]! * (1 - share) + blue * share + 0.5;
    }
  }
}

/** Where the outline crosses a horizontal line, from left to right. */
function crossingsAt(points: readonly ScreenPoint[], y: number): number[] {
  const crossings: number[] = [];
  let [ax, ay] = points[points.length - 1]!;
  for (const [bx, by] of points) {
    if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    [ax, ay] = [bx, by];
  }
  return crossings.sort((a, b) => a - b);
}

/** Adds the share of each pixel between two places of a line. */
function cover(coverage: Float64Array, from: number, to: number): void {
  const left = Math.max(0, from);
  const right = Math.min(coverage.length, to);
  if (right <= left) return;
  const [first, last] = [Math.floor(left), Math.min(coverage.length - 1, Math.floor(right))];
  if (first === last) {
    coverage[first]! += right - left;
    return;
  }
  coverage[first]! += first + 1 - left;
  for (let column = first + 1; column < last; column++) coverage[column]! += 1;
  coverage[last]! += right - last;
}
