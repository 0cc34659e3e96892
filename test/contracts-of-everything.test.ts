import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../cli/built-in-plugins.js';
import { parseValues } from '../core/domain.js';
import { parseConfigValues } from '../core/experiment/config/parse-config.js';
import { resolveConfig } from '../core/experiment/config/resolve-config.js';
import { makeVectorEnvironment } from '../core/environment/make-environment.js';
import { rowsOf } from '../core/environment/space.js';
import { parseDna } from '../core/genome/dna.js';
import { express } from '../core/genome/express.js';
import type { SearchSpace } from '../core/genome/search-space.js';
import { buildModel, policyRowsOf } from '../core/model/build-model.js';
import type { Plugin } from '../core/plugin/define-plugin.js';
import type { Gene } from '../core/layer/layer-kind.js';
import { createRng } from '../core/random.js';
import { createMeasuring } from '../core/training/measuring.js';
import { createConfiguredEvaluator } from '../core/wiring/configured-evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import brickwork from '../examples/custom-ansatz/brickwork.js';
import corridor from '../examples/custom-environment/corridor.js';
import softsign from '../examples/custom-layer/softsign.js';
import swapNeighbours from '../examples/custom-mutation/swap-neighbours.js';
import hillClimbing from '../examples/custom-strategy/hill-climbing.js';
import {
  conditionContract,
  constraintContract,
  environmentContract,
  evaluatorContract,
  layerKindContract,
  measureContract,
  metricContract,
  middlewareContract,
  mutationContract,
  pluginContract,
  searchSpaceContract,
  strategyContract,
  trainerContract,
  wrapperContract,
  type Check,
  type SpaceContext,
} from './contracts/index.js';

/** Test files that hold a whole plugin to its contracts already, with cases of their own. */
const elsewhere: Readonly<Record<string, string>> = {
  cartpole: 'environments/cartpole/cartpole.test.ts',
  'bipedal-walker': 'environments/box2d/contracts.test.ts',
  'lunar-lander': 'environments/box2d/contracts.test.ts',
  'gymnasium-bridge': 'environments/gymnasium-bridge/bridge.test.ts',
  classical: 'plugins/classical/classical.test.ts',
  paper: 'plugins/paper/contracts.test.ts',
  'random-search': 'search-strategies/contracts.test.ts',
  'regularized-evolution': 'search-strategies/contracts.test.ts',
  'grid-search': 'search-strategies/contracts.test.ts',
  'hybrid-evolution': 'search-strategies/contracts.test.ts',
  hyperband: 'search-strategies/contracts.test.ts',
  'local-search': 'search-strategies/contracts.test.ts',
  'map-elites': 'search-strategies/contracts.test.ts',
  'mu-plus-lambda': 'search-strategies/contracts.test.ts',
  'nsga-ii': 'search-strategies/contracts.test.ts',
  'successive-halving': 'search-strategies/contracts.test.ts',
  search: 'plugins/search/constraints.test.ts',
  surrogate: 'search-strategies/contracts.test.ts',
};

/** Limits that keep the networks of a contract small where a kind's domain does not. */
const layerLimits: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  'quantum-statevector/circuit': { qubits: [2, 4], repetitions: [1, 2] },
  // With shots the compiled layer estimates what the reference computes.
  'quantum/noisy-circuit': { qubits: [1, 2], repetitions: [1, 2], shots: [0, 0] },
  'demo/brickwork': { qubits: [2, 3], repetitions: [1, 2] },
};

/** Options that make a training short; a trainer without an entry runs with its defaults. */
const shortTraining: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ppo/clip': { totalSteps: 256, environments: 2, stepsPerRollout: 64, minibatchSize: 32, epochs: 2 },
};

/** Options with which a wrapper does something in a few steps; one without an entry runs with its defaults. */
const wrapperOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'wrappers/time-limit': { steps: 9 },
  'wrappers/frame-stack': { frames: 3 },
  'wrappers/scale-observation': { factor: -2, offset: 1 },
  'wrappers/rescale-action': { minimum: -0.1, maximum: 0.7 },
};

const head: Gene = { kind: 'classical/dense', units: 1, activation: 'identity' };
const genome = { layers: [{ kind: 'classical/dense', units: 4, activation: 'tanh' } satisfies Gene, head] };
const registriesOf = (plugins: readonly Plugin[]) => createContainer(plugins).get(REGISTRIES);
const builtIn = registriesOf(builtInPlugins);
const cartpole = builtIn.environments.get('cartpole/v1');
/** Numbers and discrete ones, as observations and as actions. */
const wrappedEnvironments = ['cartpole/v1', 'pendulum/v1', 'frozen-lake/v1'].map((id) => builtIn.environments.get(id));

/** Where measures are taken, and of which networks. */
const measuringPlace = () =>
  createMeasuring({
    kinds: builtIn.layers,
    environment: { kind: cartpole, options: {} },
    trainer: {
      trainer: builtIn.trainers.get('ppo/clip'),
      options: parseValues(builtIn.trainers.get('ppo/clip').options, shortTraining['ppo/clip']!, 'trainer'),
    },
    measures: builtIn.measures,
    metrics: builtIn.metrics,
    asked: [],
    rng: createRng(1),
  });
const measured = ['C 4 T C 1', 'C 2 R Q 2 L 1 C 1', 'C 1'].map((dna) => parseDna(dna, builtIn.layers));

