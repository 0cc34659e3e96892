import { describe, expect, it } from '@jest/globals';
import { cellHash, countCells, type CellHash } from '../../bench/landscapes/cell-graphs.js';
import { createRng } from '../../core/random.js';
import { long } from './run.js';

/** Published counts of NAS-Bench-101: 423,624 networks of at most 7 vertices and 9 edges. */
const published = [
  { vertices: 2, matrices: 1, labelled: 1, unique: 1 },
  { vertices: 3, matrices: 2, labelled: 6, unique: 6 },
  { vertices: 4, matrices: 10, labelled: 90, unique: 84 },
  { vertices: 5, matrices: 121, labelled: 3267, unique: 2441 },
  { vertices: 6, matrices: 1545, labelled: 125_145, unique: 62_010 },
  { vertices: 7, matrices: 4793, labelled: 1_164_699, unique: 359_082 },
];

describe('cells', () => {
  it.each(long ? published : published.slice(0, 5))(
    'of $vertices vertices are counted as published',
    ({ vertices, ...counts }) => {
      expect(countCells(vertices)).toEqual(counts);
    },
  );

  it('without a limit on edges', () => {
    expect(countCells(5, 99)).toEqual({ matrices: 122, labelled: 3294, unique: 2468 });
  });

  it('add up', () => {
    const sum = (most: number): number =>
      published.filter(({ vertices }) => vertices <= most).reduce((total, { unique }) => total + unique, 0);
    expect([sum(6), sum(7)]).toEqual([64_542, 423_624]);
  });
});

describe('the hash', () => {
  const hashOf = (
    edges: readonly (readonly [number, number])[],
    labels: readonly number[],
    hash: CellHash = cellHash,
  ) => {
    const next = labels.map(() => 0);
    const before = labels.map(() => 0);
    for (const [from, to] of edges) {
      next[from]! |= 1 << to;
      before[to]! |= 1 << from;
    }
    return hash(next, before, Uint8Array.from(labels));
  };
  const diamond = [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
  ] as const;
  const chain = [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ] as const;

  it('does not see the order of the vertices, and sees direction', () => {
    expect(hashOf(diamond, [3, 0, 1, 4])).toBe(hashOf(diamond, [3, 1, 0, 4]));
    expect(hashOf(chain, [3, 0, 1, 1, 4])).not.toBe(hashOf(chain, [3, 1, 1, 0, 4]));
  });

  it('stays the same under 1000 permutations', () => {
    const rng = createRng(1);
    const edges = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 4],
      [2, 5],
      [5, 6],
      [4, 6],
    ] as const;
    const labels = [3, 0, 1, 2, 1, 0, 4];
    const expected = hashOf(edges, labels);
    for (let i = 0; i < 1000; i++) {
      const order = labels.map((_, vertex) => vertex);
      rng.shuffle(order);
      const moved = labels.map((_, vertex) => labels[order.indexOf(vertex)]!);
      expect(
        hashOf(
          edges.map(([a, b]) => [order[a]!, order[b]!] as const),
          moved,
        ),
      ).toBe(expected);
    }
  });

  it('must read neighbours on both sides', () => {
    const onlyNext: CellHash = (next, before, labels) =>
      cellHash(
        next,
        before.map(() => 0),
        labels,
      );
    expect(countCells(6, 9, onlyNext).unique).toBeLessThan(62_010);
  });
});
