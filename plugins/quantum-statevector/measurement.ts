/**
 * What is read out of the final state. Every readout here depends on the state through the probabilities of the basis
 * states alone.
 *
 * - `expectation-z`: one value <Z> = P(0) - P(1) per listed wire, in listed order
 * - `probabilities`: 2^k values over the k listed wires, summed over the others; the first listed wire is the most
 *   significant bit of the row
 */
export type Measurement = {
  readonly kind: 'expectation-z' | 'probabilities';
  readonly wires: readonly number[];
};

/** <Z> on each of the listed wires. */
export function expectationZ(wires: readonly number[]): Measurement {
  return { kind: 'expectation-z', wires };
}

/** Joint probabilities of the listed wires. */
export function probabilities(wires: readonly number[]): Measurement {
  return { kind: 'probabilities', wires };
}

/** Rows that a measurement gives. */
export function measurementRows({ kind, wires }: Measurement): number {
  return kind === 'expectation-z' ? wires.length : 2 ** wires.length;
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

/** Values of the measurement, from the probabilities of all 2^wires basis states. */
export function measure(measurement: Measurement, wires: number, basisProbabilities: Float64Array): Float64Array {
  const values = new Float64Array(measurementRows(measurement));
  basisProbabilities.forEach((probability, state) => {
    if (measurement.kind === 'probabilities') {
      const row = probabilityRow(state, measurement.wires, wires);
      values[row] = values[row]! + probability;
    } else {
      measurement.wires.forEach((wire, row) => {
        values[row] = values[row]! + (bitOf(state, wire, wires) === 0 ? probability : -probability);
      });
    }
  });
  return values;
}

/** Derivative of the loss with respect to each basis state's probability, from the cotangent of the measured values. */
export function probabilityCotangent(
  measurement: Measurement,
  wires: number,
  cotangent: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: 2 ** wires }, (_, state) => {
    if (measurement.kind === 'probabilities') return cotangent[probabilityRow(state, measurement.wires, wires)]!;
    return measurement.wires.reduce(
      (sum, wire, row) => sum + (bitOf(state, wire, wires) === 0 ? cotangent[row]! : -cotangent[row]!),
      0,
    );
  });
}
