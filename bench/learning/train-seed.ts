import { createRng, parseDna, parseValues, score, wrapKind } from '../../core/index.js';
import { canonicalJson, sha256 } from '../../core/json.js';
import { createLocalEvaluator } from '../../core/training/local-evaluator.js';
import { scoreMetrics } from '../../core/training/metrics.js';
import { ppo, ppoOptions, type PpoOptions } from '../../plugins/ppo/index.js';
import { cpuTime } from '../harness.js';
import { kinds } from '../trainings.js';
import type { LearningTask } from './tasks.js';

/** A finished training, as it stands in the file of results. */
export interface Learned {
  readonly task: string;
  /** Of everything that decides the result but the seed: results of other settings do not count. */
  readonly settings: string;
  readonly seed: number;
  readonly steps: number;
  /** Mean and deviation over the held-out episodes, of the policy that takes its likeliest action. */
  readonly mean: number;
  readonly deviation: number;
  readonly cpuSeconds: number;
}

/** Two networks of 64-64 with tanh, as Stable-Baselines3 has them. */
const DNA = 'C 64 T C 64 T C 1';
/** Start states that are the same for all seeds, and above those of any training. */
const heldOut = Array.from({ length: 100 }, (_, i) => 2 ** 32 + i);

function optionsOf({ preset, options }: LearningTask): PpoOptions {
  return parseValues(ppoOptions, { ...ppo.presets[preset], ...options }, 'trainer');
}

/** The same text for the same settings; options at their defaults do not count, so that further ones may be added. */
export function settingsOf(task: LearningTask): string {
  const { environment, share = 1 } = task;
  const defaults: Readonly<Record<string, unknown>> = parseValues(ppoOptions, {}, 'trainer');
  const options = Object.fromEntries(
    Object.entries(optionsOf(task)).filter(([name, value]) => value !== defaults[name]),
  );
  const facts = { dna: DNA, environment: environment.id, share, options, episodes: heldOut.length };
  return sha256(canonicalJson(facts)).slice(0, 12);
}

/** Trains with one seed and plays 100 held-out episodes. */
export async function trainSeed(task: LearningTask, seed: number): Promise<Learned> {
  const options = optionsOf(task);
  const kind = wrapKind(task.environment, ppo.wrappers!(options));
  const start = cpuTime();
  let played: { readonly mean: number; readonly deviation: number } | undefined;
  const evaluator = createLocalEvaluator({
    kinds,
    environment: { kind, options: parseValues(kind.options, {}, 'environment') },
    trainer: { trainer: ppo, options },
    scores: [],
    metrics: scoreMetrics,
    objectives: [scoreMetrics.find(({ id }) => id === 'score/parameters')!],
    rng: createRng(seed),
    seconds: () => cpuTime() / 1e6,
    onTrained(model, _trained, { forScoring }) {
      played = score(model, forScoring, { seeds: heldOut, policy: 'greedy', rng: createRng(seed) });
    },
  });
  const candidate = { index: 0, attempt: 0, genome: parseDna(DNA, kinds), fidelity: task.share ?? 1 };
  const evaluation = await evaluator.evaluate(candidate);
  await evaluator.close();
  if (!evaluation.ok) throw new Error(`${task.name}, seed ${seed}: ${evaluation.reason.message}`);
  const { mean, deviation } = played!;
  const cpuSeconds = (cpuTime() - start) / 1e6;
  return { task: task.name, settings: settingsOf(task), seed, steps: evaluation.steps, mean, deviation, cpuSeconds };
}
