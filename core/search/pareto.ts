/**
 * Comparing by several objectives at once. Everywhere in this file a point lists one value per objective and higher is
 * better, as in `Told.objectives`; all points of a call have the same number of values, none of them NaN.
 */

/** A value per objective, higher is better. */
export type Point = readonly number[];

/** Whether `a` is at least as good as `b` in every objective and better in one (Pareto dominance). */
export function dominates(a: Point, b: Point): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return false;
    if (a[i]! > b[i]!) better = true;
  }
  return better;
}

/**
 * Fronts of points by number, the best front first and numbers ascending within each: nobody dominates a point of the
 * first front, only points of the first front dominate one of the second, and so on. Equal points share a front.
 * Efficient non-dominated sort with binary search (Zhang, Tian, Cheng and Jin 2015, "An efficient approach to
 * nondominated sorting for evolutionary multiobjective optimization"): O(m n log n) for one or two objectives, O(m n²) at
 * worst for more.
 */
export function nonDominatedSort(points: readonly Point[]): number[][] {
  const order = points.map((_, i) => i).sort((a, b) => compareLexically(points[b]!, points[a]!) || a - b);
  const fronts: number[][] = [];
  const narrow = (points[0]?.length ?? 0) <= 2;
  for (const index of order) {
    const point = points[index]!;
    // Whoever is dominated by a member of one front is dominated by a member of every front before it.
    let low = 0;
    let high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isDominatedBy(fronts[middle]!, point, points, narrow)) low = middle + 1;
      else high = middle;
    }
    if (low === fronts.length) fronts.push([index]);
    else fronts[low]!.push(index);
  }
  for (const front of fronts) front.sort((a, b) => a - b);
  return fronts;
}

/** Numbers of the points that no other dominates, ascending. */
export function paretoFront(points: readonly Point[]): number[] {
  return nonDominatedSort(points)[0] ?? [];
}

/**
 * Crowding distance of each point among the given ones, which should be of one front: the sum over objectives of the gap
 * between its neighbours, relative to the range; Infinity for the extremes of an objective. Deb, Pratap, Agarwal and
 * Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", section III-B. Among equal values the
 * lower number stands first.
 */
export function crowdingDistance(points: readonly Point[]): number[] {
  const distances = points.map(() => 0);
  const objectives = points[0]?.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const order = points.map((_, i) => i).sort((a, b) => points[a]![objective]! - points[b]![objective]! || a - b);
    const first = order[0]!;
    const last = order.at(-1)!;
    const range = points[last]![objective]! - points[first]![objective]!;
    distances[first] = Infinity;
    distances[last] = Infinity;
    if (range === 0) continue;
    for (let i = 1; i < order.length - 1; i++) {
      distances[order[i]!]! += (points[order[i + 1]!]![objective]! - points[order[i - 1]!]![objective]!) / range;
    }
  }
  return distances;
}

/** Better values of the first objective last; then of the second, and so on. */
function compareLexically(a: Point, b: Point): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

/** Whether a member of a front dominates a point that comes after all of them in lexical order. */
function isDominatedBy(front: readonly number[], point: Point, points: readonly Point[], narrow: boolean): boolean {
  // With two objectives the second grows along the front, so the latest member decides.
  if (narrow) return dominates(points[front.at(-1)!]!, point);
  for (let i = front.length - 1; i >= 0; i--) if (dominates(points[front[i]!]!, point)) return true;
  return false;
}
