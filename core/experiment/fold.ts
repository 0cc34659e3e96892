import type { Genome } from '../genome/genome.js';
import type { Origin } from '../search/strategy.js';
import type { FailureReason } from '../training/failure.js';
import type { Entry, ExperimentHeader, Outcome } from './ledger.js';
import { headerOf } from './memory-ledger.js';
import { mean, median, sampleDeviation } from './statistics.js';

export type Success = Extract<Outcome, { ok: true }>;
export type NetworkKind = 'classical' | 'hybrid';

/** One scored candidate. */
export interface ScoredCandidate {
  readonly index: number;
  readonly dna: string;
  readonly identity: string;
  readonly genome: Genome;
  readonly origin: Origin;
  readonly kind: NetworkKind;
  readonly score: number;
  readonly outcome: Success;
  /** Best score among candidates 0 .. index. */
  readonly bestSoFar: number;
}

/** One network of the leaderboard, with every time it was trained. */
export interface LeaderboardRow {
  readonly rank: number;
  readonly dna: string;
  readonly identity: string;
  readonly kind: NetworkKind;
  readonly parameters: number;
  readonly qubits: number;
  /** Mean over its trainings. */
  readonly score: number;
  /** Sample standard deviation over the episodes of its first training. */
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

export interface KindSummary {
  /** Trainings, without scores that were taken over. */
  readonly trained: number;
  readonly unique: number;
  readonly best: number | undefined;
  readonly median: number | undefined;
  readonly mean: number | undefined;
}

export interface MutationRow {
  readonly by: string;
  readonly tried: number;
  readonly failed: number;
  /** Children that scored above their best parent. */
  readonly improved: number;
  /** Children that are the same network as one before. */
  readonly repeated: number;
}

export interface FailureRow {
  readonly reason: FailureReason;
  readonly count: number;
  readonly firstCandidate: number;
}

/** Everything that is shown of an experiment: a fold over its entries. */
export interface ExperimentState {
  readonly header: ExperimentHeader;
  readonly startedAt: string;
  readonly status: 'unfinished' | 'finished' | 'interrupted';
  /** Seconds of the run that ended it; undefined while unfinished. */
  readonly seconds: number | undefined;
  readonly candidates: number;
  readonly trained: number;
  readonly reused: number;
  readonly failed: number;
  readonly steps: number;
  readonly best: ScoredCandidate | undefined;
  readonly scored: readonly ScoredCandidate[];
  readonly leaderboard: readonly LeaderboardRow[];
  readonly kinds: Readonly<Record<NetworkKind, KindSummary>>;
  readonly mutations: readonly MutationRow[];
  readonly failures: readonly FailureRow[];
}

/** Folds a history, entry by entry. */
export class HistoryFold {
  #header: ExperimentHeader | undefined;
  #startedAt = '';
  #status: ExperimentState['status'] = 'unfinished';
  #seconds: number | undefined;
  #candidates = 0;
  #steps = 0;
  readonly #scored: ScoredCandidate[] = [];
  readonly #scores = new Map<number, number>();
  readonly #networks = new Map<string, ScoredCandidate[]>();
  readonly #mutations = new Map<string, { tried: number; failed: number; improved: number; repeated: number }>();
  readonly #failures = new Map<string, { reason: FailureReason; count: number; firstCandidate: number }>();

  add(entry: Entry): void {
    switch (entry.type) {
      case 'started':
        this.#header = headerOf(entry);
        this.#startedAt = entry.run.time;
        break;
      case 'candidate':
        // Work after an interruption or an end goes on: the experiment was resumed.
        this.#status = 'unfinished';
        this.#seconds = undefined;
        this.#addCandidate(entry);
        break;
      case 'searched':
      case 'finalist':
        this.#status = 'unfinished';
        this.#seconds = undefined;
        break;
      default:
        this.#status = entry.type;
        this.#seconds = entry.run.seconds;
    }
  }

