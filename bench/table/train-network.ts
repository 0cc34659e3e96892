import { compilerVersion } from '../../compiler/index.js';
import { createRng, parseValues, type Evaluation, type Genome } from '../../core/index.js';
import { createLocalEvaluator } from '../../core/training/local-evaluator.js';
import { scoreMetrics } from '../../core/training/metrics.js';
import { cartPole } from '../../environments/cartpole/index.js';
import { ppo, ppoOptions } from '../../plugins/ppo/index.js';
import { cpuTime } from '../harness.js';
import { kinds } from '../trainings.js';

/** How the table was made. Whoever changes it makes another table. */
export const protocol = {
  environment: 'cartpole/v1',
  trainer: 'ppo/clip',
  preset: 'corrected',
  steps: 51_200,
  /** Held-out episodes of each policy. */
  episodes: 20,
  /** Points of the learning curve, evenly spaced. */
  points: 8,
  seed: 1,
} as const;

/** One training of a network of the table. */
export interface Entry {
  /** Number of the network, as `everyNetwork` counts. */
  readonly network: number;
  /** Which training of it: 0, 1, 2 ... */
  readonly repeat: number;
  /** Mean return of the held-out episodes. */
  readonly greedy: number;
  readonly stochastic: number;
  /** Mean return of the last 100 training episodes at 1/8, 2/8 ... of the steps. */
  readonly curve: readonly number[];
  readonly parameters: number;
  /** `compilerVersion` of the code: another one may come to other last bits, and so to other scores. */
  readonly compiler: number;
  /** CPU time of training and scoring. */
  readonly seconds: number;
}

/** Trains networks one after another as the search's workers do: network n, repeat r always come to the same. */
export function createNetworkTrainer(): (genome: Genome, network: number, repeat: number) => Promise<Entry> {
  const evaluator = createLocalEvaluator({
    kinds,
    environment: { kind: cartPole, options: parseValues(cartPole.options, {}, 'environment') },
    trainer: { trainer: ppo, options: parseValues(ppoOptions, ppo.presets[protocol.preset] ?? {}, 'trainer') },
    scores: [
      { policy: 'greedy', episodes: protocol.episodes },
      { policy: 'stochastic', episodes: protocol.episodes },
    ],
    metrics: scoreMetrics,
    objectives: [scoreMetrics.find(({ id }) => id === 'score/greedy-mean')!],
    rng: createRng(protocol.seed),
    seconds: () => cpuTime() / 1e6,
  });
  return async (genome, network, repeat) => {
    const start = cpuTime();
    const evaluation = await evaluator.evaluate({ index: network, genome, attempt: 0, repeat });
    return { network, repeat, ...figuresOf(evaluation), seconds: (cpuTime() - start) / 1e6 };
  };
}

function figuresOf(evaluation: Evaluation): Omit<Entry, 'network' | 'repeat' | 'seconds'> {
  if (!evaluation.ok) throw new Error(`${evaluation.reason.stage}: ${evaluation.reason.message}`);
  const { scores, curve, counts } = evaluation;
  const meanOf = (policy: 'greedy' | 'stochastic'): number => scores.find((each) => each.policy === policy)!.mean;
  return {
    greedy: meanOf('greedy'),
    stochastic: meanOf('stochastic'),
    curve: Array.from({ length: protocol.points }, (_, point) => {
      const steps = ((point + 1) / protocol.points) * protocol.steps;
      return curve.findLast((each) => each.steps <= steps)?.meanReturn ?? 0;
    }),
    parameters: counts.parameters,
    compiler: compilerVersion,
  };
}
