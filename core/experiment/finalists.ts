import { towards, type Objective } from '../training/objective.js';
import type { FinalistRow, LeaderboardRow } from './experiment-state.js';
import type { Entry } from './ledger.js';
import { mean, sampleDeviation } from '../statistics.js';

type FinalistEntry = Extract<Entry, { type: 'finalist' }>;

/** Finalists by the mean of their final trainings; those with none come last. Fewer parameters win a tie. */
export function finalistRows(
  entries: readonly FinalistEntry[],
  leaderboard: readonly LeaderboardRow[],
  objective: Objective,
): FinalistRow[] {
  const byCandidate = new Map<number, FinalistEntry[]>();
  for (const entry of entries) byCandidate.set(entry.candidate, [...(byCandidate.get(entry.candidate) ?? []), entry]);
  const rows = leaderboard.flatMap((row) => {
    const own = byCandidate.get(row.candidate);
    if (own === undefined) return [];
    const heights = own.flatMap(({ outcome }) => (outcome.ok ? [outcome.score] : []));
    const scores = heights.map((height) => towards(objective, height));
    const { candidate, dna, kind, parameters, qubits, score: searchScore } = row;
    return [
      {
        candidate,
        dna,
        kind,
        parameters,
        qubits,
        searchScore,
        score: scores.length === 0 ? undefined : mean(scores),
        deviation: scores.length < 2 ? undefined : sampleDeviation(scores),
        scores,
        trained: own.map(({ repeat }) => repeat),
        failed: own.length - scores.length,
        height: heights.length === 0 ? -Infinity : mean(heights),
      },
    ];
  });
  rows.sort((a, b) => compare(b.height, a.height) || a.parameters - b.parameters || a.candidate - b.candidate);
  return rows.map(({ height: _height, ...row }, i) => ({ place: i + 1, ...row }));
}

/** Infinities compare equal to themselves. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
