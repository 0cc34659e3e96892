import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { HqnasError } from '../../../core/errors.js';
import { parseDna } from '../../../core/genome/dna.js';
import { createMemoryArtifacts, readWeights, type ArtifactStore } from '../../../core/training/artifact-store.js';
import type { Candidate, Evaluation } from '../../../core/training/evaluator.js';
import { createConfiguredEvaluator } from '../../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const config = resolveConfig(
  parseConfigValues(
    {
      preset: 'corrected',
      trainer: { totalSteps: 1024 },
      evaluation: {
        scores: [{ policy: 'greedy', episodes: 3 }],
        objectives: ['score/parameters', 'score/greedy-mean'],
      },
    },
    'test',
  ),
  registries,
);
const evaluator = createConfiguredEvaluator(config, registries, { now: () => '', seconds: () => 0 });
const genome = parseDna('C 4 T C 1', registries.layers);

async function evaluated(more: Partial<Candidate> = {}): Promise<Extract<Evaluation, { ok: true }>> {
  const evaluation = await evaluator.evaluate({ index: 3, attempt: 0, genome, ...more });
  if (!evaluation.ok) throw new Error(evaluation.reason.message);
  return evaluation;
}

describe('an evaluation', () => {
  it('has the same seeds after a crash, others for another training', async () => {
    const [first, retried, repeated] = [
      await evaluated(),
      await evaluated({ attempt: 2 }),
      await evaluated({ repeat: 1 }),
    ];
    expect(retried).toEqual(first);
    expect(repeated.parametersHash).not.toBe(first.parametersHash);
    expect(repeated.scores[0]!.seeds).not.toEqual(first.scores[0]!.seeds);
  });

  it('can take the seeds of another candidate, whose training it takes further', async () => {
    const whole = await evaluated();
    const half = await evaluated({ fidelity: 0.5 });
    const further = await evaluated({ index: 9, seedsOf: 3 });
    expect(further).toEqual(whole);
    expect((await evaluated({ index: 9, seedsOf: 4 })).parametersHash).not.toBe(whole.parametersHash);
    expect(half.steps).toBeLessThan(whole.steps);
    expect(whole.curve.slice(0, half.curve.length)).toEqual(half.curve);
  });

  it('goes on from where the candidate was paused, and nowhere else', async () => {
    const steps = async (candidate: Partial<Candidate>): Promise<readonly [points: number, wentOn: boolean]> => {
      let count = 0;
      const onProgress = (): void => {
        count++;
      };
      const { run } = await evaluator.evaluate({ index: 5, attempt: 0, genome, ...candidate }, { onProgress });
      return [count, run.wentOn ?? false];
    };
    const { run } = await evaluated({ index: 5, fidelity: 0.5 });
    const paused = run.paused![0]!;
    expect(await steps({ index: 6, seedsOf: 5, paused })).toEqual([1, true]);
    expect(await steps({ index: 6, seedsOf: 5 })).toEqual([2, false]);
    for (const other of [
      { fidelity: 0.5 },
      { index: 6, seedsOf: 5, genome: parseDna('C 5 T C 1', registries.layers) },
      { index: 6, seedsOf: 5, repeat: 1 },
      { index: 6, seedsOf: 5, finalEpisodes: 3 },
      { index: 6 },
    ]) {
      const fromStart = await steps(other);
      expect(fromStart[1]).toBe(false);
      expect(await steps({ ...other, paused })).toEqual(fromStart);
    }
    expect(await steps({ index: 6, seedsOf: 5, paused: 'ab'.repeat(32) })).toEqual([2, false]);
  });

  it('leaves its weights under their hash where they are asked for', async () => {
    const artifacts = createMemoryArtifacts();
    const clock = { now: () => '', seconds: () => 0 };
    let trained: Float32Array | undefined;
    const keeping = createConfiguredEvaluator(config, registries, clock, {
      artifacts,
      keepWeights: true,
      onTrained: ({ program }) => {
        trained = program.parameters.slice();
      },
    });
    const evaluation = await keeping.evaluate({ index: 3, attempt: 0, genome });
    if (!evaluation.ok) throw new Error(evaluation.reason.message);
    expect(readWeights(artifacts, evaluation.parametersHash)).toEqual(trained);
    expect(evaluation.parametersHash).toBe((await evaluated()).parametersHash);
    const full: ArtifactStore = {
      ...artifacts,
      write: () => {
        throw new HqnasError({ code: 'artifact-not-written', what: 'the disk is full' });
      },
    };
    const onFullDisk = createConfiguredEvaluator(config, registries, clock, { artifacts: full, keepWeights: true });
    // It says nothing about the candidate: nothing may be recorded.
    await expect(onFullDisk.evaluate({ index: 3, attempt: 0, genome })).rejects.toMatchObject({
      code: 'artifact-not-written',
    });
    // A state only saves time.
    const pausing = createConfiguredEvaluator(config, registries, clock, { artifacts: full });
    const { ok, run } = await pausing.evaluate({ index: 3, attempt: 0, genome, fidelity: 0.5 });
    expect([ok, run.paused]).toEqual([true, undefined]);
  });

  it('begins with the weights of another network where it inherits them, and counts the steps behind them', async () => {
    const artifacts = createMemoryArtifacts();
    const clock = { now: () => '', seconds: () => 0 };
    const keeping = createConfiguredEvaluator(config, registries, clock, { artifacts, keepWeights: true });
    const train = async (candidate: Partial<Candidate>): Promise<Extract<Evaluation, { ok: true }>> => {
      const evaluation = await keeping.evaluate({ index: 4, attempt: 0, genome, ...candidate });
      if (!evaluation.ok) throw new Error(evaluation.reason.message);
      return evaluation;
    };
    const parent = await train({ index: 3 });
    const inherits = { genome, parametersHash: parent.parametersHash, steps: 5000 };
    const [child, again, alone] = [await train({ inherits }), await train({ inherits }), await train({})];
    expect(child).toEqual(again);
    expect(child.parametersHash).not.toBe(alone.parametersHash);
    expect([child.inherited, alone.inherited]).toEqual([{ steps: 5000, parameters: 55 }, undefined]);
    expect(child.steps).toBe(alone.steps);
    expect(child.metrics['score/lineage-steps']).toBe(5000 + child.steps);
    expect('score/lineage-steps' in alone.metrics).toBe(false);
    // A final evaluation trains from scratch.
    expect(await train({ inherits, finalEpisodes: 3 })).toEqual(await train({ finalEpisodes: 3 }));
    artifacts.remove(parent.parametersHash);
    await expect(keeping.evaluate({ index: 4, attempt: 0, genome, inherits })).rejects.toMatchObject({
      code: 'artifact-missing',
    });
  });

  it('that is final is scored on episodes that no other evaluation sees', async () => {
    const { scores, parametersHash } = await evaluated({ finalEpisodes: 40 });
    const [{ seeds, returns }] = scores as [(typeof scores)[number]];
    expect([seeds.length, returns.length, new Set(seeds).size]).toEqual([40, 40, 40]);
    expect(Math.min(...seeds)).toBeGreaterThanOrEqual(2 ** 32);
    const search = await evaluated();
    expect(Math.max(...search.scores[0]!.seeds)).toBeLessThan(2 ** 32);
    expect(Math.min(...search.scores[0]!.seeds)).toBeGreaterThanOrEqual(2 ** 31);
    expect(parametersHash).not.toBe(search.parametersHash);
  });

  it('has the first objective as its score, turned such that higher is better', async () => {
    const { score, metrics } = await evaluated();
    expect(score).toBe(-metrics['score/parameters']!);
  });
});
