import { parseArgs } from 'node:util';
import { compile, Graph, orthogonal, type Tensor } from '../compiler/index.js';
import { createRng, makeVectorEnvironment, parseValues, score, type Model } from '../core/index.js';
import { cartPole } from '../environments/cartpole/index.js';
import { ppo, ppoOptions } from '../plugins/ppo/index.js';

/**
 * Does PPO learn CartPole as its peers do? Trains 64-64 tanh networks with published settings over many seeds and scores
 * them greedily on 100 held-out episodes. Fails when fewer seeds reach 475 than Stable-Baselines3 and CleanRL would lead
 * one to expect.
 *
 *   npm run bench:learning -- [--seeds 10] [--only zooCartPole]
 */
interface Bar {
  readonly name: string;
  readonly preset: string;
  readonly options: Readonly<Record<string, number>>;
  /** Share of the seeds that must reach a mean return of 475. */
  readonly share: number;
}

const bars: readonly Bar[] = [
  { name: 'zooCartPole', preset: 'zooCartPole', options: {}, share: 0.8 },
  { name: 'sb3', preset: 'sb3', options: { totalSteps: 50_000 }, share: 0.8 },
  { name: 'cleanrl', preset: 'cleanrl', options: {}, share: 0.9 },
];

const heldOut = Array.from({ length: 100 }, (_, i) => 2 ** 32 + i);
const makeEnvironments = (count: number) => makeVectorEnvironment(cartPole, count);
const { observationSpace, actionSpace } = makeEnvironments(1);

function trainOnce({ preset, options: overrides }: Bar, seed: number): { mean: number; seconds: number } {
  const options = parseValues(ppoOptions, { ...ppo.presets[preset], ...overrides }, 'trainer');
  const request = ppo.request(options, actionSpace);
  const graph = new Graph();
  const dense = (x: Tensor, units: number, gain: number): Tensor =>
    graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(gain)));
  const trunk = (x: Tensor): Tensor =>
    graph.tanh(dense(graph.tanh(dense(x, 64, request.hiddenGain)), 64, request.hiddenGain));
  const input = graph.input(4);
  const policy = dense(trunk(input), 2, request.policyGain);
  const value = dense(trunk(input), 1, request.valueGain);
  const program = compile(graph, { outputs: { policy, value }, heads: request.heads });
  const parameters = graph.parameterCount;
  const counts = {
    policyParameters: parameters,
    valueParameters: parameters,
    parameters,
    layers: 3,
    quantumLayers: 0,
    qubits: 0,
  };
  const model: Model = { graph, program, observationSpace, actionSpace, counts };

  const rng = createRng(seed);
  const start = process.cpuUsage();
  program.initialize(rng.fork('parameters'));
  ppo.train(options, model, makeEnvironments, { rng: rng.fork('train') });
  const { user, system } = process.cpuUsage(start);
  const { mean } = score(model, makeEnvironments, { seeds: heldOut, policy: 'greedy', rng });
  return { mean, seconds: (user + system) / 1e6 };
}

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '10' }, only: { type: 'string' } } });
const seeds = Number(values.seeds);
for (const bar of bars) {
  if (values.only !== undefined && values.only !== bar.name) continue;
  const results = Array.from({ length: seeds }, (_, seed) => trainOnce(bar, seed));
  const reached = results.filter(({ mean }) => mean >= 475).length;
  const sorted = results.map(({ mean }) => mean).sort((a, b) => a - b);
  const quarter = Math.floor(seeds / 4);
  const middle = sorted.slice(quarter, seeds - quarter);
  const needed = Math.floor(bar.share * seeds);
  console.log(
    `${bar.name.padEnd(12)} ${reached} of ${seeds} seeds >= 475 (at least ${needed} expected)` +
      `, IQM ${(middle.reduce((a, b) => a + b, 0) / middle.length).toFixed(1)}, all ${sorted.map((mean) => mean.toFixed(0)).join(' ')}` +
      `, CPU seconds ${Math.min(...results.map(({ seconds }) => seconds)).toFixed(2)} at best`,
  );
  if (reached < needed) process.exitCode = 1;
}
