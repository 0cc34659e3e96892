import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crowdingDistance, dominates, nonDominatedSort, paretoFront } from '../../../core/search/pareto.js';

const coordinate = fc.integer({ min: 0, max: 6 });
const pointsOf = (objectives: number) =>
  fc.array(fc.array(coordinate, { minLength: objectives, maxLength: objectives }), { maxLength: 40 });
const points = fc.integer({ min: 1, max: 4 }).chain(pointsOf);

/** Fronts by the definition: peel off what nobody left dominates. */
function peeledFronts(all: readonly (readonly number[])[]): number[][] {
  let left = all.map((_, i) => i);
  const fronts: number[][] = [];
  while (left.length > 0) {
    const front = left.filter((i) => !left.some((j) => dominates(all[j]!, all[i]!)));
    fronts.push(front);
    left = left.filter((i) => !front.includes(i));
  }
  return fronts;
}

describe('dominance', () => {
  it('needs one better value and no worse one', () => {
    expect(dominates([1, 2], [1, 1])).toBe(true);
    expect(dominates([1, 1], [1, 1])).toBe(false);
    expect(dominates([2, 0], [1, 1])).toBe(false);
    expect(dominates([1, 1], [2, 0])).toBe(false);
  });
});

describe('non-dominated sort', () => {
  it('gives the fronts of the definition, for one to four objectives with ties and repeats', () => {
    fc.assert(
      fc.property(points, (all) => {
        expect(nonDominatedSort(all)).toEqual(peeledFronts(all));
      }),
    );
  });

  it('keeps equal points together', () => {
    expect(
      nonDominatedSort([
        [1, 1],
        [2, 2],
        [2, 2],
        [1, 3],
      ]),
    ).toEqual([[1, 2, 3], [0]]);
    expect(paretoFront([])).toEqual([]);
  });
});

describe('crowding distance', () => {
  it('is the relative gap between neighbours, infinite at the ends', () => {
    const line = [
      [0, 10],
      [1, 8],
      [4, 4],
      [10, 0],
    ];
    // Point 1: (4 - 0) / 10 + (10 - 4) / 10; point 2: (10 - 1) / 10 + (8 - 0) / 10.
    expect(crowdingDistance(line)).toEqual([Infinity, 1, 0.9 + 0.8, Infinity]);
  });

  it('counts an objective without range as nothing', () => {
    expect(
      crowdingDistance([
        [1, 0],
        [1, 1],
        [1, 4],
      ]),
    ).toEqual([Infinity, 1, Infinity]);
    expect(crowdingDistance([[3, 3]])).toEqual([Infinity]);
    expect(crowdingDistance([])).toEqual([]);
  });
});
