import type { Genome } from '../genome/genome.js';
import type { EvaluationRun, Evaluator } from '../training/evaluator.js';
import type { Objective } from '../training/objective.js';
import { createEvaluationQueue, type Settled } from './evaluation-queue.js';
import type { CandidateOutcome } from './run-search.js';

/** A network that did well in the search. */
export interface Finalist {
  /** Number of the candidate that was first trained as this network. */
  readonly candidate: number;
  readonly genome: Genome;
}

export interface FinalTraining {
  readonly candidate: number;
  /** Number of this training of the network, from 0. */
  readonly repeat: number;
  readonly outcome: CandidateOutcome;
  readonly run: EvaluationRun;
}

export interface FinalistsOptions {
  readonly finalists: readonly Finalist[];
  /** Trainings of each. */
  readonly repeats: number;
  /** Episodes per score and training. */
  readonly episodes: number;
  readonly objectives: readonly Objective[];
  readonly evaluator: Evaluator;
  /** Evaluations at a time; changes no result. */
  readonly workers: number;
  /** Whether the ledger has a training already. */
  known(candidate: number, repeat: number): boolean;
  /** Called in order: finalist by finalist, training by training. */
  append(training: FinalTraining): Promise<void>;
  readonly signal?: AbortSignal;
  /** On abort: `finish` what is being trained and append it, or `abandon` it (default). */
  readonly onAbort?: 'finish' | 'abandon';
}

/**
 * Trains the best networks of a search again, from scratch, and scores them on episodes that nothing was chosen by: the
 * best of many noisy scores is too high, the mean of these is not.
 * @returns whether all trainings are recorded; false after an abort
 * @throws what `append` throws, and HqnasErrors of an evaluator that can evaluate nothing at all
 */
export async function runFinalists(options: FinalistsOptions): Promise<boolean> {
  const { evaluator, workers, objectives, signal, episodes } = options;
  const stop = new AbortController();
  const queue = createEvaluationQueue({ evaluator, width: Math.max(1, workers), stop: stop.signal, objectives });
  const interrupt = (): void => {
    if (options.onAbort === 'finish') queue.drain();
    else stop.abort(signal?.reason);
  };
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  const jobs: { readonly candidate: number; readonly repeat: number; readonly settled: Promise<Settled> }[] = [];
  for (const { candidate, genome } of options.finalists) {
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      if (options.known(candidate, repeat)) continue;
      const settled = queue.evaluate({ index: candidate, genome, attempt: 0, repeat, finalEpisodes: episodes });
      // Each is awaited in its turn; an earlier one may end all before.
      settled.catch(() => undefined);
      jobs.push({ candidate, repeat, settled });
    }
  }
  try {
    for (const { candidate, repeat, settled } of jobs) {
      const evaluation = await settled;
      if (evaluation === 'abandoned') return false;
      const { run, ...outcome } = evaluation;
      await options.append({ candidate, repeat, outcome, run });
    }
    return true;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    stop.abort();
  }
}
