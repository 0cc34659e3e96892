import {
  createRng,
  parseDna,
  parseValues,
  Registry,
  type Candidate,
  type Evaluation,
  type Genome,
  type LayerKind,
} from '../core/index.js';
import { allowFastKernels } from '../core/node/fast-kernels.js';
import { createLocalEvaluator } from '../core/training/local-evaluator.js';
import { scoreMetrics } from '../core/training/metrics.js';
import { cartPole } from '../environments/cartpole/index.js';
import { dense } from '../plugins/classical/index.js';
import { ppo, ppoOptions } from '../plugins/ppo/index.js';
import { circuitLayer } from '../plugins/quantum-statevector/index.js';
import { cpuTime } from './harness.js';

export const kinds = new Registry<LayerKind>('layer', [dense, circuitLayer]);

/** Settings of a whole training with its evaluation. */
export interface Training {
  /** Preset of ppo/clip. */
  readonly preset: string;
  /** Options that differ from the preset. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** As `fast: true` in a config: for the rest of the process, kernels of others may become faster too. */
  readonly fast?: boolean;
  readonly score: { readonly policy: 'greedy' | 'stochastic'; readonly episodes: number };
}

/** Measured in CPU seconds of the whole process, background threads of the engine included. */
export interface Trained {
  readonly seconds: number;
  /** Seconds of each stage: compile, collect, update, score. */
  readonly phases: Readonly<Record<string, number>>;
  readonly score: number;
}

/** Trains candidates on CartPole one after another, as a search does in each of its workers. */
export function createTrainings({
  preset,
  options: changes,
  score,
  fast = false,
}: Training): (genome: Genome | string, seed: number) => Promise<Trained> {
  allowFastKernels({ fast });
  const options = parseValues(ppoOptions, { ...ppo.presets[preset], ...changes }, 'trainer');
  const objective = scoreMetrics.find(({ id }) => id === `score/${score.policy}-mean`)!;
  const seconds = () => cpuTime() / 1e6;
  return async (genome, seed) => {
    const evaluator = createLocalEvaluator({
      kinds,
      environment: { kind: cartPole, options: parseValues(cartPole.options, {}, 'environment') },
      trainer: { trainer: ppo, options },
      scores: [score],
      metrics: scoreMetrics,
      objectives: [objective],
      rng: createRng(seed),
      seconds,
      relaxed: fast,
    });
    const candidate: Candidate = {
      index: 0,
      attempt: 0,
      genome: typeof genome === 'string' ? parseDna(genome, kinds) : genome,
    };
    const start = seconds();
    const evaluation: Evaluation = await evaluator.evaluate(candidate);
    await evaluator.close();
    if (!evaluation.ok) throw new Error(`${evaluation.reason.stage}: ${evaluation.reason.message}`);
    return { seconds: seconds() - start, phases: evaluation.run.phases, score: evaluation.score };
  };
}
