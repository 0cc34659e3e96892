import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { builtInPlugins } from '../cli/built-in-plugins.js';
// Compiled along with this file: the follower runs it.
import '../cli/main.js';
import { candidateEntry } from '../core/experiment/candidate-entry.js';
import { parseConfigValues } from '../core/experiment/parse-config.js';
import { resolveConfig } from '../core/experiment/resolve-config.js';
import { parseDna } from '../core/genome/dna.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { createConfiguredEvaluator } from '../core/wiring/configured-evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { quantile } from '../core/statistics.js';
import { cpuTime } from './harness.js';
import type { Row } from './report.js';

/** Candidates of one block. */
const blockSize = 12;

/**
 * How much `hqnas show --follow` slows a search: the same candidates trained and recorded, in turns with and without a
 * follower in a process of its own. Ratios of neighbouring blocks, so that the state of the machine meets both alike.
 */
export async function follower(rounds = 15): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-bench-'));
  const run = createSearch(path.join(folder, 'ledger.db'));
  const ratios: { readonly cpu: number; readonly wall: number }[] = [];
  await run.block('warm-up');
  for (let round = 0; round < rounds; round++) {
    const alone = (): Promise<Block> => run.block(`alone-${round}`);
    const watched = (): Promise<Block> => run.watchedBlock(`watched-${round}`);
    // The order changes, so that neither is always the second.
    const [first, second] = round % 2 === 0 ? [alone, watched] : [watched, alone];
    const [a, b] = [await first(), await second()];
    const [without, along] = round % 2 === 0 ? [a, b] : [b, a];
    ratios.push({ cpu: along.cpu / without.cpu, wall: along.wall / without.wall });
  }
  await run.close();
  rmSync(folder, { recursive: true, force: true });
  const row = (who: string, values: readonly number[]): Row => {
    const percents = values.map((ratio) => 100 * (ratio - 1));
    const median = quantile(percents, 0.5);
    return {
      work: 'slowdown by a follower',
      who,
      median,
      unit: '%',
      spread: medianInterval(percents),
      note: `${rounds} pairs, 95 % interval of the median`,
      target: { text: '<= 2 %', met: median <= 2 },
    };
  };
  return [
    row(
      'CPU time of the search',
      ratios.map(({ cpu }) => cpu),
    ),
    row(
      'wall time',
      ratios.map(({ wall }) => wall),
    ),
  ];
}

interface Block {
  /** Microseconds of CPU time of this process. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly wall: number;
}

/** A search that trains the same candidates in every block, each block an experiment of its own in one ledger. */
function createSearch(file: string) {
  const registries = createContainer(builtInPlugins).get(REGISTRIES);
  const values = { preset: 'corrected', trainer: { totalSteps: 2048 }, evaluation: { finalists: false } };
  const config = resolveConfig(parseConfigValues(values, 'bench'), registries);
  const clock = { now: () => '', seconds: () => performance.now() / 1000 };
  const evaluator = createConfiguredEvaluator(config, registries, clock);
  const ledger = SqliteLedger.open(file);
  const genome = parseDna('C 16 T C 16 T C 1', registries.layers);
  const objectives = [{ id: config.evaluation.objectives[0]!, direction: 'maximise' }] as const;

  const start = (id: string): Promise<void> =>
    ledger.append(id, {
      type: 'started',
      header: { name: id, config: {}, seed: 1, versions: {}, registered: {}, objectives },
      run: { id, time: '', workers: 1, machine: {} },
    });
  const work = async (id: string): Promise<Block> => {
    const [cpu, began] = [cpuTime(), performance.now()];
    for (let index = 0; index < blockSize; index++) {
      const { run, ...outcome } = await evaluator.evaluate({ index, genome, attempt: 0 });
      if (!outcome.ok) throw new Error(outcome.reason.message);
      const [point] = outcome.curve;
      await ledger.saveProgress(id, [{ candidate: index, repeat: 0, ...point! }]);
      await ledger.append(id, candidateEntry({ index, genome, outcome, run }, ''));
    }
    return { cpu: cpuTime() - cpu, wall: performance.now() - began };
  };
  return {
    async block(id: string): Promise<Block> {
      await start(id);
      return work(id);
    },
    async watchedBlock(id: string): Promise<Block> {
      await start(id);
      const watcher = await startFollower(file, id);
      try {
        return await work(id);
      } finally {
        watcher.kill('SIGKILL');
      }
    },
    async close(): Promise<void> {
      await evaluator.close();
      await ledger.close();
    },
  };
}

/** Resolves when the follower has shown the first entry: its own start is no part of what is measured. */
function startFollower(file: string, id: string): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, 'show', id, '--follow', '--json', '--ledger', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the follower ended')));
    child.stdout.once('data', () => resolve(child));
    child.stdout.resume();
  });
}

/** The order statistics between which the median lies with at least 95 % (binomial, normal approximation). */
function medianInterval(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - reach));
  return [sorted[low]!, sorted[sorted.length - 1 - low]!];
}
