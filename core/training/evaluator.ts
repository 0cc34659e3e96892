import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { ModelCounts } from '../model/model.js';
import type { ScoreCondition } from './condition.js';
import type { FailureReason, Spent } from './failure.js';
import type { CurveBound } from './curve-watch.js';
import type { CurvePoint } from './trainer.js';

/** What is sent to be evaluated; plain JSON. */
export interface Candidate {
  readonly index: number;
  readonly genome: Genome;
  /** Evaluations of it that were lost with their worker. Never changes a result. */
  readonly attempt: number;
  /** Which of several trainings of this candidate, each with seeds of its own; default 0. */
  readonly repeat?: number;
  /** Share of the training budget, in (0, 1]; default 1. */
  readonly fidelity?: number;
  /**
   * Candidate whose seeds it uses; default its own number. A training that goes on where candidate n was stopped uses the
   * seeds of n: trained from the start it takes the same way, so a stored state only saves time.
   */
  readonly seedsOf?: number;
  /** Artifact with the state of its paused training, to go on from. It saves time and changes no result. */
  readonly paused?: string;
  /** Trained weights to begin with, as far as they fit; not in a final evaluation. */
  readonly inherits?: Inheritance;
  /**
   * Episodes of every score, instead of those of the config: a final evaluation, whose training and episodes use seeds
   * that no other evaluation uses.
   */
  readonly finalEpisodes?: number;
  /** Its training is stopped where its curve is below one of these; the evaluation then fails with the code `pruned`. */
  readonly stopBelow?: readonly CurveBound[];
}

/** Trained weights that a candidate begins with; plain JSON. */
export interface Inheritance {
  /** The network that was trained. */
  readonly genome: Genome;
  /** Artifact with its weights. */
  readonly parametersHash: string;
  /** Environment steps behind these weights: those of its training and of all that it inherited from. */
  readonly steps: number;
}

/** What came of an inheritance: it stands beside the score, which rests on more than the steps of its own training. */
export interface Inherited {
  /** Environment steps of all ancestors. */
  readonly steps: number;
  /** Weights that were taken over, of all that the network has. */
  readonly parameters: number;
}

/** How a score was made: it never travels without. */
export interface Score {
  readonly policy: 'greedy' | 'stochastic';
  /** Conditions that training did not have; left out for the network as it was trained. */
  readonly under?: ScoreCondition;
  /** Undiscounted return of each episode, in seed order. */
  readonly returns: readonly number[];
  readonly mean: number;
  /** Sample standard deviation over episodes (0 for one). */
  readonly deviation: number;
  /** Environment seeds of the episodes: held out, training never sees them. */
  readonly seeds: readonly number[];
}

/** One training and its scoring. */
export interface Training {
  /** The first objective's value, negated where smaller is better: higher is better. */
  readonly score: number;
  /** Every registered metric by id, in its own direction. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly scores: readonly Score[];
  readonly counts: ModelCounts;
  readonly steps: number;
  readonly episodes: number;
  /** Where it began with weights of another network: what it rests on beside its own steps. */
  readonly inherited?: Inherited;
  readonly curve: readonly CurvePoint[];
  /** SHA-256 over the final parameters, little-endian float32. */
  readonly parametersHash: string;
  /** Backend and anything else that could move results ("wasm", "wasm relaxed"). */
  readonly conditions: JsonObject;
}

/** Result of evaluating a candidate; plain JSON, no NaN, equal for equal (config, candidate). */
export type Evaluation =
  | ({
      readonly ok: true;
      /**
       * Every training, where there were several. Beside them stand the means of scores and metrics, the episodes of all
       * together, sums of steps, and curve and parameters of the first.
       */
      readonly repeats?: readonly Training[];
      readonly run: EvaluationRun;
    } & Training)
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      /** Of a training that was stopped early. */
      readonly spent?: Spent;
      readonly run: EvaluationRun;
    };

/** What depends on clock and machine, never on the result. Seconds. */
export interface EvaluationRun {
  readonly worker: number;
  readonly seconds: number;
  readonly phases: Readonly<Record<string, number>>;
  /** Artifacts with the states of its paused trainings, by repeat; null where there is none. */
  readonly paused?: readonly (string | null)[];
  /** It went on where a training was paused, and did not start anew. */
  readonly wentOn?: boolean;
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
