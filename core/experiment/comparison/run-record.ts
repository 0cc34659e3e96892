import type { Objective } from '../../training/objective.js';
import { towards } from '../../training/objective.js';
import type { FinalistRow, NetworkKind } from '../experiment-state.js';
import { HistoryFold } from '../fold.js';
import { kindOf } from '../leaderboard.js';
import type { Entry } from '../ledger.js';

/** One candidate that was trained. */
export interface TrainedNetwork {
  readonly kind: NetworkKind;
  /** In the direction of the objective's metric: where it says so, less is better. */
  readonly score: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** What is compared of one run of an experiment. */
export interface RunRecord {
  readonly id: string;
  readonly seed: number;
  readonly objective: Objective;
  readonly candidates: number;
  /** Candidates without a score. */
  readonly failed: number;
  /** Why the first of them failed. */
  readonly failure: string | undefined;
  /** Networks that were thrown away on the way to candidates. */
  readonly refused: number;
  /** Candidates with the largest share of the training budget; scores that were taken over do not count. */
  readonly trained: readonly TrainedNetwork[];
  /** In the order of their places. */
  readonly finalists: readonly FinalistRow[];
}

/** Reads the history of one run. */
export async function readRun(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<RunRecord> {
  const fold = new HistoryFold();
  const outcomes: (Omit<TrainedNetwork, 'score'> & { readonly height: number; readonly fidelity: number })[] = [];
  for await (const entry of entries) {
    fold.add(entry);
    if (entry.type !== 'candidate' || !entry.outcome.ok || entry.outcome.reusedFrom !== undefined) continue;
    const { outcome, fidelity = 1 } = entry;
    outcomes.push({ kind: kindOf(outcome), height: outcome.score, metrics: outcome.metrics, fidelity });
  }
  const state = fold.state();
  const objective = state.objectives[0]!;
  const most = outcomes.reduce((largest, { fidelity }) => Math.max(largest, fidelity), 0);
  return {
    id: state.header.id,
    seed: state.header.seed,
    objective,
    candidates: state.candidates,
    failed: state.failed,
    failure: state.failures[0]?.reason.message,
    refused: state.refusals.reduce((sum, { count }) => sum + count, 0),
    trained: outcomes
      .filter(({ fidelity }) => fidelity === most)
      .map(({ kind, height, metrics }) => ({ kind, score: towards(objective, height), metrics })),
    finalists: state.finalists,
  };
}
