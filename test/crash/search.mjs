/**
 * A search that is killed again and again by crash.test.ts: real strategy, search space, ledger and worker pool, but a
 * worker that trains nothing. It goes on with whatever its ledger holds, and says which results were acknowledged.
 * Arguments: folder of the compiled package, ledger file, threads or processes, workers, longest delay in ms.
 */
import { writeSync } from 'node:fs';

const [, , built, file, kind, workers, longest] = process.argv;
const load = (name) => import(`${built}${name}`);
const [{ createContainer }, { EXPERIMENT }, { resolveConfig }, { parseConfigValues }, { ExperimentEvents }] =
  await Promise.all([
    load('core/wiring/create-container.js'),
    load('core/wiring/tokens.js'),
    load('core/experiment/config/resolve-config.js'),
    load('core/experiment/config/parse-config.js'),
    load('core/experiment/events.js'),
  ]);
const [{ SqliteLedger }, { createWorkerPool }, { scorePlugin }, ...plugins] = await Promise.all([
  load('core/node/sqlite-ledger.js'),
  load('core/node/worker-pool.js'),
  load('core/plugin/score-plugin.js'),
  load('environments/cartpole/index.js'),
  load('plugins/classical/index.js'),
  load('plugins/quantum-statevector/index.js'),
  load('plugins/paper/index.js'),
  load('plugins/ppo/index.js'),
  load('search-strategies/regularized-evolution/index.js'),
]);

const draft = parseConfigValues(
  {
    environment: 'cartpole/v1',
    searchSpace: 'paper/study',
    strategy: { use: 'regularized-evolution/aging', populationSize: 6, sampleSize: 3 },
    trainer: { use: 'ppo/clip', preset: 'corrected' },
    evaluation: { scores: [{ policy: 'greedy', episodes: 1 }], finalists: { top: 2, repeats: 2 } },
    budget: { candidates: 24 },
    lookahead: 8,
  },
  'crash',
);
const ledger = SqliteLedger.open(file);
const [before] = await ledger.list();
const events = new ExperimentEvents();
const say = (text) => void writeSync(1, `${text}\n`);
events.on('candidate-finished', ({ index }) => say(`candidate ${index}`));
events.on('candidate-failed', ({ index }) => say(`candidate ${index}`));
events.on('finalist-finished', ({ candidate, repeat }) => say(`finalist ${candidate} ${repeat}`));
const evaluator = createWorkerPool({
  kind,
  count: Number(workers),
  retries: 1000,
  start: { module: new URL('./worker.mjs', import.meta.url).href, data: { longest: Number(longest) } },
});
let tick = 0;
const container = createContainer([scorePlugin, ...plugins.map((module) => module.default)], {
  resolveConfig: (registries) => resolveConfig(draft, registries),
  createEvaluator: () => evaluator,
  describeRun: () => ({ versions: {}, workers: Number(workers), machine: {}, resume: before?.id }),
  ledger,
  clock: { now: () => 'now', seconds: () => tick++ },
  ids: { next: () => 'crash' },
  events,
});
say('ready');
const state = await container.get(EXPERIMENT).run();
say(`status ${state.status}`);
await evaluator.close();
await ledger.close();
