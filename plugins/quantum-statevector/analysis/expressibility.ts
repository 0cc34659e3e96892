import { logarithm, type Rng } from '../../../core/index.js';
import type { Circuit } from '../circuit.js';
import { requireWhole } from '../check-number.js';
import { checkValues } from '../statevector-reference.js';
import { stateSource } from './state-source.js';

export interface ExpressibilityOptions {
  /** Pairs of states. Default 5000. */
  readonly pairs?: number;
  /** Bins of the histogram over [0, 1]. Default 75, as in the paper. */
  readonly bins?: number;
  /** Inputs of every state. Default 0. */
  readonly inputs?: ArrayLike<number>;
}

/**
 * Expressibility (Sim, Johnson, Aspuru-Guzik 2019, arXiv 1905.10876, equation 8): the Kullback-Leibler divergence, in nats, of the
 * fidelities |<a|b>|^2 of pairs of the circuit's states from those of Haar-random states; weights uniform in [0, 2 pi). 0 = as
 * good as random states, (2^n - 1) ln(bins) = always the same state. From a finite number of pairs it comes out too large by about
 * bins / (2 pairs).
 */
export function expressibility(circuit: Circuit, rng: Rng, options: ExpressibilityOptions = {}): number {
  const { pairs = 5000, bins = 75, inputs = new Float64Array(circuit.inputs) } = options;
  requireWhole('pairs', pairs, 1);
  requireWhole('bins', bins, 1);
  checkValues('inputs', inputs, circuit.inputs);
  const [left, right] = [stateSource(circuit), stateSource(circuit)];
  const weights = new Float64Array(circuit.weights);
  const draw = (): Float64Array => {
    for (let k = 0; k < weights.length; k++) weights[k] = rng.uniform(0, 2 * Math.PI);
    return weights;
  };
  const counts = new Float64Array(bins);
  for (let pair = 0; pair < pairs; pair++) {
    const a = left(inputs, draw());
    const b = right(inputs, draw());
    let re = 0;
    let im = 0;
    for (let i = 0; i < a.re.length; i++) {
      re += a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!;
      im += a.re[i]! * b.im[i]! - a.im[i]! * b.re[i]!;
    }
    // A fidelity of 1 may come out as a little more.
    counts[Math.min(bins - 1, Math.floor((re * re + im * im) * bins))]! += 1;
  }
  return fidelityDivergence(counts, 2 ** circuit.wires);
}

/** Divergence of a histogram of fidelities over equal bins of [0, 1] from that of Haar-random states of the given dimension. */
export function fidelityDivergence(counts: ArrayLike<number>, dimension: number): number {
  const bins = counts.length;
  const all = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let divergence = 0;
  for (let bin = 0; bin < bins; bin++) {
    const share = counts[bin]! / all;
    if (share > 0) divergence += share * (logarithm(share) - logHaarMass(bin, bins, dimension - 1));
  }
  return divergence;
}

/** ln((1 - l)^power - (1 - u)^power) of the bin [l, u): the chance of a fidelity in it is 1 - (1 - F)^power up to F. */
function logHaarMass(bin: number, bins: number, power: number): number {
  const ratio = (bins - bin - 1) / (bins - bin);
  let tail = 1;
  for (let k = 0; k < power && tail > 0; k++) tail *= ratio;
  return power * logarithm((bins - bin) / bins) + logarithm(1 - tail);
}
