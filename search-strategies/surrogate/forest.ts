import type { Rng } from '../../core/index.js';

/** What a forest says of one row: mean and standard deviation over its trees. */
export interface Prediction {
  readonly mean: number;
  readonly deviation: number;
}

export interface ForestOptions {
  readonly trees: number;
  /** A node with fewer rows is a leaf. */
  readonly leaf: number;
}

/** A node: a split where `feature` >= 0 (rows with a value up to `threshold` go to `low`), else a leaf with its mean. */
interface Node {
  readonly feature: number;
  readonly threshold: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

type Tree = readonly Node[];

/**
 * Extremely randomized regression trees (Geurts, Ernst and Wehenkel 2006, Machine Learning 63), each grown on a bootstrap
 * sample (Breiman 2001), so that their spread says how little is known: a third of the features is tried at each node, each
 * with one random threshold, and the split with the least squared error stays.
 */
export function growForest(
  rows: readonly Float64Array[],
  targets: Float64Array,
  { trees, leaf }: ForestOptions,
  rng: Rng,
): readonly Tree[] {
  return Array.from({ length: trees }, (_, tree) => {
    const stream = rng.fork('tree', tree);
    const sample = Int32Array.from(rows, () => stream.int(rows.length));
    return growTree(rows, targets, sample, leaf, stream);
  });
}

export function predict(forest: readonly Tree[], row: Float64Array): Prediction {
  let sum = 0;
  let squares = 0;
  for (const tree of forest) {
    let node = tree[0]!;
    while (node.feature >= 0) node = tree[row[node.feature]! <= node.threshold ? node.low : node.high]!;
    sum += node.mean;
    squares += node.mean * node.mean;
  }
  const mean = sum / forest.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / forest.length - mean * mean)) };
}

function growTree(
  rows: readonly Float64Array[],
  targets: Float64Array,
  sample: Int32Array,
  leaf: number,
  rng: Rng,
): Tree {
  const nodes: Node[] = [];
  grow(sample);
  return nodes;

  function grow(members: Int32Array): number {
    const place = nodes.length;
    let sum = 0;
    for (const member of members) sum += targets[member]!;
    const end: Node = { feature: -1, threshold: 0, low: 0, high: 0, mean: sum / members.length };
    nodes.push(end);
    const split = members.length < 2 * leaf ? undefined : bestSplit(members);
    if (split === undefined) return place;
    const { feature, threshold } = split;
    const low = grow(members.filter((member) => rows[member]![feature]! <= threshold));
    const high = grow(members.filter((member) => rows[member]![feature]! > threshold));
    nodes[place] = { ...end, feature, threshold, low, high };
    return place;
  }

  function bestSplit(members: Int32Array): { readonly feature: number; readonly threshold: number } | undefined {
    const features = rows[0]!.length;
    let best: { readonly feature: number; readonly threshold: number } | undefined;
    let bestGain = 0;
    for (let tried = 0; tried < Math.ceil(features / 3); tried++) {
      const feature = rng.int(features);
      let least = Infinity;
      let most = -Infinity;
      for (const member of members) {
        const value = rows[member]![feature]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      if (!(least < most)) continue;
      const threshold = least + (most - least) * rng.float();
      const gain = gainOf(members, feature, threshold);
      if (gain > bestGain) {
        bestGain = gain;
        best = { feature, threshold };
      }
    }
    return best;
  }

  /** How much a split lowers the squared error: n1 n2 / n times the squared difference of the means. */
  function gainOf(members: Int32Array, feature: number, threshold: number): number {
    let low = 0;
    let lowSum = 0;
    let highSum = 0;
    for (const member of members) {
      if (rows[member]![feature]! <= threshold) {
        low++;
        lowSum += targets[member]!;
      } else highSum += targets[member]!;
    }
    const high = members.length - low;
    if (low < leaf || high < leaf) return 0;
    const difference = lowSum / low - highSum / high;
    return ((low * high) / members.length) * difference * difference;
  }
}
