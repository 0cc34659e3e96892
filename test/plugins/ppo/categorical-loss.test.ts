import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../compiler/compile.js';
import { Graph } from '../../../compiler/graph.js';
import type { Program } from '../../../compiler/program.js';
import { createRng, type Rng } from '../../../core/random.js';
import { categoricalLoss } from '../../../plugins/ppo/categorical-loss.js';
import { lossStatistics } from '../../../plugins/ppo/policy-loss.js';
import {
  entropyOf,
  logProbabilities,
  lossOf,
  policyLossOf,
  valueLossOf,
  type LossSample,
  type LossSettings,
} from './loss-reference.js';

const CAPACITY = 32;

/** A program whose outputs are its inputs: logits first, then the value. */
function lossProgram(actions: number, valueClip: LossSettings['valueClip'], backend: 'wasm' | 'javascript'): Program {
  const graph = new Graph();
  const input = graph.input(actions + 1);
  const select = (rows: number, first: number) =>
    graph.affine(
      input,
      graph.parameter([rows, actions + 2], (values) => {
        for (let row = 0; row < rows; row++) values[row * (actions + 2) + first + row] = 1;
      }),
    );
  const program = compile(graph, {
    outputs: { policy: select(actions, 0), value: select(1, actions) },
    heads: [categoricalLoss(actions, valueClip)],
    capacity: CAPACITY,
    backend,
  });
  program.initialize(createRng(0));
  return program;
}

function randomSample(rng: Rng, actions: number): LossSample {
  const logits = Array.from({ length: actions }, () => Math.fround(2 * rng.normal()));
  const action = rng.int(actions);
  return {
    logits,
    action,
    value: Math.fround(rng.normal()),
    oldLogProbability: Math.fround(logProbabilities(logits)[action]! + 0.3 * rng.normal()),
    advantage: Math.fround(rng.normal()),
    return: Math.fround(rng.normal()),
    oldValue: Math.fround(0.3 * rng.normal()),
  };
}

function run(program: Program, samples: readonly LossSample[], settings: LossSettings) {
  const actions = samples[0]!.logits.length;
  const { rows } = program.heads['ppo']!;
  const input = program.inputs[0]!;
  for (const buffer of Object.values(rows)) buffer.data.fill(0.5);
  rows['weight']!.data.fill(0);
  samples.forEach((sample, column) => {
    sample.logits.forEach((logit, row) => (input.data[row * input.stride + column] = logit));
    input.data[actions * input.stride + column] = sample.value;
    rows['action']!.data[column] = sample.action;
    rows['oldLogProbability']!.data[column] = sample.oldLogProbability;
    rows['advantage']!.data[column] = sample.advantage;
    rows['return']!.data[column] = sample.return;
    rows['weight']!.data[column] = 1;
    if (rows['oldValue'] !== undefined) rows['oldValue'].data[column] = sample.oldValue;
  });
  const scale = 1 / samples.length;
  const { clipRange, entropyCoefficient, valueCoefficient, valueClip } = settings;
  program.forward(samples.length);
  program.heads['ppo']!.run(
    samples.length,
    clipRange,
    scale,
    entropyCoefficient * scale,
    (valueClip === 'cleanrl' ? 1 : 2) * valueCoefficient * scale,
  );
  const sums = new Float64Array(lossStatistics.length);
  program.heads['ppo']!.readStatistics(sums);
  return { sums, policy: program.outputGradients['policy']!, value: program.outputGradients['value']! };
}

/** Central difference of the mean loss over one number of one sample. */
function difference(
  samples: readonly LossSample[],
  settings: LossSettings,
  change: (by: number) => LossSample,
): number {
  const step = 1e-6;
  return (lossOf(change(step), settings) - lossOf(change(-step), settings)) / (2 * step) / samples.length;
}

describe.each(['wasm', 'javascript'] as const)('categoricalLoss on %s', (backend) => {
  const cases = [2, 3, 5].flatMap((actions) =>
    (['none', 'sb3', 'cleanrl'] as const).map((valueClip) => ({ actions, valueClip })),
  );

  it.each(cases)(
    'has the gradients and sums of the formula: $actions actions, value clipping $valueClip',
    ({ actions, valueClip }) => {
      const settings = { clipRange: 0.2, entropyCoefficient: 0.05, valueCoefficient: 0.7, valueClip };
      const rng = createRng(actions);
      const samples = Array.from({ length: 27 }, () => randomSample(rng, actions));
      const { sums, policy, value } = run(lossProgram(actions, valueClip, backend), samples, settings);

      samples.forEach((sample, column) => {
        sample.logits.forEach((logit, row) => {
          const expected = difference(samples, settings, (by) => ({
            ...sample,
            logits: sample.logits.with(row, logit + by),
          }));
          expect(policy.data[row * policy.stride + column]).toBeCloseTo(expected, 6);
        });
        const expected = difference(samples, settings, (by) => ({ ...sample, value: sample.value + by }));
        expect(value.data[column]).toBeCloseTo(expected, 6);
      });
      for (let column = samples.length; column < CAPACITY; column++) {
        expect(value.data[column]).toBe(0);
        for (let row = 0; row < actions; row++) expect(policy.data[row * policy.stride + column]).toBe(0);
      }

      const total = (of: (sample: LossSample) => number): number =>
        samples.reduce((sum, sample) => sum + of(sample), 0);
      const ratio = ({ logits, action, oldLogProbability }: LossSample): number =>
        Math.exp(logProbabilities(logits)[action]! - oldLogProbability);
      expect(sums[0]).toBeCloseTo(
        total((sample) => policyLossOf(sample, settings)),
        4,
      );
      expect(sums[1]).toBeCloseTo(
        total((sample) => valueLossOf(sample, settings)),
        4,
      );
      expect(sums[2]).toBeCloseTo(
        total(({ logits }) => entropyOf(logits)),
        4,
      );
      expect(sums[3]).toBeCloseTo(
        total((sample) => ratio(sample) - 1 - Math.log(ratio(sample))),
        4,
      );
      expect(sums[4]).toBe(total((sample) => (Math.abs(ratio(sample) - 1) > 0.2 ? 1 : 0)));
    },
  );

  it('keeps the small probability of a confident policy', () => {
    const settings = { clipRange: 0.2, entropyCoefficient: 0, valueCoefficient: 0, valueClip: 'none' } as const;
    const logits = [0, 30];
    const oldLogProbability = Math.fround(logProbabilities(logits)[1]!);
    const sample = { logits, action: 1, value: 0, oldLogProbability, advantage: 1, return: 0, oldValue: 0 };
    const { policy } = run(lossProgram(2, 'none', backend), [sample], settings);
    const small = Math.exp(-30) / (1 + Math.exp(-30));
    expect(policy.data[0]! / small).toBeCloseTo(1, 5);
    expect(policy.data[policy.stride]!).toBeCloseTo(0, 6);
  });

  it('shows a NaN in its sums', () => {
    const settings = { clipRange: 0.2, entropyCoefficient: 0, valueCoefficient: 0.5, valueClip: 'none' } as const;
    const sample = { ...randomSample(createRng(1), 2), logits: [NaN, 0] };
    expect(run(lossProgram(2, 'none', backend), [sample], settings).sums[0]).toBeNaN();
  });
});
