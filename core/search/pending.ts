import type { EvaluationRun } from '../training/evaluator.js';
import type { Asked } from './ask-candidate.js';
import type { CandidateOutcome, Committed } from './proposed.js';

export type Result = { readonly outcome: CandidateOutcome; readonly run: EvaluationRun | undefined } | 'abandoned';

/** A candidate on its way: proposed, its result not yet told. */
export interface Pending {
  readonly asked: Asked;
  /** Its result was in the ledger before. */
  readonly known: boolean;
  readonly settled: Promise<Result>;
  /** What `settled` gave, once it did. */
  result: Result | undefined;
  /** Once it is in the ledger. */
  committed: Committed | undefined;
}

export function createPending(asked: Asked, known: boolean, settled: Promise<Result>): Pending {
  const pending: Pending = { asked, known, settled, result: undefined, committed: undefined };
  settled.then(
    (result) => (pending.result = result),
    // It is awaited in its turn; an earlier candidate may end the search before.
    () => undefined,
  );
  return pending;
}

/**
 * Commits the results that are there, from the first on its way up to the first that is missing or committed already.
 * @param single only the first: what comes after a result that ends the search is not to be in the ledger
 */
export async function commitSettled(
  pending: readonly Pending[],
  single: boolean,
  append: (committed: readonly Committed[]) => Promise<void>,
): Promise<void> {
  const ready: [Pending, Committed][] = [];
  for (const next of single ? pending.slice(0, 1) : pending) {
    const { asked, result, committed } = next;
    if (result === undefined || result === 'abandoned' || committed !== undefined) break;
    ready.push([next, { ...asked.proposed, ...result }]);
  }
  const missing = ready.flatMap(([{ known }, committed]) => (known ? [] : [committed]));
  if (missing.length > 0) await append(missing);
  for (const [next, committed] of ready) next.committed = committed;
}
