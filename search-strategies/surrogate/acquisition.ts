import { exponential, logarithm } from '../../core/index.js';
import type { Prediction } from './forest.js';

/** Expected improvement over `best` (Jones, Schonlau and Welch 1998, eq. 15). */
export function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  if (deviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / deviation;
  return deviation * (z * normalShare(z) + 0.3989422804014327 * exponential(-0.5 * z * z));
}

/** Standard normal distribution function; absolute error < 7.5e-8 (Abramowitz and Stegun 26.2.17). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    0.3989422804014327 *
    exponential(-0.5 * z * z) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

/**
 * Scores as logits of their ranks, equal scores alike: one outlier, or a scale of its own, then counts no more than its
 * place in the order.
 */
export function rankLogits(scores: readonly number[]): Float64Array {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const logits = new Float64Array(scores.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const share = (start + end) / 2 / order.length;
    for (let i = start; i < end; i++) logits[order[i]!] = logarithm(share / (1 - share));
    start = end;
  }
  return logits;
}
