import { HqnasError } from '../errors.js';
import type { Inheritance } from '../training/evaluator.js';
import { trainingsOf } from '../training/repeats.js';
import type { Known } from './proposed.js';

/**
 * The trained weights of an earlier candidate, for one that begins with them: those of its first training.
 * @param told results that the search was told: only theirs are known whatever the number of workers
 * @param recall gives what was recorded of a candidate
 * @throws HqnasError `invalid-proposal` for a candidate without a result, or one that failed
 */
export async function inheritanceOf(
  parent: number,
  told: number,
  recall: (index: number) => Promise<Known>,
): Promise<Inheritance> {
  if (!(parent >= 0 && parent < told)) throw invalid(parent, 'it has no result yet');
  const recorded = await recall(parent);
  const { outcome } = recorded;
  if (!outcome.ok) throw invalid(parent, 'it failed');
  // A score that was taken over belongs to weights of the candidate that was trained.
  const { genome } = outcome.reusedFrom === undefined ? recorded : await recall(outcome.reusedFrom);
  const training = trainingsOf(outcome)[0]!; // there is at least one
  return {
    genome: genome!, // what has a score has a genome
    parametersHash: training.parametersHash,
    steps: training.steps + (training.inherited?.steps ?? 0),
  };
}

function invalid(parent: number, got: string): HqnasError {
  return new HqnasError({
    code: 'invalid-proposal',
    what: `the strategy lets a candidate inherit the weights of candidate ${parent}`,
    expected: 'a candidate whose score the strategy was told',
    got,
    remedy: 'The strategy must be mended.',
  });
}
