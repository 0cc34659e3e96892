import { HqnasError } from '../errors.js';
import { paretoFront, type Point } from './pareto.js';

/**
 * Volume of the space that the points dominate, bounded below by a reference point; higher is better in every objective.
 * Exact for any number of objectives: one objective after the other is sliced away, and two are swept. The exclusive
 * volume of each point is that of While, Bradstreet and Barone 2012, "A fast way of calculating exact hypervolumes", with
 * points sorted such that what limits a point shares its last coordinate. O(n log n) for two objectives, O(n² log n) for
 * three, exponential in the number of objectives beyond.
 * @param reference no better than any point in any objective; -Infinity makes the volume infinite
 * @throws HqnasError `invalid-reference-point` for NaN, for a point that the reference is better than, or for points of
 * another length
 */
export function hypervolume(points: readonly Point[], reference: Point): number {
  const wrong = reference.some(Number.isNaN) ? reference : points.find((point) => isOutside(point, reference));
  if (wrong !== undefined) {
    throw new HqnasError({
      code: 'invalid-reference-point',
      what: 'a hypervolume needs a reference point that is no better than any point in any objective',
      got: `the point (${wrong.join(', ')}) with the reference (${reference.join(', ')})`,
      remedy: 'Choose a worse reference point.',
    });
  }
  if (points.length === 0) return 0;
  if (reference.includes(-Infinity)) return Infinity;
  // From here on every coordinate is a length above the reference.
  return volume(points.map((point) => point.map((value, i) => value - reference[i]!)));
}

function isOutside(point: Point, reference: Point): boolean {
  if (point.length !== reference.length) return true;
  return !point.every((value, i) => value >= reference[i]!);
}

/** Volume above the origin. */
function volume(points: readonly Point[]): number {
  const objectives = points[0]!.length;
  if (objectives === 1) return points.reduce((most, point) => Math.max(most, point[0]!), 0);
  if (objectives === 2) return area(points);
  const last = objectives - 1;
  const front = paretoFront(points)
    .map((index) => points[index]!)
    .sort((a, b) => a[last]! - b[last]!);
  let sum = 0;
  for (const [i, point] of front.entries()) {
    const base = point.slice(0, last);
    const above = front.slice(i + 1).map((other) => base.map((value, axis) => Math.min(value, other[axis]!)));
    const shared = above.length === 0 ? 0 : volume(above);
    sum += point[last]! * (base.reduce((product, value) => product * value, 1) - shared);
  }
  return sum;
}

function area(points: readonly Point[]): number {
  const sorted = [...points].sort((a, b) => b[0]! - a[0]!);
  let sum = 0;
  let height = 0;
  for (const point of sorted) {
    const top = point[1]!;
    if (top <= height) continue;
    sum += point[0]! * (top - height);
    height = top;
  }
  return sum;
}
