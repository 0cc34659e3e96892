import { isHqnasError, type ErrorFacts } from '../../errors.js';
import type { Candidate, Evaluation, WorkerCrash } from '../../training/evaluator.js';
import type { CurvePoint } from '../../training/trainer.js';

/** What came of handing one candidate to one worker. */
export type Attempt =
  | { readonly type: 'answered'; readonly evaluation: Evaluation }
  /** The worker ended. `started` is false where that was before it had taken the candidate up. */
  | { readonly type: 'crashed'; readonly started: boolean; readonly crash: WorkerCrash; readonly seconds: number }
  /** The worker says that it cannot work: a plugin does not load there. */
  | { readonly type: 'unusable'; readonly message: string }
  /** The worker cannot go on, whatever the candidate: a full disk, a weight that is gone. */
  | { readonly type: 'stopped'; readonly problem: WorkerProblem };

/** What a worker says of a coded error; plain JSON. */
export type WorkerProblem = Omit<ErrorFacts, 'cause'>;

/** The facts of a coded error that an evaluator rejects with. @throws the error where it has no code */
export function problemOf(error: unknown): WorkerProblem {
  if (!isHqnasError(error)) throw error;
  const { cause: _cause, ...problem } = error.facts;
  return problem;
}

export interface AttemptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (point: CurvePoint) => void;
}

/** Workers of one kind. One that ends is replaced by itself. */
export interface WorkerBackend {
  /** @throws the signal's reason, when it aborts: the worker is ended */
  attempt(candidate: Candidate, options: AttemptOptions): Promise<Attempt>;
  close(): Promise<void>;
}

/** What a worker needs to begin: a module that exports `createWorker`, and plain data for it. */
export interface WorkerStart {
  /** URL of a {@link WorkerModule}. */
  readonly module: string;
  readonly data: unknown;
}

/** What the module of a worker exports. */
export interface WorkerModule {
  /** @param number of this worker, for profiles */
  createWorker(data: unknown, number: number): Promise<WorkerEvaluator>;
}

/** The part of an evaluator that a worker needs. */
export interface WorkerEvaluator {
  evaluate(candidate: Candidate, options?: { onProgress?: (point: CurvePoint) => void }): Promise<Evaluation>;
}

/** Limits of one worker. */
export interface WorkerLimits {
  /** Seconds that one attempt at a candidate may take. */
  readonly timeout: number;
  /**
   * Megabytes (2^20 bytes) of memory. Child processes: everything; threads: what JavaScript objects take, without typed
   * arrays and WebAssembly memories, which a thread shares with its process.
   */
  readonly memory: number;
}

/** Milliseconds until a worker must have loaded its plugins. */
export const startDeadline = 120_000;

/** How a worker ended, in words that do not depend on the kind of worker, the machine or the moment. */
export const endings = {
  exited: (code: number): string => `the worker ended with exit code ${code}`,
  killed: (signal: string): string => `the worker was killed (${signal})`,
  threw: (message: string): string => `the worker ended: ${message}`,
  timedOut: ({ timeout }: WorkerLimits): string => `no result after ${timeout} s`,
  outOfMemory: ({ memory }: WorkerLimits): string => `more than ${memory} MB of memory were needed`,
  lateStart: `a worker was not ready after ${startDeadline / 1000} s`,
};
