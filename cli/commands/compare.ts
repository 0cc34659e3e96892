import { availableParallelism } from 'node:os';
import path from 'node:path';
import { compareRuns, type Comparison } from '../../core/experiment/comparison/compare-runs.js';
import { comparisonHtml } from '../../core/experiment/comparison/comparison-html.js';
import { comparisonText } from '../../core/experiment/comparison/comparison-text.js';
import { measureNamed } from '../../core/experiment/comparison/run-measure.js';
import { readRun, type RunRecord } from '../../core/experiment/comparison/run-record.js';
import { HqnasError } from '../../core/errors.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { createRng } from '../../core/random.js';
import { defineCommand, ledgerOption, wholeNumber, type CommandContext } from '../command.js';
import { prepareArms, type PreparedArm } from '../comparison-arms.js';
import { listenForInterrupts } from '../interrupts.js';
import { planRuns, runPlanned, type PlannedRun } from '../run-comparison.js';
import { writeFile } from '../write-text-file.js';

export const compare = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('configs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'one YAML or JSON file per arm; the first is what the others are held against',
      })
      .option('vary', {
        type: 'string',
        requiresArg: true,
        default: [] as readonly string[],
        coerce: listOf,
        describe: 'one more arm: the config with "NAME: KEY.KEY=VALUE; ..." changed',
      })
      .option('dna', {
        type: 'string',
        requiresArg: true,
        default: [] as readonly string[],
        coerce: listOf,
        describe: 'arms are networks, "NAME: C 37 T C 1", each trained once per seed as the config says',
      })
      .option('seeds', { type: 'string', default: '10', requiresArg: true, describe: 'so many, from 1 on; or 21-40' })
      .option('metric', {
        type: 'string',
        requiresArg: true,
        default: [] as readonly string[],
        coerce: listOf,
        describe: 'what to compare by: best, winner, median-hybrid, below:50, an id of a metric ...',
      })
      .option('workers', { type: 'number', describe: 'experiments at a time; default: one per core' })
      .option('recorded', { type: 'boolean', default: false, describe: 'run nothing: compare what the ledger holds' })
      .option('html', { type: 'string', requiresArg: true, describe: 'file for the comparison as an HTML page' })
      .option('json', { type: 'boolean', default: false, describe: 'print the comparison as one line of JSON' }),
  async run({ configs, vary, dna, seeds: range, metric, workers, recorded, html, json, ledger: file }, context) {
    const { terminal, folder } = context;
    const seeds = seedsIn(range);
    const count = wholeNumber('workers', workers) ?? availableParallelism();
    const arms = await prepareArms({ configs, vary, dna }, folder);
    const measures = metric.map((name) => measureNamed(name, arms[0]!.registries.metrics));
    const ledger = SqliteLedger.open(path.resolve(folder, file), { create: !recorded });
    try {
      const planned = await planRuns(arms, seeds, ledger);
      const results = recorded ? planned : await runAll(planned, ledger, count, context);
      if (results === undefined) return 130;
      const read = await readArms(arms, results, ledger);
      const chosen = measures.length > 0 ? measures : defaultMeasures(read, arms[0]!);
      const comparison = compareRuns(read, chosen, createRng(1));
      terminal.result(json ? JSON.stringify(comparison) : comparisonText(comparison));
      if (html !== undefined) terminal.note(writeFile(html, comparisonHtml(comparison), folder));
      return noteMissing(comparison, read, results, context);
    } finally {
      await ledger.close();
    }
  },
});

/** @returns undefined when it was interrupted */
async function runAll(
  planned: readonly PlannedRun[],
  ledger: SqliteLedger,
  workers: number,
  { terminal }: CommandContext,
): Promise<readonly PlannedRun[] | undefined> {
  const there = planned.filter(({ finished }) => finished).length;
  const goOn = 'The same command goes on from there; with --recorded it shows what there is.';
  if (there > 0) terminal.note(`${there} of ${planned.length} runs are in the ledger.`);
  const interrupts = listenForInterrupts(terminal, () => terminal.note(`Stopped. ${goOn}`));
  try {
    const results = await runPlanned(planned, { ledger, workers, signal: interrupts.signal, terminal });
    if (!interrupts.signal.aborted) return results;
    terminal.note(`Interrupted. ${goOn}`);
    return undefined;
  } finally {
    interrupts.release();
  }
}

/** @throws HqnasError `no-runs` */
async function readArms(
  arms: readonly PreparedArm[],
  results: readonly PlannedRun[],
  ledger: SqliteLedger,
): Promise<{ readonly name: string; readonly runs: readonly RunRecord[] }[]> {
  const read = [];
  for (const arm of arms) {
    const runs: RunRecord[] = [];
    for (const { experiment, finished, arm: own } of results) {
      if (own === arm && finished && experiment !== undefined) runs.push(await readRun(ledger.read(experiment)));
    }
    if (runs.length === 0) {
      throw new HqnasError({
        code: 'no-runs',
        what: `there is no finished run of "${arm.name}"`,
        where: ledger.file,
        remedy: 'Leave out --recorded to run it; where a search starved, its message above says why.',
      });
    }
    read.push({ name: arm.name, runs });
  }
  return read;
}

/** Scores of networks that were given; of searches, what they found and what their networks are like. */
function defaultMeasures(arms: readonly { readonly runs: readonly RunRecord[] }[], { registries }: PreparedArm) {
  const runs = arms.flatMap((arm) => arm.runs);
  const searched = runs.some(({ candidates }) => candidates > 1);
  const finals = runs.some(({ finalists }) => finalists.length > 0);
  const names = searched ? [...(finals ? ['winner'] : []), 'best', 'median'] : ['score'];
  return names.map((name) => measureNamed(name, registries.metrics));
}

/** Says which runs are missing, and which failed altogether. @returns the exit code */
function noteMissing(
  { seeds }: Comparison,
  arms: readonly { readonly name: string; readonly runs: readonly RunRecord[] }[],
  results: readonly PlannedRun[],
  { terminal }: CommandContext,
): number {
  for (const { name, runs } of arms) {
    const failed = runs.filter(({ trained }) => trained.length === 0);
    if (failed.length > 0) terminal.note(`${name}: ${failed.length} runs without a score: ${failed[0]!.failure ?? ''}`);
  }
  const missing = results.filter(({ finished }) => !finished).length;
  if (missing > 0) terminal.note(`${missing} of ${results.length} runs are not there; seeds shown: ${seeds.length}.`);
  return missing > 0 ? 1 : 0;
}

function listOf(given: string | readonly string[]): readonly string[] {
  return [given].flat();
}

/** "10" is 1 to 10, "21-40" is what it says. @throws HqnasError `invalid-argument` */
function seedsIn(text: string): readonly number[] {
  const [, from, to] = /^(?:(\d{1,9})-)?(\d{1,9})$/.exec(text) ?? [];
  const first = Number(from ?? 1);
  const last = Number(to ?? 0);
  if (to !== undefined && last >= first && last - first < 10_000)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  throw new HqnasError({
    code: 'invalid-argument',
    what: '--seeds has a wrong value',
    expected: 'a number of seeds such as 20, or a range such as 21-40',
    got: text,
  });
}
