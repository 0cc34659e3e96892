import type { ExperimentState } from '../core/experiment/fold.js';
import type { JsonObject } from '../core/json.js';

/** What `--json` prints of an experiment: its id, and the numbers of its summary. */
export function summaryJson(state: ExperimentState, extra: JsonObject = {}): JsonObject {
  const { header, best } = state;
  const kind = (name: 'classical' | 'hybrid'): JsonObject => {
    const { trained, unique, best: most, median, mean } = state.kinds[name];
    return { trained, unique, best: most ?? null, median: median ?? null, mean: mean ?? null };
  };
  return {
    id: header.id,
    name: header.name,
    seed: header.seed,
    status: state.status,
    seconds: state.seconds ?? null,
    candidates: state.candidates,
    trained: state.trained,
    reused: state.reused,
    failed: state.failed,
    steps: state.steps,
    best: best === undefined ? null : { candidate: best.index, score: best.score, dna: best.dna, kind: best.kind },
    classical: kind('classical'),
    hybrid: kind('hybrid'),
    leaderboard: state.leaderboard.slice(0, 10).map((row) => ({
      rank: row.rank,
      dna: row.dna,
      score: row.score,
      evaluations: row.evaluations,
      parameters: row.parameters,
      qubits: row.qubits,
    })),
    ...extra,
  };
}
