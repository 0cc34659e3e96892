import type { Genome } from '../genome/genome.js';
import type { EndReason } from '../search/stop-when.js';
import type { Origin } from '../search/strategy.js';
import type { FailureReason } from '../training/failure.js';
import type { Objective } from '../training/objective.js';
import type { ExperimentHeader, Outcome } from './ledger.js';

/** The outcome of a candidate that has a score. */
export type Success = Extract<Outcome, { ok: true }>;
/** `hybrid`: with at least one quantum layer. */
export type NetworkKind = 'classical' | 'hybrid';

/** One scored candidate. Scores have the sign of their metric here and in all that follows: where it says so, less is better. */
export interface ScoredCandidate {
  readonly index: number;
  readonly dna: string;
  readonly identity: string;
  readonly origin: Origin;
  readonly kind: NetworkKind;
  readonly score: number;
  /** Share of the training budget. */
  readonly fidelity: number;
  /** Candidate whose score it took over. */
  readonly reusedFrom: number | undefined;
  /** Best score among candidates 0 .. index that had the largest share of the budget until then. */
  readonly bestSoFar: number;
}

/** The best candidate, with everything that was recorded of it. */
export interface BestCandidate extends ScoredCandidate {
  readonly genome: Genome;
  readonly outcome: Success;
}

/**
 * One network of the leaderboard, with every time it was trained with the largest share of the budget that it ever had: from
 * scratch, or from inherited weights.
 */
export interface LeaderboardRow {
  readonly rank: number;
  readonly dna: string;
  readonly identity: string;
  /** Whether these trainings began with weights of other networks. */
  readonly inherited: boolean;
  readonly kind: NetworkKind;
  readonly parameters: number;
  readonly qubits: number;
  readonly fidelity: number;
  /** Mean over its trainings. */
  readonly score: number;
  /** What it ranks by: the score, or its lower confidence bound (an upper one where less is better). */
  readonly rankedBy: number;
  /** Means of all objectives; the first is the score. */
  readonly objectives: readonly number[];
  /** Sample standard deviation over the episodes of its first evaluation. */
  readonly episodeDeviation: number;
  /** Sample standard deviation over its trainings; undefined for one. */
  readonly trainingDeviation: number | undefined;
  /** Trainings; taken-over scores do not count. */
  readonly evaluations: number;
  /** How often it was proposed. */
  readonly proposals: number;
  /** The candidate that was trained first. */
  readonly candidate: number;
}

/** A network that was trained again after the search, on seeds of its own. */
export interface FinalistRow {
  /** By the mean of the final trainings; 1 is the winner. */
  readonly place: number;
  /** The candidate that was first trained as this network. */
  readonly candidate: number;
  readonly dna: string;
  readonly kind: NetworkKind;
  readonly parameters: number;
  readonly qubits: number;
  /** Its score in the search. */
  readonly searchScore: number;
  /** Mean over the final trainings; undefined while there is none, or none without a failure. */
  readonly score: number | undefined;
  /** Sample standard deviation over them; undefined for fewer than two. */
  readonly deviation: number | undefined;
  /** Score of each, in order; failed ones are left out. */
  readonly scores: readonly number[];
  /** Numbers of the trainings that are recorded, failed ones included. */
  readonly trained: readonly number[];
  readonly failed: number;
}

/** How all networks of a kind did. */
export interface KindSummary {
  /** Trained candidates, without scores that were taken over. */
  readonly trained: number;
  readonly unique: number;
  readonly best: number | undefined;
  readonly median: number | undefined;
  readonly mean: number | undefined;
}

/** How often a rule refused what a mutation (or "random") made. */
export interface RefusalRow {
  readonly by: string;
  /** `limits`, `expression`, `does not apply`, or the id of a constraint. */
  readonly rule: string;
  readonly count: number;
}

/** What became of the children of a mutation. */
export interface MutationRow {
  readonly by: string;
  readonly tried: number;
  readonly failed: number;
  /** Children of parents with a score, those that failed or were stopped early included. */
  readonly compared: number;
  /** Of these, children that scored better than their best parent. */
  readonly improved: number;
  /** Children that are the same network as one before. */
  readonly repeated: number;
  /** Proposals that were rejected because they had been seen before. */
  readonly rejected: number;
}

/** Failures with the same reason. */
export interface FailureRow {
  readonly reason: FailureReason;
  readonly count: number;
  readonly firstCandidate: number;
}

/** What several objectives came to. */
export interface ParetoSummary {
  /** Networks that no other dominates, in the order of the leaderboard. */
  readonly front: readonly LeaderboardRow[];
  /**
   * Hypervolume of the front after every objective is scaled to [0, 1] between the worst and the best value of the
   * leaderboard, with reference 0: 1 = one network is best in everything. Only comparable within one experiment.
   */
  readonly hypervolume: number;
}

/** Everything that is shown of an experiment: a fold over its entries. */
export interface ExperimentState {
  readonly header: ExperimentHeader;
  /** What the search improves; the first belongs to `score`. */
  readonly objectives: readonly Objective[];
  readonly startedAt: string;
  readonly status: 'unfinished' | 'finished' | 'interrupted';
  /** Why the search ended; undefined while it has not. */
  readonly endReason: EndReason | undefined;
  /** Why it was interrupted, where nobody asked for it. */
  readonly problem: { readonly code: string; readonly message: string } | undefined;
  /** Seconds of all its runs but those that were killed, which leave no record; undefined while unfinished. */
  readonly seconds: number | undefined;
  readonly candidates: number;
  /** Candidates that were trained, once or several times. */
  readonly trained: number;
  readonly reused: number;
  /** Trainings that were stopped early because their curves were too low. */
  readonly pruned: number;
  readonly failed: number;
  /** Proposals that were rejected because they had been seen before. */
  readonly rejected: number;
  /** Of all trainings, those of finalists and those that were stopped early included. */
  readonly steps: number;
  /** The candidate with the best score observed: chosen for being high, so the score is likely too high. */
  readonly best: BestCandidate | undefined;
  readonly scored: readonly ScoredCandidate[];
  readonly leaderboard: readonly LeaderboardRow[];
  /** By identity: what was known of networks before training, where the config asks for measures. */
  readonly measured: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Undefined for one objective. */
  readonly pareto: ParetoSummary | undefined;
  /** In the order of their places. */
  readonly finalists: readonly FinalistRow[];
  /** The first of the finalists, once all are trained. */
  readonly winner: FinalistRow | undefined;
  readonly kinds: Readonly<Record<NetworkKind, KindSummary>>;
  readonly mutations: readonly MutationRow[];
  /** What moves threw away on the way to candidates, most frequent first. */
  readonly refusals: readonly RefusalRow[];
  readonly failures: readonly FailureRow[];
}
