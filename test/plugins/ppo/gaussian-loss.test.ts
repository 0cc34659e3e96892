import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../compiler/compile.js';
import { Graph } from '../../../compiler/graph.js';
import { createRng, type Rng } from '../../../core/random.js';
import { gaussianLoss } from '../../../plugins/ppo/gaussian-loss.js';
import { lossStatistics } from '../../../plugins/ppo/policy-loss.js';

const settings = { clipRange: 0.2, entropyCoefficient: 0.05, valueCoefficient: 0.7 };

interface Sample {
  /** Means, then logarithms of standard deviations. */
  readonly output: readonly number[];
  readonly action: readonly number[];
  readonly oldLogProbability: number;
  readonly advantage: number;
  readonly value: number;
  readonly return: number;
}

function logDensity({ output, action }: Sample): number {
  const size = action.length;
  return action.reduce((sum, a, j) => {
    const deviation = Math.exp(output[size + j]!);
    const density = Math.exp(-((a - output[j]!) ** 2) / (2 * deviation ** 2)) / (deviation * Math.sqrt(2 * Math.PI));
    return sum + Math.log(density);
  }, 0);
}

/** Differential entropy: log(s sqrt(2 pi e)) per number. */
function entropyOf({ output, action }: Sample): number {
  return action.reduce((sum, _, j) => sum + output[action.length + j]! + Math.log(Math.sqrt(2 * Math.PI * Math.E)), 0);
}

function ratioOf(sample: Sample): number {
  return Math.exp(logDensity(sample) - sample.oldLogProbability);
}

function policyLossOf(sample: Sample): number {
  const ratio = ratioOf(sample);
  const clipped = Math.max(1 - settings.clipRange, Math.min(1 + settings.clipRange, ratio));
  return -Math.min(ratio * sample.advantage, clipped * sample.advantage);
}

function lossOf(sample: Sample): number {
  const valueLoss = (sample.value - sample.return) ** 2;
  return policyLossOf(sample) - settings.entropyCoefficient * entropyOf(sample) + settings.valueCoefficient * valueLoss;
}

function randomSample(rng: Rng, size: number): Sample {
  const numbers = (count: number, scale: number): number[] =>
    Array.from({ length: count }, () => Math.fround(scale * rng.normal()));
  const output = numbers(2 * size, 0.5);
  const action = output.slice(0, size).map((mean, j) => Math.fround(mean + Math.exp(output[size + j]!) * rng.normal()));
  const [noise, advantage, value, target] = numbers(4, 1) as [number, number, number, number];
  const sample = { output, action, oldLogProbability: 0, advantage, value, return: target };
  return { ...sample, oldLogProbability: Math.fround(logDensity(sample) + 0.2 * noise) };
}

describe.each(['wasm', 'javascript'] as const)('gaussianLoss on %s', (backend) => {
  it.each([1, 2, 4])('has the gradients and sums of the formula: %i numbers', (size) => {
    const rng = createRng(size);
    const samples = Array.from({ length: 27 }, () => randomSample(rng, size));
    const graph = new Graph();
    const input = graph.input(2 * size + 1);
    const outputs = { policy: graph.scale(graph.slice(input, 0, 2 * size), 1), value: graph.slice(input, 2 * size, 1) };
    const heads = [gaussianLoss(size, 'none')];
    const program = compile(graph, { outputs, heads, capacity: 32, backend, inputGradients: true });
    const head = program.heads['ppo']!;
    const rows = program.inputs[0]!;
    for (const buffer of Object.values(head.rows)) buffer.data.fill(0.5);
    head.rows['weight']!.data.fill(0);
    samples.forEach((sample, column) => {
      [...sample.output, sample.value].forEach((x, row) => (rows.data[row * rows.stride + column] = x));
      const { action, oldLogProbability, advantage, return: target, weight } = head.rows;
      sample.action.forEach((x, row) => (action!.data[row * action!.stride + column] = x));
      oldLogProbability!.data[column] = sample.oldLogProbability;
      advantage!.data[column] = sample.advantage;
      target!.data[column] = sample.return;
      weight!.data[column] = 1;
    });
    const scale = 1 / samples.length;
    program.forward(samples.length);
    const { clipRange, entropyCoefficient, valueCoefficient } = settings;
    head.run(samples.length, clipRange, scale, entropyCoefficient * scale, 2 * valueCoefficient * scale);

    const policy = program.outputGradients['policy']!;
    samples.forEach((sample, column) => {
      sample.output.forEach((x, row) => {
        const at = (by: number): number => lossOf({ ...sample, output: sample.output.with(row, x + by) });
        const expected = (at(1e-6) - at(-1e-6)) / 2e-6 / samples.length;
        expect(policy.data[row * policy.stride + column]).toBeCloseTo(expected, 6);
      });
      const expected = (2 * valueCoefficient * (sample.value - sample.return)) / samples.length;
      expect(program.outputGradients['value']!.data[column]).toBeCloseTo(expected, 6);
    });
    for (let row = 0; row < 2 * size; row++) {
      for (let column = samples.length; column < 32; column++) {
        expect(policy.data[row * policy.stride + column]).toBe(0);
      }
    }

    const sums = new Float64Array(lossStatistics.length);
    head.readStatistics(sums);
    const total = (of: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0);
    const expected = [
      total(policyLossOf),
      total(({ value, return: target }) => (value - target) ** 2),
      total(entropyOf),
      total((sample) => ratioOf(sample) - 1 - Math.log(ratioOf(sample))),
      total((sample) => (Math.abs(ratioOf(sample) - 1) > settings.clipRange ? 1 : 0)),
    ];
    expected.forEach((value, i) => expect(sums[i]).toBeCloseTo(value, 3));
  });
});
