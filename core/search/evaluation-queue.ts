import { messageOf, isHqnasError } from '../errors.js';
import type { Candidate, Evaluation, Evaluator } from '../training/evaluator.js';
import { isCandidateFailure } from '../training/failure.js';
import { nonFiniteIn } from '../training/non-finite.js';
import { objectiveValues, type Objective } from '../training/objective.js';
import type { CurvePoint } from '../training/trainer.js';

/** What became of a candidate that was queued. `abandoned`: the search was interrupted before there was a result. */
export type Settled = Evaluation | 'abandoned';

export interface QueueOptions {
  readonly evaluator: Evaluator;
  /** Evaluations in flight at most. */
  readonly width: number;
  /** Aborts evaluations in flight; those that have not started are then never started. */
  readonly stop: AbortSignal;
  /** Every one must have a value. */
  readonly objectives: readonly Objective[];
  readonly onStart?: (index: number, repeat: number) => void;
  readonly onProgress?: (index: number, repeat: number, point: CurvePoint) => void;
}

export interface EvaluationQueue {
  /**
   * Queues a candidate; starts in the order of calls.
   * @throws HqnasError that the evaluator rejects with: it can evaluate nothing at all, and the search must end
   */
  evaluate(candidate: Candidate): Promise<Settled>;
  /** Starts nothing more; what is in flight goes on. */
  drain(): void;
}

interface Job {
  readonly candidate: Candidate;
  readonly settle: (settled: Settled) => void;
  readonly fail: (error: unknown) => void;
}

/** Evaluates candidates, first come first served, a bounded number at a time. */
export function createEvaluationQueue(options: QueueOptions): EvaluationQueue {
  const { evaluator, width, stop, objectives, onStart, onProgress } = options;
  const waiting: Job[] = [];
  let running = 0;
  let draining = false;

  function startNext(): void {
    while (running < width && !draining) {
      const job = waiting.shift();
      if (job === undefined) return;
      running++;
      void run(job.candidate)
        .then(job.settle, job.fail)
        .finally(() => {
          running--;
          startNext();
        });
    }
  }

  async function run(candidate: Candidate): Promise<Settled> {
    try {
      const { index, repeat = 0 } = candidate;
      onStart?.(index, repeat);
      const progress = (point: CurvePoint): void => onProgress?.(index, repeat, point);
      const evaluation = await orAborted(evaluator.evaluate(candidate, { signal: stop, onProgress: progress }), stop);
      return evaluation === undefined ? 'abandoned' : checked(evaluation, objectives);
    } catch (error) {
      if (stop.aborted) return 'abandoned';
      if (isHqnasError(error)) throw error;
      return failed(error);
    }
  }

  function drain(): void {
    draining = true;
    for (const { settle } of waiting.splice(0)) settle('abandoned');
  }
  if (stop.aborted) drain();
  else stop.addEventListener('abort', drain, { once: true });

  return {
    evaluate: (candidate) =>
      new Promise((settle, fail) => {
        if (draining) {
          settle('abandoned');
          return;
        }
        waiting.push({ candidate, settle, fail });
        startNext();
      }),
    drain,
  };
}

/** The promise's value, or undefined as soon as the signal aborts: an evaluator that ignores the signal holds nothing up. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      resolve(undefined);
    };
    signal.addEventListener('abort', abandon, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abandon);
    });
  });
}

/** What holds a NaN is a failure: it could be neither stored nor compared. A worker process sends null instead. */
function checked(evaluation: Evaluation, objectives: readonly Objective[]): Evaluation {
  if (!evaluation.ok) return evaluation;
  const { run, ...training } = evaluation;
  const place = Number.isFinite(training.score) ? nonFiniteIn(training) : 'the score is no number';
  if (place !== undefined) {
    return { ok: false, reason: { stage: 'score', code: 'non-finite-score', message: place }, run };
  }
  const missing = objectiveValues(objectives, evaluation).findIndex((value) => !Number.isFinite(value));
  if (missing < 0) return evaluation;
  const message = `the metric "${objectives[missing]!.id}" has no value for this candidate`;
  return { ok: false, reason: { stage: 'score', code: 'no-objective', message }, run };
}

function failed(error: unknown): Evaluation {
  const code = isCandidateFailure(error) ? error.reason.code : 'evaluator-failed';
  return {
    ok: false,
    reason: { stage: 'worker', code, message: messageOf(error) },
    run: { worker: 0, seconds: 0, phases: {} },
  };
}
