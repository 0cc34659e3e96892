import { defineMeasure, integer } from '../../core/index.js';
import { imitationGradient } from './likelihood.js';

/**
 * Variance of each gradient of the policy's weights over start values, averaged over weights: what vanishes exponentially with
 * the number of qubits on a barren plateau (McClean et al. 2018, arXiv 1803.11173). Of whole networks here, from the start values
 * that training begins with.
 */
export const gradientVariance = defineMeasure({
  id: 'measures/gradient-variance',
  summary: 'variance of the gradients of the untrained policy network over start values, mean over weights',
  direction: 'maximise',
  options: { draws: integer(2, 1000, { fallback: 8, help: 'start values' }) },
  of({ draw, states, rng, counts }, { draws }) {
    const mean = new Float64Array(counts.policyParameters);
    const squares = new Float64Array(counts.policyParameters);
    for (let i = 0; i < draws; i++) {
      imitationGradient(draw(rng.fork('draw', i)), states()).forEach((value, k) => {
        // Welford 1962, "Note on a method for calculating corrected sums of squares and products".
        const change = value - mean[k]!;
        mean[k]! += change / (i + 1);
        squares[k]! += change * (value - mean[k]!);
      });
    }
    return squares.reduce((sum, value) => sum + value, 0) / (draws - 1) / counts.policyParameters;
  },
});
