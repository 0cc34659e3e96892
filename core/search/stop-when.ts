/**
 * Why a search ended for good: its budget of candidates was used up, the strategy had nothing more to propose (that was
 * not seen before, where duplicates are rejected), or a condition held.
 */
export type EndReason = 'budget' | 'exhausted' | 'score-reached' | 'no-improvement' | 'wall-time';

/** Conditions that end a search before its budget is used up; looked at whenever a result is told. */
export interface StopWhen {
  /** A candidate trained with the whole budget ranks at least so high; higher is better. */
  readonly score?: number | undefined;
  /** So many candidates in a row ranked no higher than the best before them. */
  readonly noImprovement?: number | undefined;
  /** So many seconds of search. Where it ends a search depends on the machine; nothing before does. */
  readonly seconds?: number | undefined;
}

/** Watches results as they are told. */
export interface StopWatch {
  /** Whether a result can end the search before its budget is used up. */
  readonly mayEnd: boolean;
  /**
   * @param rank of the candidate; undefined where it failed, or was trained with a share of the budget only
   * @param replayed it stood in the ledger: time does not count
   * @returns why the search is over
   */
  told(rank: number | undefined, replayed: boolean): EndReason | undefined;
}

/** @param seconds of search so far, those of earlier runs included */
export function createStopWatch(conditions: StopWhen, seconds: () => number): StopWatch {
  let best: number | undefined;
  let since = 0;
  return {
    mayEnd: Object.values(conditions).some((condition) => condition !== undefined),
    told(rank, replayed) {
      since++;
      if (rank !== undefined && (best === undefined || rank > best)) {
        best = rank;
        since = 0;
      }
      if (conditions.score !== undefined && best !== undefined && best >= conditions.score) return 'score-reached';
      if (conditions.noImprovement !== undefined && since >= conditions.noImprovement) return 'no-improvement';
      if (conditions.seconds !== undefined && !replayed && seconds() >= conditions.seconds) return 'wall-time';
      return undefined;
    },
  };
}
