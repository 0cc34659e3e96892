import type { RankRule } from '../search/network-records.js';
import type { EndReason } from '../search/stop-when.js';
import { isPruned, type FailureReason } from '../training/failure.js';
import { towards, type Objective } from '../training/objective.js';
import { trainingsOf } from '../training/repeats.js';
import type {
  BestCandidate,
  ExperimentState,
  KindSummary,
  MutationRow,
  RefusalRow,
  NetworkKind,
  ScoredCandidate,
} from './experiment-state.js';
import { finalistRows } from './finalists.js';
import { Leaderboard, kindOf, paretoOf } from './leaderboard.js';
import type { CandidateEntry, Entry, ExperimentHeader } from './ledger.js';
import { headerOf } from './memory-ledger.js';
import { objectivesOf } from './objectives.js';
import { predictorIds } from './predictors.js';
import { mean, median } from '../statistics.js';

export type {
  BestCandidate,
  ExperimentState,
  FailureRow,
  FinalistRow,
  KindSummary,
  LeaderboardRow,
  MutationRow,
  NetworkKind,
  ParetoSummary,
  RefusalRow,
  ScoredCandidate,
  Success,
} from './experiment-state.js';

type MutationCounts = { -readonly [K in Exclude<keyof MutationRow, 'by'>]: number };

/** Folds a history, entry by entry. Of a candidate it keeps what its row shows; outcomes stay in the ledger. */
export class HistoryFold {
  #header: ExperimentHeader | undefined;
  #objectives: readonly Objective[] = [];
  #leaderboard = new Leaderboard([], 'mean');
  #startedAt = '';
  #status: ExperimentState['status'] = 'unfinished';
  #endReason: EndReason | undefined;
  #problem: ExperimentState['problem'];
  #seconds = 0;
  #candidates = 0;
  #pruned = 0;
  /** Ids of what predicts scores. */
  #predictors: readonly string[] = [];
  readonly #measured = new Map<string, Record<string, number>>();
  #steps = 0;
  #best: BestCandidate | undefined;
  readonly #scored: ScoredCandidate[] = [];
  /** Higher is better; by candidate. */
  readonly #heights = new Map<number, number>();
  readonly #finalists: Extract<Entry, { type: 'finalist' }>[] = [];
  readonly #mutations = new Map<string, MutationCounts>();
  readonly #refusals = new Map<string, number>();
  readonly #failures = new Map<string, { reason: FailureReason; count: number; firstCandidate: number }>();

  add(entry: Entry): void {
    // Work after an interruption or an end goes on: the experiment was resumed.
    this.#status = 'unfinished';
    this.#problem = undefined;
    switch (entry.type) {
      case 'started':
        this.#header = headerOf(entry);
        this.#startedAt = entry.run.time;
        this.#objectives = objectivesOf(this.#header);
        this.#predictors = predictorIds(this.#header);
        this.#leaderboard = new Leaderboard(this.#objectives, rankRuleOf(this.#header));
        break;
      case 'candidate':
        this.#endReason = undefined;
        this.#addCandidate(entry);
        break;
      case 'searched':
        this.#endReason = entry.reason;
        break;
      case 'finalist':
        this.#addFinalist(entry);
        break;
      case 'finished':
        this.#status = 'finished';
        this.#endReason = entry.reason;
        this.#seconds += entry.run.seconds;
        break;
      case 'interrupted':
        this.#status = 'interrupted';
        this.#problem = entry.problem;
        this.#seconds += entry.run.seconds;
    }
  }

