import type { Told } from '../../core/search/strategy.js';

/** What a search tells of a candidate: one training, one objective, the full budget, unless said otherwise. */
export function toldOf(result: Pick<Told, 'index' | 'genome' | 'origin' | 'score'> & Partial<Told>): Told {
  const { score } = result;
  return Object.freeze({
    identity: JSON.stringify(result.genome),
    objectives: score === undefined ? undefined : [score],
    metrics: {},
    evaluations: score === undefined ? 0 : 1,
    deviation: undefined,
    fidelity: 1,
    ...result,
  });
}

/** What strategies are told of a plain experiment. */
export const plainContext = { candidates: 1000, objectives: ['score/greedy-mean'] } as const;
