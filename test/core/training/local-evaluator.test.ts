import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseConfigValues } from '../../../core/experiment/parse-config.js';
import { resolveConfig } from '../../../core/experiment/resolve-config.js';
import { parseDna } from '../../../core/genome/dna.js';
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
    const steps = async (candidate: Partial<Candidate>): Promise<number> => {
      let count = 0;
      const onProgress = (): void => {
        count++;
      };
      await evaluator.evaluate({ index: 5, attempt: 0, genome, ...candidate }, { onProgress });
      return count;
    };
    expect(await steps({ fidelity: 0.5 })).toBe(1);
    expect(await steps({ index: 6, seedsOf: 5 })).toBe(1);
    expect(await steps({ fidelity: 0.5 })).toBe(1);
    expect(await steps({ index: 6, seedsOf: 5, genome: parseDna('C 5 T C 1', registries.layers) })).toBe(2);
    expect(await steps({ index: 6, seedsOf: 5, repeat: 1 })).toBe(2);
    expect(await steps({ index: 6, seedsOf: 5, finalEpisodes: 3 })).toBe(2);
    expect(await steps({ index: 6 })).toBe(2);
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
