import { describe, expect, it } from '@jest/globals';
import type { Head } from '../../../compiler/program.js';
import { createRng } from '../../../core/random.js';
import { createRows } from '../../../core/rows.js';
import { box, discrete } from '../../../core/environment/space.js';
import { Minibatches } from '../../../plugins/ppo/minibatches.js';
import { Optimiser } from '../../../plugins/ppo/optimiser.js';
import { createRolloutBuffer } from '../../../plugins/ppo/rollout-buffer.js';
import { scheduled } from '../../../plugins/ppo/schedule.js';
import { TrainingRecord } from '../../../plugins/ppo/training-record.js';
import { network, optionsOf } from './network.js';

describe('scheduled', () => {
  it('falls linearly to 0 and stays there', () => {
    expect([0, 0.25, 1, 1.02].map((progress) => scheduled(0.4, 'linear', progress))).toEqual(
      [0.4, 0.3, 0, 0].map((x) => expect.closeTo(x, 12)),
    );
    expect(scheduled(0.4, 'constant', 0.9)).toBe(0.4);
  });
});

describe('Minibatches', () => {
  function dealt(size: number) {
    const buffer = createRolloutBuffer(1, size, 2);
    for (let i = 0; i < size; i++) {
      buffer.observations.set([i, -i], 2 * i);
      buffer.actions[i] = i;
      buffer.advantages[i] = i * i;
      buffer.returns[i] = i + 0.5;
      buffer.logProbabilities[i] = -i;
    }
    const names = ['action', 'oldLogProbability', 'advantage', 'return', 'weight'];
    const rows = Object.fromEntries(names.map((name) => [name, createRows(1, 16)]));
    const head: Head = { rows, run: () => undefined, readStatistics: () => undefined };
    const input = createRows(2, 16);
    return { rows, input, minibatches: new Minibatches(buffer, input, head, createRng(1)) };
  }

  it('deals every sample once per epoch, in a fresh order, with all that belongs to it', () => {
    const { rows, input, minibatches } = dealt(13);
    const epoch = (): number[] => {
      minibatches.shuffle();
      const seen: number[] = [];
      for (const [start, end] of [
        [0, 5],
        [5, 10],
        [10, 13],
      ] as const) {
        minibatches.gather(start, end);
        for (let column = 0; column < end - start; column++) {
          const sample = rows['action']!.data[column]!;
          seen.push(sample);
          expect([input.data[column], input.data[16 + column]]).toEqual([sample, -sample]);
          expect(rows['oldLogProbability']!.data[column]).toBe(-sample);
          expect(rows['return']!.data[column]).toBe(sample + 0.5);
          expect(rows['advantage']!.data[column]).toBe(sample * sample);
        }
        expect([...rows['weight']!.data.subarray(0, 8)]).toEqual(
          Array.from({ length: 8 }, (_, i) => (i < end - start ? 1 : 0)),
        );
      }
      return seen;
    };
    const [first, second] = [epoch(), epoch()];
    const all = Array.from({ length: 13 }, (_, i) => i);
    expect(first.toSorted((a, b) => a - b)).toEqual(all);
    expect(second.toSorted((a, b) => a - b)).toEqual(all);
    expect(second).not.toEqual(first);
  });

  it('normalises the advantages of a minibatch with n - 1', () => {
    const { rows, minibatches } = dealt(4);
    minibatches.normalise(0, 4);
    minibatches.gather(0, 4);
    // Of 0, 1, 4, 9: mean 3.5, deviation sqrt(49 / 3).
    const expected = [0, 1, 4, 9].map((value) => (value - 3.5) / Math.sqrt(49 / 3));
    [...rows['advantage']!.data.subarray(0, 4)].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    minibatches.normalise(1, 2);
    minibatches.gather(1, 2);
    expect(rows['advantage']!.data[0]).toBe(1);
  });
});

describe('Optimiser', () => {
  it('takes the textbook steps of Adam along the clipped gradient', () => {
    const options = optionsOf({ maxGradientNorm: 0.5, adamEpsilon: 1e-5 });
    const { program } = network([{ units: 3 }], box([0], [1]), discrete(2), options, 1);
    const optimiser = new Optimiser(program, options);
    const count = program.parameterCount;
    const rng = createRng(5);
    const expected = Float64Array.from(program.parameters);
    const [m, v] = [new Float64Array(count), new Float64Array(count)];
    for (let step = 1; step <= 5; step++) {
      const gradient = Float64Array.from({ length: count }, () => Math.fround(rng.normal()));
      program.gradients.set(gradient);
      const norm = Math.hypot(...gradient);
      const scale = Math.min(1, 0.5 / (norm + 1e-6));
      for (let i = 0; i < count; i++) {
        const g = gradient[i]! * scale;
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        const mean = m[i]! / (1 - 0.9 ** step);
        const square = v[i]! / (1 - 0.999 ** step);
        expected[i]! -= (0.01 * mean) / (Math.sqrt(square) + 1e-5);
      }
      optimiser.step(0.01);
      program.parameters.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    }
    expect(program.gradients.every((value) => value === 0)).toBe(true);
  });
});

describe('TrainingRecord', () => {
  it('averages the returns of the last hundred episodes', () => {
    const record = new TrainingRecord(2);
    expect(record.point(1, {}).meanReturn).toBeUndefined();
    for (let episode = 0; episode < 150; episode++) {
      record.reward(0, episode, false);
      record.reward(1, 1000, false);
      record.reward(0, 1, true);
    }
    expect(record.episodes).toBe(150);
    // Episodes 50 .. 149 returned their number plus 1.
    expect(record.point(2, {}).meanReturn).toBe((50 + 149) / 2 + 1);
  });

  it('keeps a curve of bounded length that ends with the last point', () => {
    const record = new TrainingRecord(1);
    for (let step = 1; step <= 1001; step++) record.point(step, {});
    const steps = record.curve.map((point) => point.steps);
    expect(steps.length).toBeLessThanOrEqual(257);
    expect(steps.length).toBeGreaterThan(100);
    expect(steps.at(-1)).toBe(1001);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });
});
