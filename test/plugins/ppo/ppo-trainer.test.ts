import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import { box, discrete } from '../../../core/environment/space.js';
import { score } from '../../../core/training/score.js';
import type { CurvePoint, Trained } from '../../../core/training/trainer.js';
import type { Model } from '../../../core/model/model.js';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { makeEnvironment } from '../../../core/environment/make-environment.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { ppo } from '../../../plugins/ppo/index.js';
import { network, optionsOf, type Hidden } from './network.js';
import { endless, follow, identity, maker } from './tasks.js';

function trainOn(
  kind: EnvironmentKind,
  given: Readonly<Record<string, unknown>>,
  seed = 3,
  hidden: readonly Hidden[] = [{ units: 32 }],
): { model: Model; trained: Trained } {
  const options = optionsOf(given);
  const { observationSpace, actionSpace } = makeEnvironment(kind);
  const model = network(hidden, observationSpace, actionSpace, options, seed);
  return { model, trained: ppo.train(options, model, maker(kind), { rng: createRng(seed) }) };
}

const short = { totalSteps: 2048, environments: 4, stepsPerRollout: 64, minibatchSize: 100, epochs: 3 };

describe('ppo/clip', () => {
  it('has a ratio of 1 throughout the first minibatch', () => {
    const { trained } = trainOn(cartPole, { totalSteps: 256, stepsPerRollout: 256, minibatchSize: 256, epochs: 1 });
    const { approximateKl, clipFraction, policyLoss } = trained.curve[0]!.figures;
    expect(Math.abs(approximateKl!)).toBeLessThan(1e-7);
    expect(clipFraction).toBe(0);
    // Normalised advantages have mean 0.
    expect(Math.abs(policyLoss!)).toBeLessThan(1e-5);
  });

  it('gives equal seeds equal parameters, other seeds others', () => {
    const parameters = (seed: number): Float32Array => trainOn(cartPole, short, seed).model.program.parameters.slice();
    expect(parameters(1)).toEqual(parameters(1));
    expect(parameters(2)).not.toEqual(parameters(1));
  });

  it('gives the same parameters on the JavaScript backend', () => {
    const options = optionsOf({ ...short, totalSteps: 256 });
    const { observationSpace, actionSpace } = makeEnvironment(cartPole);
    const [compiled, twin] = (['wasm', 'javascript'] as const).map((backend) => {
      const model = network([{ units: 5 }], observationSpace, actionSpace, options, 1, backend);
      ppo.train(options, model, maker(cartPole), { rng: createRng(1) });
      return model.program.parameters;
    });
    expect(twin).toEqual(compiled);
  });

  it('finishes its last rollout and reports every iteration', () => {
    const points: CurvePoint[] = [];
    const phases: string[] = [];
    const options = optionsOf({ ...short, totalSteps: 600 });
    const model = network([{ units: 4 }], box([0, 0, 0, 0], [1, 1, 1, 1]), discrete(2), options, 1);
    const context = {
      rng: createRng(1),
      onProgress: (point: CurvePoint) => points.push(point),
      onPhase: (phase: string) => phases.push(phase),
    };
    const trained = ppo.train(options, model, maker(cartPole), context);
    expect(trained.steps).toBe(768);
    expect(points.map(({ steps }) => steps)).toEqual([256, 512, 768]);
    expect(trained.curve).toEqual(points);
    expect(phases).toEqual(['collect', 'update', 'collect', 'update', 'collect', 'update']);
  });

  it.each([
    ['rollout-end', [0.75, 0.5, 0.25, 0]],
    ['rollout-start', [1, 0.75, 0.5, 0.25]],
  ])('counts the steps of a linear schedule at %s', (scheduleAt, expected) => {
    const linear = { learningRateSchedule: 'linear', learningRate: 1e-3, clipRangeSchedule: 'linear', clipRange: 0.2 };
    const { trained } = trainOn(cartPole, { ...short, ...linear, scheduleAt, totalSteps: 1024 });
    expect(trained.curve.map(({ figures }) => figures['learningRate']! / 1e-3)).toEqual(
      expected.map((x) => expect.closeTo(x, 12)),
    );
    expect(trained.curve.map(({ figures }) => figures['clipRange']! / 0.2)).toEqual(
      expected.map((x) => expect.closeTo(x, 12)),
    );
  });

  it('stops an update before the step that would follow too large a move', () => {
    const whole = { totalSteps: 256, stepsPerRollout: 256, minibatchSize: 256, learningRate: 0.01 };
    const parameters = (options: Record<string, number>): Float32Array =>
      trainOn(cartPole, { ...whole, ...options }).model.program.parameters;
    // The ratio is 1 before the first step and not any more after it.
    expect(parameters({ epochs: 20, targetKl: 1e-6 })).toEqual(parameters({ epochs: 1 }));
    expect(parameters({ epochs: 2, targetKl: 1 })).toEqual(parameters({ epochs: 2 }));
  });

  it('leaves nothing of a stopped update to the next one', () => {
    const train = (options: Record<string, number>) =>
      trainOn(cartPole, { totalSteps: 1024, stepsPerRollout: 256, minibatchSize: 256, learningRate: 0.01, ...options });
    const [stopped, stoppedLater, single] = [
      train({ epochs: 2, targetKl: 1e-6 }),
      train({ epochs: 9, targetKl: 1e-6 }),
      train({ epochs: 1 }),
    ];
    expect(stoppedLater.trained.curve).toEqual(stopped.trained.curve);
    // Orders of summation differ, for each epoch deals anew.
    stopped.model.program.parameters.forEach((value, i) =>
      expect(value).toBeCloseTo(single.model.program.parameters[i]!, 3),
    );
  });

  it('fails a candidate whose numbers are not finite', () => {
    const options = optionsOf(short);
    const { observationSpace, actionSpace } = makeEnvironment(cartPole);
    const model = network([{ units: 4 }], observationSpace, actionSpace, options, 1);
    model.program.parameters.fill(NaN);
    model.program.parametersChanged();
    expect(() => ppo.train(options, model, maker(cartPole), { rng: createRng(1) })).toThrow(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'non-finite-loss', stage: 'train' }) }),
    );
  });

  it('stops when told to', () => {
    const options = optionsOf(short);
    const { observationSpace, actionSpace } = makeEnvironment(cartPole);
    const model = network([{ units: 4 }], observationSpace, actionSpace, options, 1);
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error('enough'));
    expect(() =>
      ppo.train(options, model, maker(cartPole), { rng: createRng(1), signal: controller.signal, onProgress }),
    ).toThrow('enough');
  });

  it('refuses what it cannot do', () => {
    expect(() => ppo.request(optionsOf({ minibatchSize: 1 }), discrete(2))).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });

  it.each(Object.entries(ppo.presets))('has a valid preset %s', (_, preset) => {
    expect(ppo.request(optionsOf(preset), discrete(2)).heads).toHaveLength(1);
  });
});

