import { totalmem } from 'node:os';
import type { Evaluator } from '../training/evaluator.js';
import type { WorkerLimits, WorkerStart } from './workers/attempt.js';
import { createProcessBackend } from './workers/process-backend.js';
import { createRetryingEvaluator } from './workers/retrying-evaluator.js';
import { createThreadBackend } from './workers/thread-backend.js';

/** Where and within which bounds candidates are evaluated. Changes no result of a candidate that stays within them. */
export interface WorkerSettings extends WorkerLimits {
  /** `threads` start quickly; `processes` survive native code that crashes, and all their memory is limited. */
  readonly kind: 'threads' | 'processes';
  /** Further attempts at a candidate whose worker was lost. */
  readonly retries: number;
}

export interface WorkerPoolOptions extends Partial<{ [K in keyof WorkerSettings]: WorkerSettings[K] | undefined }> {
  readonly count: number;
  readonly start: WorkerStart;
  /** Takes what workers print; by default it goes to stderr. */
  readonly print?: (text: string) => void;
  /** File URL of what a worker runs, where it is not that of this package. */
  readonly shell?: string;
}

const shells = { threads: 'thread-entry.cjs', processes: 'process-shell.js' } as const;

/** An hour for a candidate, the machine's memory but a fifth shared among the workers, one retry. */
function defaultWorkerSettings(count: number): WorkerSettings {
  const share = Math.floor((totalmem() * 0.8) / 2 ** 20 / Math.max(1, count));
  return { kind: 'threads', timeout: 3600, memory: Math.max(256, share), retries: 1 };
}

/**
 * Evaluates in worker threads or processes. A worker that crashes, hangs or takes too much memory costs one attempt of the
 * one candidate that it was at; an aborted evaluation ends its worker at once. A fresh worker takes its place.
 * @throws HqnasError `workers-unusable` out of `evaluate`, when workers cannot load what they need
 */
export function createWorkerPool({ count, start, print, shell, ...given }: WorkerPoolOptions): Evaluator {
  const settings = { ...defaultWorkerSettings(count), ...definedOf(given) };
  const { kind, retries } = settings;
  const options = {
    count,
    start,
    limits: settings,
    print: print ?? ((text: string): void => void process.stderr.write(text)),
    shell: shell ?? new URL(`./workers/${shells[kind]}`, import.meta.url).href,
  };
  return createRetryingEvaluator(
    kind === 'threads' ? createThreadBackend(options) : createProcessBackend(options),
    retries,
  );
}

function definedOf(settings: object): Partial<WorkerSettings> {
  // Only members of WorkerPoolOptions are given.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
