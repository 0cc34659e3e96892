import type { ExperimentState, FinalistRow } from '../core/experiment/experiment-state.js';
import { predictorsOf } from '../core/experiment/predictors.js';
import type { JsonObject } from '../core/json.js';

/** What `--json` prints of an experiment: its id, and the numbers of its summary. */
export function summaryJson(state: ExperimentState, extra: JsonObject = {}): JsonObject {
  const { header, best, winner } = state;
  const kind = (name: 'classical' | 'hybrid'): JsonObject => {
    const { trained, unique, best: most, median, mean } = state.kinds[name];
    return { trained, unique, best: most ?? null, median: median ?? null, mean: mean ?? null };
  };
  return {
    id: header.id,
    name: header.name,
    seed: header.seed,
    status: state.status,
    endReason: state.endReason ?? null,
    problem: state.problem ?? null,
    seconds: state.seconds ?? null,
    candidates: state.candidates,
    trained: state.trained,
    reused: state.reused,
    pruned: state.pruned,
    failed: state.failed,
    rejected: state.rejected,
    steps: state.steps,
    objectives: state.objectives.map(({ id, direction }) => ({ id, direction })),
    winner: winner === undefined ? null : finalistJson(winner),
    best: best === undefined ? null : { candidate: best.index, score: best.score, dna: best.dna, kind: best.kind },
    classical: kind('classical'),
    hybrid: kind('hybrid'),
    leaderboard: state.leaderboard.slice(0, 10).map((row) => ({
      rank: row.rank,
      dna: row.dna,
      score: row.score,
      rankedBy: row.rankedBy,
      deviation: row.trainingDeviation ?? null,
      objectives: row.objectives,
      fidelity: row.fidelity,
      inherited: row.inherited,
      evaluations: row.evaluations,
      parameters: row.parameters,
      qubits: row.qubits,
    })),
    finalists: state.finalists.map(finalistJson),
    predictors: predictorsOf(state).map(({ id, networks, correlation, interval }) => ({
      id,
      networks,
      correlation: correlation ?? null,
      interval: interval === undefined ? null : [interval.low, interval.high],
    })),
    pareto:
      state.pareto === undefined
        ? null
        : {
            hypervolume: state.pareto.hypervolume,
            front: state.pareto.front.map(({ dna, objectives }) => ({ dna, objectives })),
          },
    ...extra,
  };
}

function finalistJson({ place, candidate, dna, kind, ...row }: FinalistRow): JsonObject {
  const { score, deviation, scores, failed, searchScore, parameters, qubits } = row;
  return {
    place,
    candidate,
    dna,
    kind,
    score: score ?? null,
    deviation: deviation ?? null,
    scores,
    failed,
    searchScore,
    parameters,
    qubits,
  };
}