describe('ppo/clip at a time limit', () => {
  const settings = {
    totalSteps: 12_800,
    environments: 4,
    stepsPerRollout: 32,
    minibatchSize: 64,
    epochs: 10,
    gamma: 0.98,
    learningRate: 0.01,
    learningRateSchedule: 'linear',
  };
  /** What the critic thinks of a state that pays 1 for ever. */
  const valueAfter = (truncation: string): number => {
    const { program } = trainOn(endless, { ...settings, truncation }).model;
    program.inputs[0]!.data[0] = 1;
    program.forward(1);
    return program.outputs['value']!.data[0]!;
  };

  it('values an endless task at 1 / (1 - gamma) with the bootstrap', () => {
    expect(Math.abs(valueAfter('bootstrap') - 50)).toBeLessThan(1);
  });
  it('does so too when the limit is ignored, for here the next episode is the same', () => {
    expect(Math.abs(valueAfter('ignore') - 50)).toBeLessThan(1);
  });
  it('sees eight steps when the limit counts as an end', () => {
    expect(valueAfter('terminate')).toBeLessThan(8);
    expect(valueAfter('terminate')).toBeGreaterThan(3);
  });
});

describe('ppo/clip learns', () => {
  it('to name a state', () => {
    const { model } = trainOn(
      identity,
      { totalSteps: 1200, stepsPerRollout: 256, epochs: 4, gamma: 0.4, learningRate: 2e-3 },
      3,
      [{ units: 64 }, { units: 64 }],
    );
    const seeds = Array.from({ length: 20 }, (_, i) => i);
    const { mean } = score(model, maker(identity), { seeds, policy: 'greedy', rng: createRng(1) });
    expect(mean).toBeGreaterThan(90);
  });

  it('to name a number', () => {
    const { model, trained } = trainOn(
      follow,
      { totalSteps: 6144, stepsPerRollout: 256, gamma: 0, learningRate: 3e-3, logDeviation: -1 },
      3,
      [{ units: 32 }],
    );
    const scoreOf = (policy: 'greedy' | 'stochastic'): number =>
      score(model, maker(follow), { seeds: [1, 2, 3, 4], policy, rng: createRng(1) }).mean;
    const greedy = scoreOf('greedy');
    // 100 steps, each paid with a squared distance; actions of 0 would get -16.
    expect(greedy).toBeGreaterThan(-100 * 0.02);
    expect(scoreOf('stochastic')).toBeLessThan(greedy);
    // The policy becomes surer of itself.
    expect(trained.curve.at(-1)!.figures['entropy']).toBeLessThan(trained.curve[0]!.figures['entropy']! - 1);
  });

  it('with a shared trunk', () => {
    const { model } = trainOn(identity, {
      totalSteps: 2048,
      stepsPerRollout: 256,
      gamma: 0.4,
      learningRate: 2e-3,
      network: 'shared',
    });
    const { mean } = score(model, maker(identity), { seeds: [1, 2], policy: 'greedy', rng: createRng(1) });
    expect(mean).toBeGreaterThan(90);
  });
});