  /** @throws TypeError before the first entry */
  state(): ExperimentState {
    if (this.#header === undefined) throw new TypeError('a history starts with "started"');
    const trained = this.#scored.filter(({ reusedFrom }) => reusedFrom === undefined);
    const leaderboard = this.#leaderboard.rows();
    const finalists = finalistRows(this.#finalists, leaderboard, this.#objectives[0]!);
    const mutations = [...this.#mutations].map(([by, counts]) => ({ by, ...counts }));
    return {
      header: this.#header,
      objectives: this.#objectives,
      startedAt: this.#startedAt,
      status: this.#status,
      endReason: this.#endReason,
      problem: this.#problem,
      seconds: this.#status === 'unfinished' ? undefined : this.#seconds,
      candidates: this.#candidates,
      trained: trained.length,
      reused: this.#scored.length - trained.length,
      pruned: this.#pruned,
      failed: this.#candidates - this.#scored.length - this.#pruned,
      rejected: mutations.reduce((sum, { rejected }) => sum + rejected, 0),
      steps: this.#steps,
      best: this.#best,
      scored: this.#scored,
      leaderboard,
      measured: this.#measured,
      pareto: paretoOf(leaderboard, this.#objectives),
      finalists,
      winner: this.#status === 'finished' && finalists[0]?.score !== undefined ? finalists[0] : undefined,
      kinds: { classical: this.#summaryOf(trained, 'classical'), hybrid: this.#summaryOf(trained, 'hybrid') },
      mutations: mutations.sort((a, b) => b.tried - a.tried),
      refusals: refusalsOf(this.#refusals),
      failures: [...this.#failures.values()].sort((a, b) => b.count - a.count),
    };
  }

  #addCandidate(entry: CandidateEntry): void {
    const { index, origin, outcome, fidelity = 1 } = entry;
    this.#candidates++;
    this.#addRejections(entry);
    const counts = this.#countsOf(origin?.by ?? (outcome.ok ? undefined : outcome.reason.by) ?? 'unknown');
    counts.tried++;
    const parents = origin?.parents.flatMap((parent) => this.#heights.get(parent) ?? []) ?? [];
    if (parents.length > 0) counts.compared++;
    if (!outcome.ok) {
      this.#steps += outcome.spent?.steps ?? 0;
      if (isPruned(outcome.reason)) {
        this.#pruned++;
        return;
      }
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
    if (this.#leaderboard.has(identity)) counts.repeated++;
    if (parents.length > 0 && outcome.score > Math.max(...parents)) counts.improved++;
    const before = this.#scored.at(-1);
    const candidate = {
      index,
      dna,
      identity,
      origin: origin ?? { by: 'unknown', parents: [] },
      kind: kindOf(outcome),
      score: this.#shown(outcome.score),
      fidelity,
      reusedFrom: outcome.reusedFrom,
    };
    const best = this.#best;
    const better =
      best === undefined ||
      fidelity > best.fidelity ||
      (fidelity === best.fidelity && outcome.score > best.outcome.score);
    const scored = { ...candidate, bestSoFar: better || before === undefined ? candidate.score : before.bestSoFar };
    if (better && outcome.reusedFrom === undefined) this.#best = { ...scored, genome: entry.genome, outcome };
    if (outcome.reusedFrom === undefined) this.#steps += outcome.steps;
    this.#scored.push(scored);
    this.#heights.set(index, outcome.score);
    this.#addMeasures(identity, outcome.metrics);
    this.#leaderboard.add(identity, dna, outcome, { index, fidelity });
  }

  /** A network has one number of each measure, whenever it is taken. */
  #addMeasures(identity: string, metrics: Readonly<Record<string, number>>): void {
    if (this.#predictors.length === 0 || this.#measured.has(identity)) return;
    const known = this.#predictors.filter((id) => metrics[id] !== undefined);
    this.#measured.set(identity, Object.fromEntries(known.map((id) => [id, metrics[id]!])));
  }

  #addFinalist(entry: Extract<Entry, { type: 'finalist' }>): void {
    const { outcome } = entry;
    if (outcome.ok) this.#steps += trainingsOf(outcome).reduce((sum, { steps }) => sum + steps, 0);
    // Curves and returns stay in the ledger.
    const slim = outcome.ok ? { ...outcome, curve: [], scores: [] } : outcome;
    this.#finalists.push({ ...entry, outcome: slim });
  }

  #addRejections({ refused = {} }: CandidateEntry): void {
    const rule = ': seen-before';
    for (const [name, count] of Object.entries(refused)) {
      if (name.endsWith(rule)) this.#countsOf(name.slice(0, -rule.length)).rejected += count;
      else this.#refusals.set(name, (this.#refusals.get(name) ?? 0) + count);
    }
  }

  #countsOf(by: string): MutationCounts {
    const known = this.#mutations.get(by);
    if (known !== undefined) return known;
    const counts = { tried: 0, failed: 0, compared: 0, improved: 0, repeated: 0, rejected: 0 };
    this.#mutations.set(by, counts);
    return counts;
  }

  #shown(height: number): number {
    return towards(this.#objectives[0]!, height);
  }

  #summaryOf(trained: readonly ScoredCandidate[], kind: NetworkKind): KindSummary {
    const own = trained.filter((candidate) => candidate.kind === kind);
    const scores = own.map(({ score }) => score);
    const some = scores.length > 0;
    return {
      trained: own.length,
      unique: new Set(own.map(({ identity }) => identity)).size,
      best: some ? this.#shown(scores.reduce((a, b) => Math.max(a, this.#shown(b)), -Infinity)) : undefined,
      median: some ? median(scores) : undefined,
      mean: some ? mean(scores) : undefined,
    };
  }
}

/** Folds a whole history. */
export async function foldHistory(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<ExperimentState> {
  const fold = new HistoryFold();
  for await (const entry of entries) fold.add(entry);
  return fold.state();
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

/** The candidate that a search has found: the winner of the finalists, else the best observed. */
export function foundCandidate({ winner, best, scored }: ExperimentState): ScoredCandidate | undefined {
  return scored.find(({ index }) => index === winner?.candidate) ?? best;
}

function rankRuleOf({ config }: ExperimentHeader): RankRule {
  const evaluation = config['evaluation'];
  const rank = typeof evaluation === 'object' && evaluation !== null && 'rank' in evaluation ? evaluation['rank'] : '';
  return rank === 'lower-bound' ? 'lower-bound' : 'mean';
}

/** Names are "mutation: rule". */
function refusalsOf(counts: ReadonlyMap<string, number>): RefusalRow[] {
  const rows = [...counts].map(([name, count]) => {
    const colon = name.indexOf(': ');
    return { by: name.slice(0, colon), rule: name.slice(colon + 2), count };
  });
  return rows.sort((a, b) => b.count - a.count);
}