/** Each example is registered beside the built-in plugins, as a config does it. */
const subjects: readonly { readonly plugin: Plugin; readonly registries: typeof builtIn }[] = [
  ...builtInPlugins.map((plugin) => ({ plugin, registries: builtIn })),
  ...[brickwork, corridor, softsign, swapNeighbours, hillClimbing].map((plugin) => ({
    plugin,
    registries: registriesOf([...builtInPlugins, plugin]),
  })),
];

for (const { plugin, registries } of subjects) {
  const { environments, layers, mutations, constraints, searchSpaces, strategies, middleware, trainers, metrics } =
    plugin;
  const { conditions, measures, wrappers } = plugin;
  const contextOf = (space: SearchSpace): SpaceContext => ({
    space,
    kinds: registries.layers,
    mutations: registries.mutations,
    constraints: registries.constraints,
  });
  const home = (holds: (space: SearchSpace) => boolean): SpaceContext =>
    contextOf([...registries.searchSpaces].find(holds) ?? registries.searchSpaces.get('paper/balanced'));
  const checks: readonly Check[] = [
    ...pluginContract(plugin),
    ...(metrics ?? []).flatMap(metricContract),
    ...(measures ?? []).flatMap((one) => measureContract(one, measuringPlace, measured)),
    ...(conditions ?? []).flatMap((one) => {
      const study = registries.searchSpaces.get('paper/study');
      return conditionContract(one, { ...contextOf(study), limits: { ...study.limits, qubits: [2, 5] } });
    }),
    ...(wrappers ?? []).flatMap((wrapper) =>
      wrapperContract(wrapper, {
        environments: wrappedEnvironments,
        options: wrapperOptions[wrapper.id] ?? {},
        neighbours: [...registries.wrappers].map((one) => ({ wrapper: one, options: wrapperOptions[one.id] ?? {} })),
      }),
    ),
    ...(trainers ?? []).flatMap((trainer) => trainerContract(trainer, trainerCase(shortTraining[trainer.id] ?? {}))),
    ...(Object.hasOwn(elsewhere, plugin.name)
      ? []
      : [
          ...(environments ?? []).flatMap((kind) => environmentContract(kind)),
          ...(layers ?? []).flatMap((kind) => layerKindContract(kind, { limits: layerLimits[kind.id] ?? {} })),
          ...(searchSpaces ?? []).flatMap((space) => searchSpaceContract(contextOf(space))),
          ...(mutations ?? []).flatMap((one) =>
            mutationContract(
              one,
              home((s) => s.mutations.includes(one.id)),
            ),
          ),
          ...(constraints ?? []).flatMap((one) =>
            constraintContract(
              one,
              home((s) => s.constraints.includes(one.id)),
            ),
          ),
          ...(strategies ?? []).flatMap((strategy) => strategyContract(strategy)),
          ...(middleware ?? []).flatMap((one) => middlewareContract(one)),
        ]),
  ];
  describe(`plugin ${plugin.name}`, () => {
    it.each(checks.map((check) => [check.name, check] as const))('%s', (_name, check) => check.run());
  });
}

describe('the evaluator of a config', () => {
  const draft = parseConfigValues(
    {
      environment: 'cartpole/v1',
      searchSpace: 'classical/mlp',
      strategy: 'random-search/uniform',
      trainer: { use: 'ppo/clip', ...shortTraining['ppo/clip'] },
      evaluation: { scores: [{ policy: 'greedy', episodes: 2 }] },
      budget: { candidates: 1 },
    },
    'test',
  );
  const evaluator = () =>
    createConfiguredEvaluator(resolveConfig(draft, builtIn), builtIn, { seconds: () => 0, now: () => '' });
  const checks = evaluatorContract(evaluator, {
    good: { index: 0, attempt: 0, genome },
    bad: { index: 1, attempt: 0, genome: { layers: [{ kind: 'nobody/knows' }] } },
  });
  it.each(checks.map((check) => [check.name, check] as const))('%s', (_name, check) => check.run());
});

it('the plugins that are held to their contracts elsewhere really are', () => {
  const names = builtInPlugins.map(({ name }) => name);
  for (const [name, file] of Object.entries(elsewhere)) {
    expect(names).toContain(name);
    const place = path.join(import.meta.dirname, file);
    expect(existsSync(place) && readFileSync(place, 'utf8').includes('Contract(')).toBe(true);
  }
});

/** A small dense network on CartPole, as an evaluator would build it. */
function trainerCase(options: Readonly<Record<string, unknown>>): Parameters<typeof trainerContract>[1] {
  const makeEnvironments = (count: number) => makeVectorEnvironment(cartpole, count);
  return {
    options,
    makeEnvironments,
    makeModel({ network, heads, hiddenGain, policyGain, valueGain }) {
      const { observationSpace, actionSpace } = makeEnvironments(1);
      const expressed = express(genome, {
        kinds: builtIn.layers,
        task: { observationRows: rowsOf(observationSpace), policyRows: policyRowsOf(actionSpace) },
        gains: { hidden: hiddenGain, policy: policyGain, value: valueGain },
      });
      if (!expressed.ok) throw new Error(expressed.reason);
      const model = buildModel(expressed.network, { network, heads, observationSpace, actionSpace });
      model.program.initialize(createRng(1));
      return model;
    },
  };
}
