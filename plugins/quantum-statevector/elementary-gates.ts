import { substitute, type Angle } from './angle.js';
import { wireMask } from './boundary.js';
import type { Circuit } from './circuit.js';
import type { Entry, Gate, GateForm, MatrixRows } from './gates/gate-form.js';
import { definitionOf } from './gates/gates.js';

/** constant + cosine cos(h) + sine sin(h) for the gate's h = frequency * angle. */
export interface Coefficient {
  readonly constant: number;
  readonly cosine: number;
  readonly sine: number;
}

/** An entry of a gate's matrix that is not always 0. */
export interface MatrixEntry {
  readonly row: number;
  readonly column: number;
  readonly re: Coefficient;
  readonly im: Coefficient;
}

/** A gate that is a matrix of at most one angle. */
export interface ElementaryGate {
  /** Bits of basis states that the gate acts on; the first is the most significant bit of rows and columns. */
  readonly masks: readonly number[];
  readonly entries: readonly MatrixEntry[];
  /** Undefined for a fixed matrix. */
  readonly angle: Angle | undefined;
  readonly frequency: number;
}

/** The gates of a circuit, sequences taken apart. */
export function elementaryGates({ wires, gates }: Circuit): ElementaryGate[] {
  return gates.flatMap((gate) => expand(definitionOf(gate).form, gate.wires, gate.angles, wires));
}

function expand(form: GateForm, on: readonly number[], angles: readonly Angle[], wires: number): ElementaryGate[] {
  if (form.form === 'sequence') {
    return form.gates.flatMap((inner: Gate) =>
      expand(
        definitionOf(inner).form,
        inner.wires.map((wire) => on[wire]!),
        inner.angles.map((angle) => substitute(angle, angles)),
        wires,
      ),
    );
  }
  const masks = on.map((wire) => wireMask(wire, wires));
  if (form.form === 'matrix') return [{ masks, entries: entriesOf(form.matrix), angle: undefined, frequency: 1 }];
  const entries = entriesOf(form.constant, form.cosine, form.sine);
  return [{ masks, entries, angle: angles[0], frequency: form.frequency }];
}

function entriesOf(constant: MatrixRows, cosine?: MatrixRows, sine?: MatrixRows): MatrixEntry[] {
  const size = constant.length;
  const all = Array.from({ length: size * size }, (_, k) => {
    const [row, column] = [Math.floor(k / size), k % size];
    const parts = [constant, cosine, sine].map((matrix) => partsOf(matrix?.[row]![column]));
    const coefficient = (part: 0 | 1): Coefficient => ({
      constant: parts[0]![part],
      cosine: parts[1]![part],
      sine: parts[2]![part],
    });
    return { row, column, re: coefficient(0), im: coefficient(1) };
  });
  return all.filter(({ re, im }) => !isNothing(re) || !isNothing(im));
}

function partsOf(entry: Entry = 0): readonly [number, number] {
  return typeof entry === 'number' ? [entry, 0] : entry;
}

/** Whether a coefficient is always 0. */
export function isNothing({ constant, cosine, sine }: Coefficient): boolean {
  return constant === 0 && cosine === 0 && sine === 0;
}

/** Entries of the inverse. */
export function adjointEntries(entries: readonly MatrixEntry[]): MatrixEntry[] {
  return entries.map(({ row, column, re, im }) => ({ row: column, column: row, re, im: times(-1, im) }));
}

/** Entries of the derivative with respect to h, the argument of cosine and sine. */
export function derivativeEntries(entries: readonly MatrixEntry[]): MatrixEntry[] {
  const derivative = ({ cosine, sine }: Coefficient): Coefficient => ({ constant: 0, cosine: sine, sine: -cosine });
  return entries
    .map(({ row, column, re, im }) => ({ row, column, re: derivative(re), im: derivative(im) }))
    .filter(({ re, im }) => !isNothing(re) || !isNothing(im));
}

function times(factor: number, { constant, cosine, sine }: Coefficient): Coefficient {
  return { constant: factor * constant, cosine: factor * cosine, sine: factor * sine };
}
