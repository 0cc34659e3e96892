import { cosine, sine } from '../../../core/index.js';
import type { Circuit } from '../circuit.js';
import { runCircuit } from '../statevector-reference.js';
import { angleSources } from './angle-sources.js';

export interface FourierSpectrumOptions {
  /** The input that varies. Default 0. */
  readonly input?: number;
  /** The output looked at. Default 0. */
  readonly output?: number;
  /** Values of all inputs; that of the varying one does not count. Default 0. */
  readonly inputs?: ArrayLike<number>;
  /** Highest multiple of 2 pi / period. Default: how many angles read the input, which is enough for rotations of one Pauli string. */
  readonly degree?: number;
  /** Default 2 pi. 4 pi for controlled rotations by the input, 2 pi / w for angles w x with the trainable factor w. */
  readonly period?: number;
}

/** c_k of f(x) = sum_k c_k exp(i k x 2 pi / period), k = -degree .. degree: entry k + degree. */
export interface FourierSpectrum {
  readonly degree: number;
  readonly period: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Fourier coefficients of one output as a function of one input, exact when the degree suffices (Schuld, Sweke, Meyer 2021,
 * arXiv 2008.08605: a rotation used r times gives the frequencies -r .. r).
 */
export function fourierSpectrum(
  circuit: Circuit,
  weights: ArrayLike<number>,
  options: FourierSpectrumOptions = {},
): FourierSpectrum {
  const { input = 0, output = 0, period = 2 * Math.PI, degree = usesOf(circuit, input) } = options;
  const inputs = Float64Array.from(options.inputs ?? new Float64Array(circuit.inputs));
  const points = 2 * degree + 1;
  const values = Array.from({ length: points }, (_, point) => {
    inputs[input] = (point * period) / points;
    return runCircuit(circuit, inputs, weights)[output]!;
  });
  const coefficient = (k: number, part: (x: number) => number): number =>
    values.reduce((sum, value, point) => sum + value * part((2 * Math.PI * ((k * point) % points)) / points), 0) /
    points;
  const frequencies = Array.from({ length: points }, (_, index) => index - degree);
  return {
    degree,
    period,
    re: Float64Array.from(frequencies, (k) => coefficient(k, cosine)),
    im: Float64Array.from(frequencies, (k) => -coefficient(k, sine)),
  };
}

function usesOf({ gates }: Circuit, input: number): number {
  return gates
    .flatMap(({ angles }) => angles)
    .reduce((count, angle) => count + angleSources(angle).inputs.filter((index) => index === input).length, 0);
}
