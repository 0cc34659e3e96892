import { createRng } from '../random.js';
import { towards } from '../training/objective.js';
import type { ExperimentState } from './experiment-state.js';
import type { ExperimentHeader } from './ledger.js';
import { rankCorrelation, rankCorrelationInterval } from './rank-correlation.js';
import { evaluationOf } from './report/report-notes.js';
import type { Interval } from './resampling.js';

/** How well a number that is known before training foretold the score. */
export interface PredictorRow {
  readonly id: string;
  /** Networks that have both. */
  readonly networks: number;
  /** Spearman's rank correlation with the score; where less of the score is better, with its negative. */
  readonly correlation: number | undefined;
  readonly interval: Interval | undefined;
}

/** What measures are compared with. */
const yardstick = 'score/parameters';

/** Ids of what predicts, the number of parameters first; empty where no measures were asked for. */
export function predictorIds(header: Pick<ExperimentHeader, 'config'>): readonly string[] {
  const measures = evaluationOf(header)?.measures ?? [];
  if (measures.length === 0) return [];
  return [...new Set([yardstick, ...measures.map((given) => (typeof given === 'string' ? given : given.use))])];
}

/** Over the networks with the largest share of the budget, each once, with the mean of its scores. */
export function predictorsOf(state: ExperimentState): PredictorRow[] {
  const { header, leaderboard, measured, objectives } = state;
  const compared = leaderboard.filter(({ fidelity }) => fidelity === leaderboard[0]!.fidelity);
  return predictorIds(header).map((id) => {
    const pairs = compared.flatMap(({ identity, score }): readonly (readonly [number, number])[] => {
      const value = measured.get(identity)?.[id];
      return value === undefined ? [] : [[value, towards(objectives[0]!, score)]];
    });
    const values = pairs.map(([value]) => value);
    const scores = pairs.map(([, score]) => score);
    return {
      id,
      networks: pairs.length,
      correlation: rankCorrelation(values, scores),
      interval: rankCorrelationInterval(values, scores, createRng(header.seed).fork('predictors')),
    };
  });
}