  /** @throws TypeError before the first entry */
  state(): ExperimentState {
    if (this.#header === undefined) throw new TypeError('a history starts with "started"');
    const trained = this.#scored.filter(({ outcome }) => outcome.reusedFrom === undefined);
    const failures = [...this.#failures.values()].sort((a, b) => b.count - a.count);
    return {
      header: this.#header,
      startedAt: this.#startedAt,
      status: this.#status,
      seconds: this.#seconds,
      candidates: this.#candidates,
      trained: trained.length,
      reused: this.#scored.length - trained.length,
      failed: this.#candidates - this.#scored.length,
      steps: this.#steps,
      best: bestOf(trained),
      scored: this.#scored,
      leaderboard: leaderboardOf(this.#networks),
      kinds: { classical: summaryOf(trained, 'classical'), hybrid: summaryOf(trained, 'hybrid') },
      mutations: [...this.#mutations].map(([by, counts]) => ({ by, ...counts })).sort((a, b) => b.tried - a.tried),
      failures,
    };
  }

  #addCandidate(entry: Extract<Entry, { type: 'candidate' }>): void {
    const { index, origin, outcome } = entry;
    this.#candidates++;
    const counts = this.#countsOf(origin?.by ?? (outcome.ok ? undefined : outcome.reason.by) ?? 'unknown');
    counts.tried++;
    if (!outcome.ok) {
      counts.failed++;
      const key = `${outcome.reason.stage} ${outcome.reason.code} ${outcome.reason.message}`;
      const known = this.#failures.get(key);
      if (known === undefined) this.#failures.set(key, { reason: outcome.reason, count: 1, firstCandidate: index });
      else known.count++;
      return;
    }
    if (entry.genome === undefined) return;
    const dna = entry.dna ?? JSON.stringify(entry.genome);
    const identity = entry.identity ?? dna;
    const same = this.#networks.get(identity) ?? [];
    const parents = origin?.parents.flatMap((parent) => this.#scores.get(parent) ?? []) ?? [];
    if (same.length > 0) counts.repeated++;
    if (parents.length > 0 && outcome.score > Math.max(...parents)) counts.improved++;
    const scored: ScoredCandidate = {
      index,
      dna,
      identity,
      genome: entry.genome,
      origin: origin ?? { by: 'unknown', parents: [] },
      kind: outcome.counts.quantumLayers > 0 ? 'hybrid' : 'classical',
      score: outcome.score,
      outcome,
      bestSoFar: Math.max(outcome.score, this.#scored.at(-1)?.bestSoFar ?? -Infinity),
    };
    if (outcome.reusedFrom === undefined) this.#steps += outcome.steps;
    this.#scored.push(scored);
    this.#scores.set(index, outcome.score);
    this.#networks.set(identity, [...same, scored]);
  }

  #countsOf(by: string): { tried: number; failed: number; improved: number; repeated: number } {
    const known = this.#mutations.get(by);
    if (known !== undefined) return known;
    const counts = { tried: 0, failed: 0, improved: 0, repeated: 0 };
    this.#mutations.set(by, counts);
    return counts;
  }
}

/** Folds a whole history. */
export async function foldHistory(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<ExperimentState> {
  const fold = new HistoryFold();
  for await (const entry of entries) fold.add(entry);
  return fold.state();
}

/** The score that decided, among those that were made. */
export function decidingScore(outcome: Success): Success['scores'][number] | undefined {
  return outcome.scores.find(({ mean: value }) => value === outcome.score) ?? outcome.scores[0];
}

/** The candidate and its ancestors by first parent, oldest first. */
export function lineageOf(state: ExperimentState, candidate: ScoredCandidate): readonly ScoredCandidate[] {
  const byIndex = new Map(state.scored.map((scored) => [scored.index, scored]));
  const line: ScoredCandidate[] = [];
  let current: ScoredCandidate | undefined = candidate;
  while (current !== undefined) {
    line.unshift(current);
    const parent: number | undefined = current.origin.parents[0];
    current = parent === undefined || parent >= current.index ? undefined : byIndex.get(parent);
  }
  return line;
}

function bestOf(scored: readonly ScoredCandidate[]): ScoredCandidate | undefined {
  let best: ScoredCandidate | undefined;
  for (const candidate of scored) if (best === undefined || candidate.score > best.score) best = candidate;
  return best;
}

function leaderboardOf(networks: ReadonlyMap<string, readonly ScoredCandidate[]>): LeaderboardRow[] {
  const rows = [...networks.values()].map((candidates) => {
    const trainings = candidates.filter(({ outcome }) => outcome.reusedFrom === undefined);
    const first = trainings[0] ?? candidates[0]!;
    const scores = (trainings.length > 0 ? trainings : [first]).map(({ score }) => score);
    return {
      dna: first.dna,
      identity: first.identity,
      kind: first.kind,
      parameters: first.outcome.counts.parameters,
      qubits: first.outcome.counts.qubits,
      score: mean(scores),
      episodeDeviation: decidingScore(first.outcome)?.deviation ?? 0,
      trainingDeviation: scores.length > 1 ? sampleDeviation(scores) : undefined,
      evaluations: trainings.length,
      proposals: candidates.length,
      candidate: first.index,
    };
  });
  rows.sort((a, b) => b.score - a.score || a.parameters - b.parameters || a.candidate - b.candidate);
  return rows.map((row, i) => ({ rank: i + 1, ...row }));
}

function summaryOf(trained: readonly ScoredCandidate[], kind: NetworkKind): KindSummary {
  const own = trained.filter((candidate) => candidate.kind === kind);
  const scores = own.map(({ score }) => score);
  const some = scores.length > 0;
  return {
    trained: own.length,
    unique: new Set(own.map(({ identity }) => identity)).size,
    best: some ? scores.reduce((a, b) => Math.max(a, b)) : undefined,
    median: some ? median(scores) : undefined,
    mean: some ? mean(scores) : undefined,
  };
}
