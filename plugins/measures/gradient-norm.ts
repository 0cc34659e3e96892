import { defineMeasure, integer } from '../../core/index.js';
import { imitationGradient } from './likelihood.js';

/**
 * Length of the gradient of the policy's weights at the start of training (`grad_norm` of Abdelfattah, Mehrotra, Dudziak and
 * Lane 2021, "Zero-cost proxies for lightweight NAS", arXiv 2101.08134). Actions taken at random stand for labels.
 */
export const gradientNorm = defineMeasure({
  id: 'measures/gradient-norm',
  summary: 'length of the gradient of the untrained policy network',
  direction: 'maximise',
  options: { draws: integer(1, 1000, { fallback: 4, help: 'start values that it is averaged over' }) },
  of({ draw, states, rng }, { draws }) {
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      let squares = 0;
      for (const value of imitationGradient(draw(rng.fork('draw', i)), states())) squares += value * value;
      sum += Math.sqrt(squares);
    }
    return sum / draws;
  },
});
