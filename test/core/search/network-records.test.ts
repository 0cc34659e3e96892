import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NetworkRecords } from '../../../core/search/network-records.js';

const values = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('records of networks', () => {
  it('have the mean and the spread of all trainings', () => {
    fc.assert(
      fc.property(values, (scores) => {
        const records = new NetworkRecords();
        for (const score of scores) records.add('a', [score, 2 * score]);
        const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
        const squares = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const { evaluations, means, deviation } = records.summary('a');
        expect(evaluations).toBe(scores.length);
        expect(means[0]).toBeCloseTo(mean, 8);
        expect(means[1]).toBeCloseTo(2 * mean, 8);
        if (scores.length === 1) expect(deviation).toBeUndefined();
        else expect(deviation).toBeCloseTo(Math.sqrt(squares / (scores.length - 1)), 8);
      }),
    );
  });

  it('rank by the mean, or by its lower bound with a moderated spread', () => {
    const records = new NetworkRecords();
    records.add('lucky', [500]);
    expect(records.rank('lucky', 'lower-bound')).toBe(500);
    for (const score of [400, 440]) records.add('steady', [score]);
    // Pooled: 800 with 1 degree of freedom.
    const z = 1.2815515655446004;
    expect(records.rank('lucky', 'mean')).toBe(500);
    expect(records.rank('lucky', 'lower-bound')).toBeCloseTo(500 - z * Math.sqrt(800), 10);
    expect(records.rank('steady', 'lower-bound')).toBeCloseTo(420 - z * Math.sqrt((2 * 800 + 800) / 3 / 2), 10);
  });

  it('trust a network more the more often it was trained', () => {
    const records = new NetworkRecords();
    for (const score of [100, 120, 80, 110, 90]) records.add('other', [score]);
    let before = -Infinity;
    for (let i = 0; i < 5; i++) {
      records.add('same', [300]);
      const bound = records.rank('same', 'lower-bound');
      expect(bound).toBeGreaterThan(before);
      before = bound;
    }
    expect(before).toBeLessThan(300);
  });
});
