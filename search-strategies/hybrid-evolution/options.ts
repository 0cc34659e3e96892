import { boolean, choice, integer, real, text, type ValuesOf } from '../../core/index.js';

/** Each part of the strategy is a switch, so that an ablation is a config. */
export const options = {
  random: integer(2, 1_000_000, { fallback: 24, help: 'random candidates before the first child' }),
  populationSize: integer(1, 1_000_000, { fallback: 32, help: 'networks that may become parents' }),
  sampleSize: integer(1, 1_000_000, { fallback: 4, help: 'members drawn for a tournament; 1 = no selection' }),
  selection: choice(['belief', 'score', 'aging'], {
    fallback: 'belief',
    help: 'parents are the networks that are believed best, those with the best scores, or the latest ones',
  }),
  caution: real(0, 10, {
    fallback: 0.5,
    help: 'standard deviations below what is believed of a parent that it is chosen by',
  }),
  reevaluate: real(0, 0.9, {
    fallback: 0.3,
    help: 'share of candidates that may train a leading network again; 0 = off',
  }),
  trainings: integer(2, 1000, { fallback: 5, help: 'most trainings of one network' }),
  screening: choice(['belief', 'measure', 'none'], {
    fallback: 'belief',
    help: 'of several children the one goes on of which most is hoped, or that a measure prefers',
  }),
  children: integer(1, 10_000, {
    fallback: 16,
    help: 'children that are made for one candidate where they are screened',
  }),
  optimism: real(0, 10, {
    fallback: 0.5,
    help: 'standard deviations above what is believed of a child that it is screened by',
  }),
  measure: text({ fallback: 'score/parameters', help: 'training-free measure or metric for screening: measure' }),
  immigrants: real(0, 1, { fallback: 0.1, help: 'share of children that are drawn at random' }),
  twice: real(0, 1, { fallback: 0.3, help: 'share of children that are mutated a second time' }),
  niche: text({ fallback: 'score/qubits', help: 'metric whose whole values are niches' }),
  balance: real(0, 1, { fallback: 0.2, help: 'share of parents that come from a niche drawn uniformly; 0 = off' }),
  inherit: choice(['nothing', 'weights'], {
    fallback: 'nothing',
    help: 'what a child has of its parent beside its layers; trained weights make scores rest on more than one training',
  }),
  fresh: boolean({ fallback: true, help: 'networks that were proposed before are drawn again' }),
  bandit: boolean({ fallback: true, help: 'draws more of the mutations that led to better children' }),
};

export type Options = ValuesOf<typeof options>;
