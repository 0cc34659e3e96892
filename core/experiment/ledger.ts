import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { EndReason } from '../search/stop-when.js';
import type { Origin } from '../search/strategy.js';
import type { Evaluation, EvaluationRun } from '../training/evaluator.js';
import type { FailureReason, Spent } from '../training/failure.js';
import type { Objective } from '../training/objective.js';

/** What was asked for: fixed for the life of the experiment. */
export interface ExperimentHeader {
  readonly id: string;
  readonly name: string;
  /** The config with every default filled in. */
  readonly config: JsonObject;
  readonly seed: number;
  /** Of hqnas, the compiler, and every plugin by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Ids of everything registered, by kind: a plugin that is missing later is noticed. */
  readonly registered: Readonly<Record<string, readonly string[]>>;
  /** What the search improves; the first belongs to `score`. */
  readonly objectives?: readonly Objective[];
}

/** Result of candidate `index`, without what depends on clock and machine. */
export type Outcome =
  | ({
      readonly ok: true;
      /** Candidate whose score was taken over, when nothing was trained. */ readonly reusedFrom?: number;
    } & Omit<Extract<Evaluation, { ok: true }>, 'ok' | 'run'>)
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      /** Of a training that was stopped early: the reason has the code `pruned`. */ readonly spent?: Spent;
    };

/**
 * One line of history. Everything that depends on clock, machine, worker count or ledger stands in `run`: without it,
 * equal config and seed give equal entries, byte for byte.
 */
export type Entry =
  | {
      readonly type: 'started';
      readonly header: Omit<ExperimentHeader, 'id'>;
      readonly run: {
        readonly id: string;
        readonly time: string;
        readonly workers: number;
        readonly machine: JsonObject;
      };
    }
  | {
      readonly type: 'candidate';
      readonly index: number;
      /** Undefined when proposing failed. */
      readonly genome?: Genome;
      readonly dna?: string;
      /** Identity hash: equal for genomes that are the same network. */
      readonly identity?: string;
      readonly origin?: Origin;
      /** What was thrown away on the way to this candidate, by "mutation: rule"; the rule `seen-before` rejects duplicates. */
      readonly refused?: Readonly<Record<string, number>>;
      /** Share of the training budget, where it was not all of it. */
      readonly fidelity?: number;
      /** Candidate whose training this one takes further. */
      readonly continues?: number;
      readonly inherits?: number;
      readonly outcome: Outcome;
      readonly run: { readonly time: string } & Partial<EvaluationRun>;
    }
  /** The search is over, its finalists come next; without finalists `finished` follows the last candidate. */
  | {
      readonly type: 'searched';
      readonly reason: EndReason;
      readonly run: { readonly time: string; readonly seconds: number };
    }
  /** One more training of a network that did well, with seeds that the search never used. */
  | {
      readonly type: 'finalist';
      /** The candidate that was first trained as this network. */
      readonly candidate: number;
      /** Number of this training, from 0. With `candidate` it is unique. */
      readonly repeat: number;
      readonly outcome: Outcome;
      readonly run: { readonly time: string } & Partial<EvaluationRun>;
    }
  /** From here on the experiment has more candidates in total. Its strategy still plans with the total of the start. */
  | { readonly type: 'extended'; readonly candidates: number; readonly run: { readonly time: string } }
  /** From here on it goes on with other versions: what comes after need not fit what came before. */
  | {
      readonly type: 'forced';
      readonly versions: Readonly<Record<string, string>>;
      readonly run: { readonly time: string };
    }
  | {
      readonly type: 'finished';
      readonly reason: EndReason;
      readonly run: { readonly time: string; readonly seconds: number };
    }
  | {
      readonly type: 'interrupted';
      /** Why, where it was not a person who stopped it. */
      readonly problem?: { readonly code: string; readonly message: string };
      readonly run: { readonly time: string; readonly seconds: number };
    };

export type CandidateEntry = Extract<Entry, { type: 'candidate' }>;

/** An experiment at a glance. */
export interface ExperimentSummary {
  readonly header: ExperimentHeader;
  readonly startedAt: string;
  readonly status: 'unfinished' | 'finished' | 'interrupted';
  /** Candidates with a result. */
  readonly candidates: number;
  /** The trained candidate with the highest score; the earlier of equal ones. */
  readonly best: { readonly candidate: number; readonly score: number; readonly dna: string | undefined } | undefined;
}

/** Append-only store of experiments. Entries come back in the order of appending; an acknowledged entry survives a crash. */
export interface Ledger {
  append(id: string, entry: Entry): Promise<void>;
  /** Appends several entries at once, which may cost as much as one: all of them, or none. */
  appendAll(id: string, entries: readonly Entry[]): Promise<void>;
  /** One candidate's entry, without reading the rest; undefined where it has none. */
  candidate(id: string, index: number): Promise<CandidateEntry | undefined>;
  /**
   * @param from leaves out so many entries, for a reader that has them already
   * @throws HqnasError `unknown-experiment`, `ledger-unreadable`
   */
  read(id: string, from?: number): AsyncIterable<Entry>;
  /** What a list shows of every experiment, oldest first, without reading their histories. */
  summaries(): Promise<readonly ExperimentSummary[]>;
  /** Headers of all experiments, oldest first. */
  list(): Promise<readonly ExperimentHeader[]>;
  close(): Promise<void>;
}
