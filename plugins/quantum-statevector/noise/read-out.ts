import { adjoint, multiply, type ComplexMatrix } from '../gates/complex-matrix.js';
import { gates } from '../gates/gates.js';
import {
  measure,
  measurementRows,
  probabilityCotangent,
  readoutsOf,
  type Measurement,
  type Readout,
} from '../measurement.js';
import type { NoisyCircuit } from './noisy-circuit.js';

/** A readout as a measurement of Z after single-wire gates. */
export interface ZReadout {
  readonly readout: Readout;
  /** First row of the measurement's values. */
  readonly row: number;
  readonly rows: number;
  /** What acts on each listed wire before Z is read: H for <X>, H S^dagger for <Y>; undefined for nothing. */
  readonly turn: ComplexMatrix | undefined;
}

const turns = {
  'expectation-x': gates.H.matrix([]),
  'expectation-y': multiply(gates.H.matrix([]), adjoint(gates.S.matrix([]))),
} as const;

export function zReadouts(measurement: Measurement): readonly ZReadout[] {
  let row = 0;
  return readoutsOf(measurement).map((part) => {
    const first = row;
    const rows = measurementRows(part);
    row += rows;
    const common = { row: first, rows };
    if (part.kind !== 'expectation-x' && part.kind !== 'expectation-y')
      return { ...common, readout: part, turn: undefined };
    return { ...common, readout: { kind: 'expectation-z', wires: part.wires }, turn: turns[part.kind] };
  });
}

/**
 * Values of a measurement.
 * @param distribution probabilities of all basis states after the turns of a readout; they are overwritten
 */
export function readOut(
  { measurement, wires }: NoisyCircuit['circuit'],
  errors: NoisyCircuit['readout'],
  distribution: (readout: ZReadout) => Float64Array,
): Float64Array {
  const values = new Float64Array(measurementRows(measurement));
  for (const part of zReadouts(measurement)) {
    values.set(measure(part.readout, wires, misread(distribution(part), errors, wires)), part.row);
  }
  return values;
}

/** The diagonal observable of a readout, after its turns and with its errors: dL/dp for every basis state. */
export function readoutCotangent(
  { readout, row, rows }: ZReadout,
  wires: number,
  errors: NoisyCircuit['readout'],
  cotangent: ArrayLike<number>,
): Float64Array {
  const own = Float64Array.from({ length: rows }, (_, k) => cotangent[row + k]!);
  const diagonal = probabilityCotangent(readout, wires, own);
  if (errors === undefined) return diagonal;
  const [up, down] = errors;
  // The transpose of what happens to probabilities.
  return mixed(diagonal, wires, 1 - up, up, down, 1 - down);
}

/** Probabilities of what is read, in place. */
export function misread(probabilities: Float64Array, errors: NoisyCircuit['readout'], wires: number): Float64Array {
  if (errors === undefined) return probabilities;
  const [up, down] = errors;
  return mixed(probabilities, wires, 1 - up, down, up, 1 - down);
}

/** The 2x2 matrix [[a, b], [c, d]] on every wire, in place. */
function mixed(values: Float64Array, wires: number, a: number, b: number, c: number, d: number): Float64Array {
  for (let wire = 0; wire < wires; wire++) {
    const mask = 1 << (wires - 1 - wire);
    for (let state = 0; state < values.length; state++) {
      if ((state & mask) !== 0) continue;
      const [zero, one] = [values[state]!, values[state | mask]!];
      values[state] = a * zero + b * one;
      values[state | mask] = c * zero + d * one;
    }
  }
  return values;
}
