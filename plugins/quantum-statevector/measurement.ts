import type { StateVector } from './statevector.js';

/**
 * A readout of listed wires.
 *
 * - `expectation-x`, `-y`, `-z`: one value per listed wire, in listed order; <Z> = P(0) - P(1)
 * - `expectation-product`: one value, <Z...Z> over all listed wires: P(an even number of ones) - P(an odd number)
 * - `probabilities`: 2^k values over the k listed wires, summed over the others; the first listed wire is the most
 *   significant bit of the row
 */
export type Readout = {
  readonly kind: 'expectation-x' | 'expectation-y' | 'expectation-z' | 'expectation-product' | 'probabilities';
  readonly wires: readonly number[];
};

/** What is read out of the final state: one readout, or the rows of several one after another. */
export type Measurement = Readout | { readonly kind: 'mixture'; readonly parts: readonly Readout[] };

/** <X> on each of the listed wires. */
export function expectationX(wires: readonly number[]): Readout {
  return { kind: 'expectation-x', wires };
}

/** <Y> on each of the listed wires. */
export function expectationY(wires: readonly number[]): Readout {
  return { kind: 'expectation-y', wires };
}

/** <Z> on each of the listed wires. */
export function expectationZ(wires: readonly number[]): Readout {
  return { kind: 'expectation-z', wires };
}

/** <Z...Z>, one value for each list of wires: `expectationZZ([[0, 1], [1, 2]])` gives two. */
export function expectationZZ(products: readonly (readonly number[])[]): Measurement {
  return mixture(products.map((wires) => ({ kind: 'expectation-product', wires })));
}

/** Joint probabilities of the listed wires. */
export function probabilities(wires: readonly number[]): Readout {
  return { kind: 'probabilities', wires };
}

/** The rows of all measurements, one after another. */
export function mixture(measurements: readonly Measurement[]): Measurement {
  const parts = measurements.flatMap(readoutsOf);
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'mixture', parts };
}

/** The readouts of a measurement, in the order of their rows. */
export function readoutsOf(measurement: Measurement): readonly Readout[] {
  return measurement.kind === 'mixture' ? measurement.parts : [measurement];
}

/** Rows that a measurement gives. */
export function measurementRows(measurement: Measurement): number {
  return readoutsOf(measurement).reduce((sum, { kind, wires }) => {
    if (kind === 'expectation-product') return sum + 1;
    return sum + (kind === 'probabilities' ? 2 ** wires.length : wires.length);
  }, 0);
}

/** Bit of `wire` in a basis state of `wires` wires; wire 0 is the most significant bit. */
export function bitOf(basisState: number, wire: number, wires: number): number {
  return (basisState >>> (wires - 1 - wire)) & 1;
}

/** Row of a probability measurement to which a basis state belongs: its bits on the listed wires, in listed order. */
export function probabilityRow(basisState: number, listed: readonly number[], wires: number): number {
  let row = 0;
  for (const wire of listed) row = row * 2 + bitOf(basisState, wire, wires);
  return row;
}

/** Values of a measurement that depends on probabilities alone (no <X>, no <Y>), from those of all 2^wires basis states. */
export function measure(measurement: Measurement, wires: number, basisProbabilities: Float64Array): Float64Array {
  const values = new Float64Array(measurementRows(measurement));
  basisProbabilities.forEach((probability, state) => {
    forEachRow(measurement, state, wires, (row, sign) => (values[row]! += sign * probability));
  });
  return values;
}

/**
 * Derivative of the loss with respect to each basis state's probability, from the cotangent of the measured values; <X> and <Y>
 * add nothing.
 */
export function probabilityCotangent(
  measurement: Measurement,
  wires: number,
  cotangent: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: 2 ** wires }, (_, state) => {
    let sum = 0;
    forEachRow(measurement, state, wires, (row, sign) => (sum += sign * cotangent[row]!));
    return sum;
  });
}

/** Every row to which a basis state's probability counts, with its sign. */
function forEachRow(
  measurement: Measurement,
  state: number,
  wires: number,
  add: (row: number, sign: number) => void,
): void {
  let first = 0;
  for (const readout of readoutsOf(measurement)) {
    const sign = (wire: number): number => 1 - 2 * bitOf(state, wire, wires);
    if (readout.kind === 'probabilities') add(first + probabilityRow(state, readout.wires, wires), 1);
    if (readout.kind === 'expectation-product') {
      add(
        first,
        readout.wires.reduce((product, wire) => product * sign(wire), 1),
      );
    }
    if (readout.kind === 'expectation-z') readout.wires.forEach((wire, k) => add(first + k, sign(wire)));
    first += measurementRows(readout);
  }
}

/** Values of any measurement. */
export function measureState(measurement: Measurement, state: StateVector): Float64Array {
  const values = measure(
    measurement,
    state.wires,
    state.re.map((a, i) => a * a + state.im[i]! * state.im[i]!),
  );
  forEachPair(measurement, state, (row, kind, a, b) => {
    // <X> = 2 Re(conj(psi_0) psi_1), <Y> = 2 Im(conj(psi_0) psi_1), summed over the pairs of the wire.
    const { re, im } = state;
    values[row]! +=
      2 * (kind === 'expectation-x' ? re[a]! * re[b]! + im[a]! * im[b]! : re[a]! * im[b]! - im[a]! * re[b]!);
  });
  return values;
}

/** 2 (sum of cotangent[k] M_k) psi, where M_k is what row k measures: where the backward sweep starts. */
export function observableTimesState(
  measurement: Measurement,
  cotangent: ArrayLike<number>,
  { wires, re, im }: StateVector,
): StateVector {
  const diagonal = probabilityCotangent(measurement, wires, cotangent);
  const result = { wires, re: re.map((a, i) => 2 * diagonal[i]! * a), im: im.map((b, i) => 2 * diagonal[i]! * b) };
  forEachPair(measurement, result, (row, kind, a, b) => {
    const c = 2 * cotangent[row]!;
    if (kind === 'expectation-x') {
      result.re[a]! += c * re[b]!;
      result.im[a]! += c * im[b]!;
      result.re[b]! += c * re[a]!;
      result.im[b]! += c * im[a]!;
    } else {
      // Y psi: -i psi_1 for 0, i psi_0 for 1.
      result.re[a]! += c * im[b]!;
      result.im[a]! -= c * re[b]!;
      result.re[b]! -= c * im[a]!;
      result.im[b]! += c * re[a]!;
    }
  });
  return result;
}

/** For every row that is <X> or <Y> of a wire, all pairs of basis states (wire 0, wire 1). */
function forEachPair(
  measurement: Measurement,
  { wires, re }: StateVector,
  visit: (row: number, kind: 'expectation-x' | 'expectation-y', a: number, b: number) => void,
): void {
  let first = 0;
  for (const { kind, wires: listed } of readoutsOf(measurement)) {
    if (kind === 'expectation-x' || kind === 'expectation-y') {
      listed.forEach((wire, k) => {
        const mask = 1 << (wires - 1 - wire);
        for (let a = 0; a < re.length; a++) if ((a & mask) === 0) visit(first + k, kind, a, a | mask);
      });
    }
    first += measurementRows({ kind, wires: listed });
  }
}
