import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { ModelCounts } from '../model/model.js';
import type { FailureReason } from './failure.js';
import type { CurvePoint } from './trainer.js';

/** What is sent to be evaluated; plain JSON. */
export interface Candidate {
  readonly index: number;
  readonly genome: Genome;
  /** 0 for the first evaluation of this candidate number. */
  readonly attempt: number;
}

/** How a score was made: it never travels without. */
export interface Score {
  readonly policy: 'greedy' | 'stochastic';
  /** Undiscounted return of each episode, in seed order. */
  readonly returns: readonly number[];
  readonly mean: number;
  /** Sample standard deviation over episodes (0 for one). */
  readonly deviation: number;
  /** Environment seeds of the episodes: held out, training never sees them. */
  readonly seeds: readonly number[];
}

/** Result of one training and its scoring; plain JSON, no NaN, equal for equal (config, candidate). */
export type Evaluation =
  | {
      readonly ok: true;
      /** The objective's value; higher is better. */
      readonly score: number;
      /** Every registered metric by id. */
      readonly metrics: Readonly<Record<string, number>>;
      readonly scores: readonly Score[];
      readonly counts: ModelCounts;
      readonly steps: number;
      readonly episodes: number;
      readonly curve: readonly CurvePoint[];
      /** SHA-256 over the final parameters, little-endian float32. */
      readonly parametersHash: string;
      /** Backend and anything else that could move results ("wasm", "wasm relaxed"). */
      readonly conditions: JsonObject;
      readonly run: EvaluationRun;
    }
  | { readonly ok: false; readonly reason: FailureReason; readonly run: EvaluationRun };

/** What depends on clock and machine, never on the result. Seconds. */
export interface EvaluationRun {
  readonly worker: number;
  readonly seconds: number;
  readonly phases: Readonly<Record<string, number>>;
  /** Workers that were lost on the way to this result, first to last. */
  readonly crashes?: readonly WorkerCrash[];
}

/** The end of a worker at its work. */
export interface WorkerCrash {
  readonly code: 'worker-crashed' | 'worker-timed-out' | 'worker-out-of-memory';
  readonly message: string;
  /** The last that it printed. */
  readonly output: string;
}

/** Turns candidates into evaluations: in this thread, in a worker thread, or elsewhere. A failure is an outcome, not an exception. */
export interface Evaluator {
  /**
   * @param signal aborts the evaluation: the promise then rejects with the signal's reason
   * @throws HqnasError where no candidate at all can be evaluated; the search ends with it
   */
  evaluate(
    candidate: Candidate,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (point: CurvePoint) => void },
  ): Promise<Evaluation>;
  close(): Promise<void>;
}
