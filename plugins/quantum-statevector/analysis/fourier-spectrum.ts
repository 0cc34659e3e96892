import { cosine, HqnasError, sine } from '../../../core/index.js';
import type { Circuit } from '../circuit.js';
import { requireWhole } from '../check-number.js';
import { measurementRows } from '../measurement.js';
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
  /**
   * Largest difference of the series from the output at a few other values of the input: above 1e-9 or so the degree is too low or the
   * period is none, and the coefficients are mixed with those of other frequencies.
   */
  readonly residual: number;
}

/** Values of the input in periods, some of them beyond the first, at which no small series agrees by accident. */
const between: readonly number[] = [0.1373, 0.6181, 1.2718, -2.4142];

/**
 * Fourier coefficients of one output as a function of one input, exact when the degree suffices (Schuld, Sweke, Meyer 2021,
 * arXiv 2008.08605: a rotation used r times gives the frequencies -r .. r); `residual` tells whether it does.
 * @throws HqnasError `invalid-argument`, `invalid-circuit-values`
 */
export function fourierSpectrum(
  circuit: Circuit,
  weights: ArrayLike<number>,
  options: FourierSpectrumOptions = {},
): FourierSpectrum {
  const { input = 0, output = 0, period = 2 * Math.PI, degree = usesOf(circuit, input) } = options;
  requireWhole('input', input, 0, circuit.inputs - 1);
  requireWhole('output', output, 0, measurementRows(circuit.measurement) - 1);
  requireWhole('degree', degree, 0);
  if (!(period > 0)) {
    throw new HqnasError({
      code: 'invalid-argument',
      where: 'period',
      what: 'a period is positive',
      got: String(period),
    });
  }
  const inputs = Float64Array.from(options.inputs ?? new Float64Array(circuit.inputs));
  const valueAt = (turn: number): number => {
    inputs[input] = turn * period;
    return runCircuit(circuit, inputs, weights)[output]!;
  };
  const points = 2 * degree + 1;
  const values = Array.from({ length: points }, (_, point) => valueAt(point / points));
  const coefficient = (k: number, part: (x: number) => number): number =>
    values.reduce((sum, value, point) => sum + value * part((2 * Math.PI * ((k * point) % points)) / points), 0) /
    points;
  const frequencies = Array.from({ length: points }, (_, index) => index - degree);
  const re = Float64Array.from(frequencies, (k) => coefficient(k, cosine));
  const im = Float64Array.from(frequencies, (k) => -coefficient(k, sine));
  const seriesAt = (turn: number): number =>
    frequencies.reduce((sum, k, index) => {
      const angle = 2 * Math.PI * k * turn;
      return sum + re[index]! * cosine(angle) - im[index]! * sine(angle);
    }, 0);
  const residual = between.reduce((top, turn) => Math.max(top, Math.abs(valueAt(turn) - seriesAt(turn))), 0);
  return { degree, period, re, im, residual };
}

function usesOf({ gates }: Circuit, input: number): number {
  return gates
    .flatMap(({ angles }) => angles)
    .reduce((count, angle) => count + angleSources(angle).inputs.filter((index) => index === input).length, 0);
}
