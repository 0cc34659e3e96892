import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { objectiveNote } from '../../../core/experiment/report/report-notes.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { parseDna } from '../../../core/genome/dna.js';
import type { Evaluation } from '../../../core/training/evaluator.js';
import { scoreMetrics } from '../../../core/training/metrics.js';
import { createConfiguredEvaluator } from '../../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { sampleMeasured } from '../../contracts/metric.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const configOf = (under: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  resolveConfig(
    parseConfigValues(
      {
        preset: 'corrected',
        trainer: { totalSteps: 512 },
        evaluation: {
          scores: [
            { policy: 'stochastic', episodes: 2 },
            { policy: 'greedy', episodes: 6 },
            { policy: 'greedy', episodes: 4, under },
          ],
          ...more,
        },
      },
      'test',
    ),
    registries,
  );

type Success = Extract<Evaluation, { ok: true }>;

async function evaluated(dna: string, under: unknown): Promise<Success> {
  const evaluator = createConfiguredEvaluator(configOf(under), registries, { now: () => '', seconds: () => 0 });
  const evaluation = await evaluator.evaluate({ index: 1, attempt: 0, genome: parseDna(dna, registries.layers) });
  if (!evaluation.ok) throw new Error(evaluation.reason.message);
  return evaluation;
}

describe('quantum/noise in a config', () => {
  it('scores the trained weights on the episodes of the plain score, and changes nothing else', async () => {
    const noisy = { use: 'quantum/noise', strength: 0.2, readoutError: 0.1, shots: 20 };
    const { scores, metrics, parametersHash, score } = await evaluated('C 2 T Q 2 L 2', noisy);
    const [stochastic, plain, conditioned] = scores;
    expect(conditioned!.under).toEqual({ ...noisy, channel: 'DepolarizingChannel', trajectories: 100 });
    expect(conditioned!.seeds).toEqual(plain!.seeds.slice(0, 4));
    expect(conditioned!.returns).not.toEqual(plain!.returns.slice(0, 4));
    expect(metrics['score/conditioned-mean']).toBe(conditioned!.mean);
    expect(metrics['score/conditioned-loss']).toBe(plain!.mean - conditioned!.mean);
    expect([score, metrics['score/greedy-mean']]).toEqual([plain!.mean, plain!.mean]);
    const silent = await evaluated('C 2 T Q 2 L 2', 'quantum/noise');
    expect(silent.parametersHash).toBe(parametersHash);
    expect(silent.scores.slice(0, 2)).toEqual([stochastic, plain]);
    expect(silent.scores[2]!.returns).toEqual(plain!.returns.slice(0, 4));
  });

  it('draws the same shots for the same training', async () => {
    const under = { use: 'quantum/noise', shots: 3 };
    expect(await evaluated('C 2 T Q 2 L 2', under)).toEqual(await evaluated('C 2 T Q 2 L 2', under));
  });

  it('means nothing to a classical network', async () => {
    const { scores } = await evaluated('C 4 T C 2 R C 1', { use: 'quantum/noise', strength: 0.5 });
    expect(scores[2]!.returns).toEqual(scores[1]!.returns.slice(0, 4));
  });

  it('concerns every circuit: of other choices, of more than 6 qubits, of layers of other plugins', async () => {
    const noise = { use: 'quantum/noise', strength: 0.3, trajectories: 2 };
    const layers = [
      'C 7 T Q 7 L 1 C 1',
      'C 2 T [quantum-statevector/circuit {"qubits":2,"ansatz":"strong","repetitions":1,"measurement":"full","reuploading":true}] C 1',
    ];
    for (const dna of layers) {
      const { scores } = await evaluated(dna, { ...noise, channel: 'AmplitudeDamping' });
      const { scores: again } = await evaluated(dna, { ...noise, channel: 'AmplitudeDamping' });
      expect(scores).toHaveLength(3);
      expect(again).toEqual(scores);
    }
  });

  it('is an objective only where it is scored, and its options are checked', () => {
    expect(configOf('quantum/noise', { objective: 'score/conditioned-mean' }).evaluation.scores[2]!.under).toEqual({
      use: 'quantum/noise',
      channel: 'DepolarizingChannel',
      strength: 0,
      readoutError: 0,
      shots: 0,
      trajectories: 100,
    });
    const alone = { scores: [{ policy: 'greedy', episodes: 2 }], objective: 'score/conditioned-mean' };
    expect(() => configOf(undefined, alone)).toThrow(/needs a score under other conditions/);
    const noPlain = { scores: [{ policy: 'greedy', episodes: 2, under: 'quantum/noise' }] };
    expect(() => configOf(undefined, noPlain)).toThrow(/needs a greedy score/);
    expect(() => configOf({ use: 'quantum/noise', strength: 2 })).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ where: 'evaluation.scores.2.under.strength (test)' }),
      }),
    );
    expect(() => configOf('quantum/nois')).toThrow(/quantum\/noise/);
  });

  it('stands in the note about how scores were made', () => {
    const config = configOf({ use: 'quantum/noise', shots: 7 });
    // Only config and seed are read of a header.
    const state = { header: { config, seed: 1 }, objectives: [{ id: 'score/greedy-mean' }] } as unknown;
    expect(objectiveNote(state as Parameters<typeof objectiveNote>[0])).toMatch(
      /4 greedy \(under quantum\/noise, .*shots 7.*\) episodes/,
    );
  });
});

it('metrics of the plain score pass over conditioned ones, and the other way round', () => {
  const [plain, stochastic, conditioned] = sampleMeasured.scores;
  const of = (scores: typeof sampleMeasured.scores): Readonly<Record<string, number | undefined>> =>
    Object.fromEntries(scoreMetrics.map((metric) => [metric.id, metric.of({ ...sampleMeasured, scores })]));
  const swapped = of([conditioned!, stochastic!, plain!]);
  expect(swapped['score/greedy-mean']).toBe(plain!.mean);
  expect(swapped['score/conditioned-mean']).toBe(conditioned!.mean);
  expect(of([plain!])['score/conditioned-mean']).toBeUndefined();
  expect(of([conditioned!])['score/conditioned-loss']).toBeUndefined();
});
