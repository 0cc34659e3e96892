import { describe, expect, it } from '@jest/globals';
import type { Model } from '../../../core/model/model.js';
import { exponential, logarithm } from '../../../core/math.js';
import { logSoftmax } from '../../../core/training/categorical-sampling.js';
import { gaussianLogDensity } from '../../../core/training/gaussian-sampling.js';
import { score } from '../../../core/training/score.js';
import type { StateSample } from '../../../core/training/state-sample.js';
import { writeObservations } from '../../../plugins/measures/likelihood.js';
import { genomeOf, surroundings } from './untrained.js';

const linear = genomeOf('C 1');
const tanh = genomeOf('C 8 T C 1');

const column = (states: StateSample, i: number): number[] =>
  Array.from({ length: states.observations.rows }, (_, row) => states.observations.data[row * states.count + i]!);

/** -1/N sum log pi(a|s), by a forward pass. */
function imitationLoss(model: Model, states: StateSample): number {
  const { program, actionSpace } = model;
  writeObservations(states, 0, states.count, program.inputs[0]!);
  program.parametersChanged();
  program.forward(states.count);
  const policy = program.outputs['policy']!;
  const logProbabilities = new Float64Array(policy.rows);
  let sum = 0;
  for (let i = 0; i < states.count; i++) {
    if (actionSpace.kind === 'discrete') {
      logSoftmax(policy, i, logProbabilities);
      sum += logProbabilities[states.actions.data[i]! - actionSpace.start]!;
    } else {
      const action = Float32Array.from(
        { length: states.actions.rows },
        (_, row) => states.actions.data[row * states.count + i]!,
      );
      sum += gaussianLogDensity(policy, i, action, 0);
    }
  }
  return -sum / states.count;
}

/** Central differences over the weights of the policy. */
function differences(model: Model, loss: () => number): number[] {
  const { parameters } = model.program;
  const step = 2 ** -6;
  return Array.from({ length: model.counts.policyParameters }, (_, k) => {
    const value = parameters[k]!;
    parameters[k] = value + step;
    const above = loss();
    parameters[k] = value - step;
    const below = loss();
    parameters[k] = value;
    return (above - below) / (2 * step);
  });
}

const lengthOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('measures/gradient-norm', () => {
  it.each([
    ['cartpole/v1', 'C 1'],
    ['cartpole/v1', 'C 8 T C 1'],
    ['pendulum/v1', 'C 8 T C 1'],
  ])('is the length of central differences: %s, %s', (environment, dna) => {
    const id = 'measures/gradient-norm';
    const { measuring, model, states, streamOf } = surroundings(environment, { [id]: { draws: 2 } });
    const lengths = [0, 1].map((i) => {
      const drawn = model(genomeOf(dna), streamOf(id).fork('draw', i));
      return lengthOf(differences(drawn, () => imitationLoss(drawn, states)));
    });
    expect(measuring.of(id, genomeOf(dna))).toBeCloseTo((lengths[0]! + lengths[1]!) / 2, 3);
  });
});

describe('measures/gradient-variance', () => {
  it('is the variance of central differences over start values', () => {
    const id = 'measures/gradient-variance';
    const { measuring, model, states, streamOf } = surroundings('cartpole/v1', { [id]: { draws: 3 } });
    const rows = [0, 1, 2].map((i) => {
      const drawn = model(tanh, streamOf(id).fork('draw', i));
      return differences(drawn, () => imitationLoss(drawn, states));
    });
    const variances = rows[0]!.map((_, k) => {
      const values = rows.map((row) => row[k]!);
      const mean = values.reduce((a, b) => a + b, 0) / 3;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    });
    const expected = variances.reduce((a, b) => a + b, 0) / variances.length;
    expect(expected).toBeGreaterThan(1e-5);
    expect(measuring.of(id, tanh)! / expected).toBeCloseTo(1, 2);
  });
});

describe('measures/ntk-condition', () => {
  it('of a linear policy is that of x_i . x_j + 1', () => {
    const id = 'measures/ntk-condition';
    const { measuring, states } = surroundings('cartpole/v1', { [id]: { states: 2, draws: 1 } });
    const [a, b] = [column(states, 0), column(states, 1)];
    const dot = (x: number[], y: number[]): number => x.reduce((sum, value, k) => sum + value * y[k]!, 1);
    const [p, q, r] = [dot(a, a), dot(a, b), dot(b, b)];
    const root = Math.sqrt((p - r) ** 2 / 4 + q * q);
    expect(measuring.of(id, linear)).toBeCloseTo(Math.log(((p + r) / 2 + root) / ((p + r) / 2 - root)), 4);
  });

  it('is at most ln 1e6, where a kernel has no full rank', () => {
    const id = 'measures/ntk-condition';
    const { measuring } = surroundings('cartpole/v1', { [id]: { states: 16, draws: 1 } });
    expect(measuring.of(id, linear)).toBeCloseTo(Math.log(1e6), 10);
    expect(measuring.of(id, genomeOf('C 64 T C 1'))!).toBeLessThan(Math.log(1e6) + 1e-9);
  });
});

