import { constant } from './angle.js';
import { wireMask } from './boundary.js';
import { gate, type Gate } from './circuit.js';
import { measurementRows, readoutsOf, type Measurement, type Readout } from './measurement.js';

/** One row <Z...Z> over the wires of a mask of basis states. */
export interface StringRow {
  readonly row: number;
  readonly mask: number;
}

/** Joint probabilities of listed wires in rows `first` .. first + 2^k - 1. */
export interface ProbabilityRows {
  readonly first: number;
  readonly wires: readonly number[];
}

/** One row <X> or <Y> of the wire of a mask. */
export interface TurnedRow extends StringRow {
  readonly basis: 'X' | 'Y';
}

/** A measurement, sorted by what its rows are. */
export interface ReadoutRows {
  readonly rows: number;
  readonly strings: readonly StringRow[];
  readonly turned: readonly TurnedRow[];
  readonly probabilities: readonly ProbabilityRows[];
}

/** Sorts the rows of a measurement. */
export function readoutRows(measurement: Measurement, wires: number): ReadoutRows {
  const strings: StringRow[] = [];
  const turned: TurnedRow[] = [];
  const probabilities: ProbabilityRows[] = [];
  let rows = 0;
  for (const readout of readoutsOf(measurement)) {
    const masks = readout.wires.map((wire) => wireMask(wire, wires));
    if (readout.kind === 'probabilities') probabilities.push({ first: rows, wires: readout.wires });
    else if (readout.kind === 'expectation-product')
      strings.push({ row: rows, mask: masks.reduce((all, mask) => all | mask, 0) });
    else {
      const basis = basisOf(readout);
      masks.forEach((mask, k) => {
        if (basis === 'Z') strings.push({ row: rows + k, mask });
        else turned.push({ row: rows + k, mask, basis });
      });
    }
    rows += measurementRows(readout);
  }
  return { rows, strings, turned, probabilities };
}

/** The rows after {@link basisChange}, when <Z> is read everywhere. */
export function afterBasisChange({ rows, strings, turned, probabilities }: ReadoutRows): ReadoutRows {
  const all = [...strings, ...turned.map(({ row, mask }) => ({ row, mask }))];
  return { rows, strings: all.sort((a, b) => a.row - b.row), turned: [], probabilities };
}

/** Gates after which <Z> is what the measurement calls <X> or <Y>; undefined when a wire is read in two bases. */
export function basisChange(measurement: Measurement): Gate[] | undefined {
  const bases = new Map<number, 'X' | 'Y' | 'Z'>();
  for (const readout of readoutsOf(measurement)) {
    const basis = basisOf(readout);
    for (const wire of readout.wires) {
      if ((bases.get(wire) ?? basis) !== basis) return undefined;
      bases.set(wire, basis);
    }
  }
  return [...bases].flatMap(([wire, basis]) => {
    if (basis === 'Z') return [];
    // exp(i pi/4 Y) turns X into Z, and the phase before it Y into X.
    return basis === 'X' ? [gate('H', [wire])] : [gate('RZ', [wire], constant(-Math.PI / 2)), gate('H', [wire])];
  });
}

/** Wires that a measurement reads, each once. */
export function readWires(measurement: Measurement): number[] {
  return [...new Set(readoutsOf(measurement).flatMap(({ wires }) => wires))];
}

function basisOf({ kind }: Readout): 'X' | 'Y' | 'Z' {
  if (kind === 'expectation-x') return 'X';
  return kind === 'expectation-y' ? 'Y' : 'Z';
}
