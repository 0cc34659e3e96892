import type { Genome } from '../genome/genome.js';
import type { Evaluation, EvaluationRun } from '../training/evaluator.js';
import type { FailureReason, Spent } from '../training/failure.js';
import type { Origin } from './strategy.js';

/** What a candidate came to: an evaluation without what depends on clock and machine. */
export type CandidateOutcome =
  | ({ readonly ok: true; /** Candidate whose score was taken over. */ readonly reusedFrom?: number } & Omit<
      Extract<Evaluation, { ok: true }>,
      'ok' | 'run'
    >)
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      /** Of a training that was stopped early. */ readonly spent?: Spent;
    };

/** A candidate as proposed. All but index and refusals is undefined when proposing failed. */
export interface Proposed {
  readonly index: number;
  readonly genome?: Genome;
  readonly dna?: string;
  readonly identity?: string;
  readonly origin?: Origin;
  /** Share of the training budget, where it is not all of it. */
  readonly fidelity?: number;
  /** Candidate whose training this one takes further. */
  readonly continues?: number;
  /** Candidate whose trained weights this one began with. */
  readonly inherits?: number;
  /** What was thrown away on the way to it, by "mutation: rule"; the rule `seen-before` rejects duplicates. */
  readonly refused?: Readonly<Record<string, number>>;
}

/** A candidate with its outcome, as it goes into the ledger. `run` is undefined where nothing was evaluated. */
export interface Committed extends Proposed {
  readonly outcome: CandidateOutcome;
  readonly run: EvaluationRun | undefined;
}

/** What a search takes from its ledger. */
export interface Known extends Pick<Committed, 'genome' | 'outcome'> {
  readonly run?: Partial<EvaluationRun> | undefined;
}
