import { formatCount, formatScore } from './format.js';
import { escapeHtml } from './html.js';
import { section } from './report-page.js';

/** An episode that a network of an experiment played, to be shown in its report. */
export interface PlayedEpisode {
  readonly candidate: number;
  readonly dna: string;
  /** Sum of the rewards of the task. */
  readonly return: number;
  readonly steps: number;
  /** Environment seed. */
  readonly seed: number;
  /** Held-out episodes of its score, of which this one has the median return; undefined where it is any one. */
  readonly among: number | undefined;
  readonly picture: { readonly kind: 'svg'; readonly svg: string } | { readonly kind: 'gif'; readonly base64: string };
}

/** The best network playing, as an animation in the page. */
export function playingSection({ candidate, dna, among, seed, steps, picture, ...played }: PlayedEpisode): string {
  const which = among === undefined ? 'an episode' : `the one with the median return of ${among} held-out episodes`;
  const text = `Candidate ${candidate}, ${dna}, with its likeliest actions: ${which} (seed ${seed}), return ${formatScore(played.return)} in ${formatCount(steps)} steps.`;
  const alternative = escapeHtml(`Candidate ${candidate} playing`);
  const body =
    picture.kind === 'svg'
      ? picture.svg.replace('<svg ', `<svg role="img" aria-label="${alternative}" `)
      : `<img alt="${alternative}" src="data:image/gif;base64,${picture.base64}">`;
  return section('The best network playing', text, `<figure class="playing">${body}</figure>`);
}
