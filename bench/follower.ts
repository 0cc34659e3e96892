import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtInPlugins } from '../cli/built-in-plugins.js';
// Compiled along with this file: the follower runs it.
import '../cli/main.js';
import { candidateEntry } from '../core/experiment/candidate-entry.js';
import { parseConfigValues } from '../core/experiment/config/parse-config.js';
import { bootstrapInterval } from '../core/experiment/resampling.js';
import { resolveConfig } from '../core/experiment/config/resolve-config.js';
import { parseDna } from '../core/genome/dna.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { createRng, type Rng } from '../core/random.js';
import { mean } from '../core/statistics.js';
import { createConfiguredEvaluator } from '../core/wiring/configured-evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { cpuTime } from './harness.js';
import type { Row } from './report.js';

const id = 'followed';

/** Per candidate of one window. */
interface Cost {
  /** Microseconds of CPU time of the search's process. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly wall: number;
}

/**
 * How much `hqnas show --follow` slows a search: one search, and one follower in a process of its own that is stopped
 * (SIGSTOP) and goes on (SIGCONT) in windows of 1 to 3 s. Every pair of neighbouring windows has one of each, in an order
 * that is drawn, so that the state of the machine meets both alike. Every candidate is the same training. What came while
 * the follower was stopped it reads afterwards, in the windows that count as followed: it costs about twice as much there
 * as one that is never stopped.
 */
export async function follower(minutes = Number(process.env['HQNAS_FOLLOWER_MINUTES'] ?? 1)): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-bench-'));
  const file = path.join(folder, 'ledger.db');
  const search = await startSearch(file);
  const watcher = await startFollower(file, path.join(folder, 'followed.txt'));
  const ratios: Cost[] = [];
  try {
    const rng = createRng(1).fork('windows');
    const followed = (follows: boolean): Promise<Cost> => {
      watcher.kill(follows ? 'SIGCONT' : 'SIGSTOP');
      return search.window(1000 + 2000 * rng.float());
    };
    await search.window(3000);
    for (const end = performance.now() + 60_000 * minutes; ratios.length < 2 || performance.now() < end;) {
      const first = rng.float() < 0.5;
      const [a, b] = [await followed(first), await followed(!first)];
      const [along, without] = first ? [a, b] : [b, a];
      ratios.push({ cpu: along.cpu / without.cpu, wall: along.wall / without.wall });
      if (watcher.exitCode !== null) throw new Error('the follower ended');
    }
  } finally {
    watcher.kill('SIGKILL');
    await search.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const rng = createRng(1).fork('bootstrap');
  return [
    rowOf(
      'CPU time of the search',
      ratios.map(({ cpu }) => cpu),
      rng,
    ),
    rowOf(
      'wall time',
      ratios.map(({ wall }) => wall),
      rng,
    ),
  ];
}

/** The geometric mean of the ratios, with its interval; says whether the bar is met only where the interval does. */
function rowOf(who: string, ratios: readonly number[], rng: Rng): Row {
  const logarithms = ratios.map((ratio) => Math.log(ratio));
  const percent = (logarithm: number): number => 100 * (Math.exp(logarithm) - 1);
  const { low, high } = bootstrapInterval([logarithms], (sample) => mean(sample), rng)!; // there are two at least
  const spread = [percent(low), percent(high)] as const;
  const decided = spread[1] <= 2 || spread[0] > 2;
  return {
    work: 'slowdown by a follower',
    who,
    median: percent(mean(logarithms)),
    unit: '%',
    spread,
    note: `${ratios.length} pairs of windows, mean with 95 % interval${decided ? '' : ', too wide to say whether <= 2 %'}`,
    ...(decided ? { target: { text: '<= 2 %', met: spread[1] <= 2 } } : {}),
  };
}

/** A search that trains and records the same candidate over and over. */
async function startSearch(file: string) {
  const registries = createContainer(builtInPlugins).get(REGISTRIES);
  const values = { preset: 'corrected', trainer: { totalSteps: 4096 }, evaluation: { finalists: false } };
  const config = resolveConfig(parseConfigValues(values, 'bench'), registries);
  const clock = { now: () => '', seconds: () => performance.now() / 1000 };
  const evaluator = createConfiguredEvaluator(config, registries, clock);
  const ledger = SqliteLedger.open(file);
  const genome = parseDna('C 16 T C 16 T C 1', registries.layers);
  const objectives = [{ id: config.evaluation.objectives[0]!, direction: 'maximise' }] as const;
  const header = { name: id, config: {}, seed: 1, versions: {}, registered: {}, objectives };
  await ledger.append(id, { type: 'started', header, run: { id, time: '', workers: 1, machine: {} } });
  let index = 0;
  return {
    /** Whole candidates, for this time at least. */
    async window(milliseconds: number): Promise<Cost> {
      const [cpu, began, first] = [cpuTime(), performance.now(), index];
      while (performance.now() - began < milliseconds) {
        const { run, ...outcome } = await evaluator.evaluate({ index: 0, genome, attempt: 0 });
        if (!outcome.ok) throw new Error(outcome.reason.message);
        await ledger.saveProgress(id, [{ candidate: index, repeat: 0, ...outcome.curve[0]! }]);
        await ledger.append(id, candidateEntry({ index, genome, outcome, run }, ''));
        index++;
      }
      const done = index - first;
      return { cpu: (cpuTime() - cpu) / done, wall: (performance.now() - began) / done };
    },
    async close(): Promise<void> {
      await evaluator.close();
      await ledger.close();
    },
  };
}

/** Prints into a file, which costs the search nothing; resolves when the first entry is there. */
async function startFollower(file: string, output: string): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const descriptor = openSync(output, 'w');
  const child = spawn(process.execPath, [main, 'show', id, '--follow', '--json', '--ledger', file], {
    stdio: ['ignore', descriptor, 'inherit'],
  });
  closeSync(descriptor);
  while (statSync(output).size === 0) {
    if (child.exitCode !== null) throw new Error('the follower ended');
    await wait(50);
  }
  return child;
}
