import type { Rng } from '../../../core/index.js';
import { requireWhole } from '../check-number.js';
import type { Circuit } from '../circuit.js';
import { checkValues } from '../statevector-reference.js';
import type { StateVector } from '../statevector.js';
import { stateSource } from './state-source.js';

export interface EntanglingCapabilityOptions {
  /** States. Default 5000. */
  readonly samples?: number;
  /** Inputs of every state. Default 0. */
  readonly inputs?: ArrayLike<number>;
}

/** Mean and sample standard deviation over random weights. */
export interface EntanglingCapability {
  readonly mean: number;
  readonly deviation: number;
  readonly samples: number;
}

/** Mean Meyer-Wallach measure over weights uniform in [0, 2 pi) (Sim et al. 2019, arXiv 1905.10876, equation 12). */
export function entanglingCapability(
  circuit: Circuit,
  rng: Rng,
  options: EntanglingCapabilityOptions = {},
): EntanglingCapability {
  const { samples = 5000, inputs = new Float64Array(circuit.inputs) } = options;
  requireWhole('samples', samples, 1);
  checkValues('inputs', inputs, circuit.inputs);
  const state = stateSource(circuit);
  const weights = new Float64Array(circuit.weights);
  let mean = 0;
  let squares = 0;
  for (let sample = 1; sample <= samples; sample++) {
    for (let k = 0; k < weights.length; k++) weights[k] = rng.uniform(0, 2 * Math.PI);
    const value = meyerWallach(state(inputs, weights));
    // Welford 1962.
    const change = value - mean;
    mean += change / sample;
    squares += change * (value - mean);
  }
  return { mean, deviation: samples < 2 ? 0 : Math.sqrt(squares / (samples - 1)), samples };
}

/**
 * Meyer-Wallach measure (Meyer and Wallach 2002; in the form of Brennen 2003): Q = 2 (1 - mean over wires of Tr rho_k^2). 0 for
 * product states, 1 for GHZ states.
 */
export function meyerWallach({ wires, re, im }: StateVector): number {
  let purity = 0;
  for (let wire = 0; wire < wires; wire++) {
    const mask = 1 << (wires - 1 - wire);
    let zero = 0;
    let one = 0;
    let offRe = 0;
    let offIm = 0;
    for (let state = 0; state < re.length; state++) {
      if ((state & mask) !== 0) continue;
      const [a, b, c, d] = [re[state]!, im[state]!, re[state | mask]!, im[state | mask]!];
      zero += a * a + b * b;
      one += c * c + d * d;
      offRe += a * c + b * d;
      offIm += a * d - b * c;
    }
    purity += zero * zero + one * one + 2 * (offRe * offRe + offIm * offIm);
  }
  return 2 * (1 - purity / wires);
}
