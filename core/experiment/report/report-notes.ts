import type { EvaluationConfig } from '../config/config.js';
import type { ExperimentState } from '../experiment-state.js';
import { policyName } from './format.js';
import type { ExperimentHeader } from '../ledger.js';

/** How the scores of the search were made, in one sentence or two. */
export function objectiveNote({ header, objectives }: ExperimentState): string {
  const evaluation = evaluationOf(header);
  if (evaluation === undefined) return '';
  const made = evaluation.scores.map((score) => `${score.episodes} ${policyName(score)} episodes`).join(' and ');
  const [first, ...others] = objectives;
  const repeats = evaluation.repeats ?? 1;
  const trainings = repeats === 1 ? 'one training' : `each of ${repeats} trainings`;
  const less = first!.direction === 'minimise' ? ' (less is better)' : '';
  const sentences = [
    `Score: ${first!.id}${less}, after ${trainings}, from ${made} on held-out seeds; ± is the standard deviation over episodes.`,
  ];
  if (evaluation.rank === 'lower-bound') {
    sentences.push('Networks rank by the one-sided 90 % confidence bound of their mean.');
  }
  if (others.length > 0) sentences.push(`Further objectives: ${others.map(({ id }) => id).join(', ')}.`);
  return [...sentences, `Seed ${header.seed}.`].join(' ');
}

/** What the final trainings are, in one sentence; empty where there are none. */
export function finalistsNote({ header }: Pick<ExperimentState, 'header'>): string {
  const finalists = evaluationOf(header)?.finalists ?? false;
  if (finalists === false) return '';
  const { top, repeats, episodes } = finalists;
  return `Winner: the best of the first ${top} by the mean of ${repeats} new trainings, each on ${episodes} episodes that nothing was chosen by; ± is the standard deviation over trainings. The best observed score is the highest of many and therefore likely too high.`;
}

/** Whose line of ancestors a report shows: that of `foundCandidate`. */
export function lineageTitle({ winner }: ExperimentState): string {
  return `Lineage of the ${winner === undefined ? 'best observed' : 'winner'}`;
}

/** What the numbers of mutations are, in a sentence. */
export const mutationsNote =
  'Better than parent: children that scored above their best parent, and their share of all whose parents had a score, with its 95 % interval (Wilson).';

/** How candidates were evaluated; other programs, and other versions of this one, may have written less. */
export function evaluationOf({
  config,
}: Pick<ExperimentHeader, 'config'>): (Pick<EvaluationConfig, 'scores'> & Partial<EvaluationConfig>) | undefined {
  // The header's config came out of resolveConfig.
  return config['evaluation'] as unknown as (Pick<EvaluationConfig, 'scores'> & Partial<EvaluationConfig>) | undefined;
}