describe('measures/jacobian-covariance', () => {
  it('of a linear policy is that of equal rows: one eigenvalue n, the others 0', () => {
    const id = 'measures/jacobian-covariance';
    const { measuring } = surroundings('cartpole/v1', { [id]: { states: 5, draws: 2 } });
    const k = 1e-5;
    const part = (v: number): number => -(Math.log(v + k) + 1 / (v + k));
    expect(measuring.of(id, linear)! / (part(5) + 4 * part(0))).toBeCloseTo(1, 5);
    // Curved policies react differently.
    expect(measuring.of(id, tanh)!).toBeGreaterThan(measuring.of(id, linear)! + 1000);
  });

  it('of two states is a function of the correlation of their Jacobians by central differences', () => {
    const id = 'measures/jacobian-covariance';
    const { measuring, model, states, streamOf } = surroundings('cartpole/v1', { [id]: { states: 2, draws: 1 } });
    const { program } = model(tanh, streamOf(id).fork('draw', 0));
    const step = 2 ** -6;
    const jacobian = (i: number): number[] =>
      [0, 1].flatMap((output) =>
        column(states, i).map((_, row) => {
          const at = (offset: number): number => {
            column(states, i).forEach((value, k) => {
              program.inputs[0]!.data[k * program.inputs[0]!.stride] = value + (k === row ? offset : 0);
            });
            program.forward(1);
            return program.outputs['policy']!.data[output * program.outputs['policy']!.stride]!;
          };
          return (at(step) - at(-step)) / (2 * step);
        }),
      );
    const centred = [jacobian(0), jacobian(1)].map((row) => {
      const mean = row.reduce((a, b) => a + b, 0) / row.length;
      return row.map((value) => value - mean);
    });
    const product = centred[0]!.reduce((sum, value, k) => sum + value * centred[1]![k]!, 0);
    const correlation = product / (lengthOf(centred[0]!) * lengthOf(centred[1]!));
    const part = (v: number): number => -(Math.log(v + 1e-5) + 1 / (v + 1e-5));
    const expected = part(1 + correlation) + part(1 - correlation);
    expect(measuring.of(id, tanh)! / expected).toBeCloseTo(1, 1);
  });
});

describe('measures/policy-entropy', () => {
  it('is between nothing and that of chance, and all of chance for equal logits', () => {
    const id = 'measures/policy-entropy';
    const { measuring, model, states, streamOf } = surroundings('cartpole/v1', { [id]: { draws: 1 } });
    const { program } = model(tanh, streamOf(id).fork('draw', 0));
    writeObservations(states, 0, states.count, program.inputs[0]!);
    program.forward(states.count);
    const { data, stride } = program.outputs['policy']!;
    let entropy = 0;
    for (let i = 0; i < states.count; i++) {
      const p = 1 / (1 + exponential(data[stride + i]! - data[i]!));
      entropy -= (p * logarithm(p) + (1 - p) * logarithm(1 - p)) / states.count;
    }
    expect(measuring.of(id, tanh)).toBeCloseTo(entropy, 6);
    expect(measuring.of(id, tanh)!).toBeLessThanOrEqual(Math.log(2) + 1e-9);
  });

  it('of a continuous policy is that of its normal distribution: deviations start at 1', () => {
    const { measuring } = surroundings('pendulum/v1');
    expect(measuring.of('measures/policy-entropy', tanh)).toBeCloseTo(0.5 * Math.log(2 * Math.PI * Math.E), 6);
  });
});

describe('measures/one-update-gain', () => {
  it('is what training and playing by hand come to', () => {
    const id = 'measures/one-update-gain';
    const { measuring, model, family, train, streamOf } = surroundings('cartpole/v1', {
      [id]: { episodes: 5, draws: 1 },
    });
    const stream = streamOf(id).fork('draw', 0);
    const seeds = Array.from({ length: 5 }, () => 2 ** 31 + stream.int(2 ** 31));
    const play = (trained: boolean): number => {
      const drawn = model(tanh, stream.fork('initialise'));
      if (trained) train(drawn, family(), stream.fork('train'));
      return score(drawn, family().forScoring, { policy: 'stochastic', seeds, rng: stream.fork('play') }).mean;
    };
    expect(measuring.of(id, tanh)).toBe(play(true) - play(false));
  });
});
