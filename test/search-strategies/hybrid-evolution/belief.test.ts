import { describe, expect, it } from '@jest/globals';
import { exponential } from '../../../core/math.js';
import { createRng } from '../../../core/random.js';
import { believe } from '../../../search-strategies/hybrid-evolution/belief.js';
import { GenomeDistances } from '../../../search-strategies/hybrid-evolution/genome-distances.js';

/** Places on a line, and their distances. */
function onLine(places: readonly number[]): Float64Array {
  return Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));
}

describe('what is believed of networks', () => {
  const scales = { length: 2, ratio: 0.5 };
  const [a, b] = [3, 7];
  const distance = 1.5;
  const belief = believe(
    [
      { score: a, trainings: 1 },
      { score: b, trainings: 2 },
    ],
    onLine([0, distance]),
    scales,
  );

  it('is the normal distribution under the condition of the scores: two networks, by hand', () => {
    const mean = (a + 2 * b) / 3;
    const k = exponential(-distance / 2);
    // Covariance [[1 + 0.5, k], [k, 1 + 0.25]] and its inverse.
    const [n1, n2] = [1.5, 1.25];
    const determinant = n1 * n2 - k * k;
    const [y1, y2] = [a - mean, b - mean];
    const w1 = (n2 * y1 - k * y2) / determinant;
    const w2 = (n1 * y2 - k * y1) / determinant;
    const variance = (y1 * w1 + y2 * w2) / 2;
    for (const x of [0, 0.4, distance, 9]) {
      const [k1, k2] = [exponential(-x / 2), exponential(-Math.abs(x - distance) / 2)];
      const explained = (k1 * (n2 * k1 - k * k2) + k2 * (n1 * k2 - k * k1)) / determinant;
      const { mean: own, deviation } = belief.of(Float64Array.of(x, Math.abs(x - distance)));
      expect(own).toBeCloseTo(mean + k1 * w1 + k2 * w2, 10);
      expect(deviation).toBeCloseTo(Math.sqrt(variance * (1 - explained)), 10);
    }
    expect(belief.noise).toBeCloseTo(Math.sqrt(variance * 0.5), 10);
  });

  it('is the same for a network of the archive, looked up or computed', () => {
    for (const [index, place] of [0, distance].entries()) {
      const { mean, deviation } = belief.of(Float64Array.of(place, distance - place));
      expect(belief.known[index]!.mean).toBeCloseTo(mean, 10);
      expect(belief.known[index]!.deviation).toBeCloseTo(deviation, 8);
    }
  });

  it('lies between a score and what its like have, nearer to the score the more trainings it rests on', () => {
    const places = [0, 0.1, 0.2, 0.3, 5, 5.1, 5.2];
    const known = (trainings: number) =>
      believe(
        places
          .map((place, i) => ({ score: place < 1 ? 100 : 10, trainings: i === 6 ? trainings : 1 }))
          .with(6, {
            score: 100,
            trainings,
          }),
        onLine(places),
        { length: 2, ratio: 1 },
      ).known[6]!;
    const [once, often] = [known(1), known(8)];
    expect(once.mean).toBeGreaterThan(10);
    expect(once.mean).toBeLessThan(often.mean);
    expect(often.mean).toBeLessThan(100);
    expect(often.deviation).toBeLessThan(once.deviation);
  });

  it('finds out whether scores are noise', () => {
    const rng = createRng(3);
    const places = Array.from({ length: 60 }, (_, i) => i / 10);
    const made = (noise: number) =>
      believe(
        places.map((place) => ({ score: Math.sin(place) + noise * rng.normal(), trainings: 1 })),
        onLine(places),
      ).noise;
    expect(made(0.5)).toBeGreaterThan(0.35);
    expect(made(0.02)).toBeLessThan(0.25);
  });

  it('stands equal scores and huge ones', () => {
    for (const score of [0, 1, 1e300, -1e300]) {
      const { known, of } = believe(
        [0, 1, 2].map(() => ({ score, trainings: 1 })),
        onLine([0, 1, 2]),
      );
      for (const { mean, deviation } of [...known, of(Float64Array.of(1, 1, 1))]) {
        expect(mean).toBeCloseTo(score, 6);
        expect(Number.isFinite(deviation)).toBe(true);
      }
    }
  });
});

describe('how far genomes lie apart', () => {
  const distances = new GenomeDistances();
  const dense = (units: number, activation = 'tanh') => ({ kind: 'classical/dense' as const, units, activation });
  const circuit = { kind: 'quantum-statevector/circuit' as const, qubits: 4 };
  const between = (first: readonly (typeof circuit | ReturnType<typeof dense>)[], second: typeof first): number => {
    const [a, b] = [distances.word({ layers: first }), distances.word({ layers: second })];
    expect(distances.between(b, a)).toBe(distances.between(a, b));
    return distances.between(a, b);
  };

  it('is 0 for equal ones, 1 for a layer more and for another kind', () => {
    expect(between([dense(8), dense(4)], [dense(8), dense(4)])).toBe(0);
    expect(between([dense(8), dense(4)], [dense(8), dense(63), dense(4)])).toBe(1);
    expect(between([dense(8), dense(4)], [dense(8), circuit])).toBe(1);
    expect(between([], [dense(8), circuit])).toBe(2);
  });

  it('counts widths by their ratio and words by half', () => {
    expect(between([dense(7)], [dense(15)])).toBeCloseTo(1 / 3, 12);
    expect(between([dense(7)], [dense(7, 'relu')])).toBe(0.5);
    expect(between([dense(1)], [dense(63)])).toBe(1);
    expect(between([dense(7), dense(15, 'relu')], [dense(15), dense(15)])).toBeCloseTo(5 / 6, 12);
  });
});
