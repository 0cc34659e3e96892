import type { ExperimentConfig } from '../core/experiment/config/config.js';
import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { formatDuration, formatScore } from '../core/experiment/report/format.js';
import { rehearse } from '../core/experiment/start-search.js';
import type { ExperimentHeader } from '../core/experiment/ledger.js';
import { canonicalJson } from '../core/json.js';
import { systemClock } from '../core/node/system-clock.js';
import type { SqliteLedger } from '../core/node/sqlite-ledger.js';
import type { PreparedArm } from './comparison-arms.js';
import { resolveLoaded } from './open-experiment.js';
import { runLoaded } from './run-loaded.js';
import type { Terminal } from './terminal.js';

/** One experiment of a comparison. */
export interface PlannedRun {
  readonly arm: PreparedArm;
  readonly seed: number;
  /** An experiment of the ledger that it is, or goes on with. */
  readonly experiment: string | undefined;
  readonly finished: boolean;
}

/**
 * Every arm with every seed, and what the ledger holds of it: an experiment with the same config but for its name, made
 * with the same versions.
 * @throws HqnasError what checking a config throws
 */
export async function planRuns(
  arms: readonly PreparedArm[],
  seeds: readonly number[],
  ledger: SqliteLedger,
): Promise<readonly PlannedRun[]> {
  const known = new Map<string, { readonly experiment: string; readonly finished: boolean }>();
  for (const { header, status } of await ledger.summaries()) {
    const key = keyOf(header.config, header.versions);
    const finished = status === 'finished';
    if (finished || known.get(key)?.finished !== true) known.set(key, { experiment: header.id, finished });
  }
  return seeds.flatMap((seed) =>
    arms.map((arm) => {
      const config = resolveLoaded(arm.loaded, { seed })(arm.registries);
      if (seed === seeds[0]) rehearse(config, arm.registries);
      const found = known.get(keyOf(config, arm.loaded.versions));
      return { arm, seed, experiment: found?.experiment, finished: found?.finished ?? false };
    }),
  );
}

function keyOf(config: ExperimentConfig | ExperimentHeader['config'], versions: ExperimentHeader['versions']): string {
  return canonicalJson([{ ...config, name: '' }, versions]);
}

export interface RunsOptions {
  readonly ledger: SqliteLedger;
  /** Experiments at a time, each with one worker; 0 = one in this thread. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/**
 * Runs what is not finished yet, all arms of one seed before the next seed.
 * @returns runs as they are then; those that were interrupted, or starved, are not finished
 */
export async function runPlanned(planned: readonly PlannedRun[], options: RunsOptions): Promise<readonly PlannedRun[]> {
  const { ledger, workers, signal, terminal } = options;
  const results = [...planned];
  const open = planned.flatMap(({ finished }, place) => (finished ? [] : [place]));
  const total = open.length;
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const began = systemClock.seconds();
  let done = 0;
  const work = async (): Promise<void> => {
    for (let place = open.shift(); place !== undefined && !stop.aborted; place = open.shift()) {
      const { arm, seed, experiment } = planned[place]!;
      const overrides = { seed, workers: Math.min(1, workers) };
      const state = await runLoaded(arm.loaded, ledger, { overrides, resume: experiment, signal: stop });
      const finished = state.status === 'finished';
      results[place] = { arm, seed, experiment: state.header.id, finished };
      if (finished) done++;
      const spent = systemClock.seconds() - began;
      const left =
        done === 0 || done === total ? '' : `, about ${formatDuration((spent / done) * (total - done))} left`;
      terminal.note(`${done}/${total}  ${arm.name}, seed ${seed}: ${resultText(state)}${left}`);
    }
  };
  const workersAtWork = Array.from({ length: Math.max(1, workers) }, () =>
    work().catch((error: unknown) => {
      failure.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workersAtWork);
  await Promise.all(workersAtWork);
  return results;
}

function resultText({ best, failures, problem, status }: ExperimentState): string {
  if (problem !== undefined) return problem.message;
  if (status !== 'finished') return status;
  return best === undefined ? `failed: ${failures[0]?.reason.message ?? 'no candidate'}` : formatScore(best.score);
}
