import { requireAutoreset } from '../environment/autoreset.js';
import { createStepBuffers, type VectorEnvironment } from '../environment/vector-environment.js';
import type { Model } from '../model/model.js';
import type { Rng } from '../random.js';
import { rowsOf } from '../environment/space.js';
import { createRows } from '../rows.js';
import { actIn, writeAnyAction } from './act.js';
import type { Score } from './evaluator.js';

/** Which episodes make a score. */
export interface ScoreOptions {
  /** Environment seed of each episode. */
  readonly seeds: readonly number[];
  /** `greedy` takes the likeliest action (of a continuous one the mean), `stochastic` draws from the policy. */
  readonly policy: 'greedy' | 'stochastic';
  /** Source of the draws; episode i uses the fork ('episode', i), so returns do not depend on how episodes are batched. */
  readonly rng: Rng;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plays one episode per seed without learning and adds up the rewards, undiscounted. Episodes run side by side, one
 * environment each, up to the program's capacity.
 * @param makeEnvironments makes n environments of the task; they are closed here
 * @throws HqnasError `wrong-autoreset`
 */
export function score(
  model: Model,
  makeEnvironments: (count: number) => VectorEnvironment,
  options: ScoreOptions,
): Score {
  const { seeds, policy } = options;
  const returns: number[] = [];
  while (returns.length < seeds.length) {
    const batch = seeds.slice(returns.length, returns.length + model.program.capacity);
    returns.push(...playBatch(model, makeEnvironments(batch.length), batch, returns.length, options));
  }
  const mean = returns.reduce((sum, value) => sum + value, 0) / Math.max(1, returns.length);
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = returns.length < 2 ? 0 : Math.sqrt(squares / (returns.length - 1));
  return { policy, returns, mean, deviation, seeds };
}

/** One episode per environment, all at once; environments that are done go on unheeded until the last one is. */
function playBatch(
  { program, actionSpace }: Model,
  environments: VectorEnvironment,
  seeds: readonly number[],
  firstEpisode: number,
  { policy, rng, signal }: ScoreOptions,
): Float64Array {
  const count = seeds.length;
  const observations = program.inputs[0]!;
  const output = program.outputs['policy']!;
  const act = actIn(actionSpace, output.rows);
  const actions = createRows(rowsOf(actionSpace), count);
  const buffers = createStepBuffers(observations.rows, count, observations);
  const streams = seeds.map((_, lane) => rng.fork('episode', firstEpisode + lane));
  const returns = new Float64Array(count);
  const finished = new Uint8Array(count);

  requireAutoreset(environments, ['same-step', 'next-step'], 'scoring');
  // What wrappers make of rewards is for learning.
  const rewards = environments.rawRewards ?? buffers.rewards;
  environments.reset(observations, seeds);
  for (let running = count; running > 0;) {
    signal?.throwIfAborted();
    program.forward(count, 'policy');
    for (let lane = 0; lane < count; lane++) {
      if (finished[lane] === 1) writeAnyAction(actionSpace, actions, lane);
      else act(output, lane, policy === 'greedy' ? undefined : streams[lane]!, actions);
    }
    environments.step(actions, buffers);
    for (let lane = 0; lane < count; lane++) {
      if (finished[lane] === 1) continue;
      returns[lane]! += rewards[lane]!;
      if (buffers.terminated[lane] === 0 && buffers.truncated[lane] === 0) continue;
      finished[lane] = 1;
      running--;
    }
  }
  environments.close?.();
  return returns;
}
