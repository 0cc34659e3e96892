import type { Angle } from '../angle.js';
import { input } from '../angle.js';
import { angleCount, type Entry, type Gate, type GateForm, type MatrixRows } from './gate-form.js';

/** A gate that is always the same unitary matrix. */
export function fixed(matrix: MatrixRows): GateForm {
  return { form: 'matrix', wires: Math.log2(matrix.length), matrix };
}

/** exp(-i t G / 2) = cos(t/2) - i sin(t/2) G, for a generator G that is its own inverse, such as a product of Pauli matrices. */
export function rotationAbout(generator: MatrixRows): GateForm {
  return {
    form: 'rotation',
    wires: Math.log2(generator.length),
    frequency: 0.5,
    constant: zeros(generator.length),
    cosine: diagonal(generator.map(() => 1)),
    sine: generator.map((row) => row.map(timesMinusI)),
  };
}

/** The phase e^{it} for the last basis state of `wires` wires. */
export function phaseOfLast(wires: number): GateForm {
  const others = Array.from({ length: 2 ** wires }, (_, k) => (k === 2 ** wires - 1 ? 0 : 1));
  const last = others.map((one) => 1 - one);
  return {
    form: 'rotation',
    wires,
    frequency: 1,
    constant: diagonal(others),
    cosine: diagonal(last),
    sine: diagonal(last.map((one) => [0, one])),
  };
}

/** Does what `form` does where one more wire, the first, is 1. */
export function controlled(form: GateForm): GateForm {
  const wires = form.wires + 1;
  if (form.form === 'matrix') return { form: 'matrix', wires, matrix: afterBlock(1, form.matrix) };
  if (form.form === 'rotation') {
    return {
      form: 'rotation',
      wires,
      frequency: form.frequency,
      constant: afterBlock(1, form.constant),
      cosine: afterBlock(0, form.cosine),
      sine: afterBlock(0, form.sine),
    };
  }
  throw new RangeError('control the gates of a sequence one by one');
}

/** Gates one after another on wires 0 .. wires - 1; they get the angles of the whole, `input(k)`. */
export function sequence(
  wires: number,
  angles: number,
  build: (...angles: readonly Angle[]) => readonly Gate[],
): GateForm {
  return { form: 'sequence', wires, angles, gates: build(...Array.from({ length: angles }, (_, k) => input(k))) };
}

/** A gate of a sequence. */
export function step(name: string, form: GateForm, wires: readonly number[], ...angles: readonly Angle[]): Gate {
  if (angles.length !== angleCount(form)) throw new RangeError(`${name} takes ${angleCount(form)} angle(s)`);
  return { gate: name, wires, angles };
}

export function diagonal(entries: readonly Entry[]): MatrixRows {
  return entries.map((entry, row) => entries.map((_, column) => (column === row ? entry : 0)));
}

/** Sends basis state `column` to `targets[column]`, times an entry. */
export function permutation(targets: readonly number[], entries: readonly Entry[] = []): MatrixRows {
  return targets.map((_, row) => targets.map((target, column) => (target === row ? (entries[column] ?? 1) : 0)));
}

/** Kronecker product of real or imaginary matrices with entries 0, 1, -1, i, -i. */
export function kronecker(a: MatrixRows, b: MatrixRows): MatrixRows {
  return a.flatMap((rowA) => b.map((rowB) => rowA.flatMap((x) => rowB.map((y) => times(x, y)))));
}

function zeros(size: number): MatrixRows {
  return diagonal(Array<number>(size).fill(0));
}

/** diag(value, ..., value, then the block). */
function afterBlock(value: number, block: MatrixRows): MatrixRows {
  const size = block.length;
  return [
    ...diagonal(Array<number>(size).fill(value)).map((row) => [...row, ...Array<number>(size).fill(0)]),
    ...block.map((row) => [...Array<number>(size).fill(0), ...row]),
  ];
}

function timesMinusI(entry: Entry): Entry {
  return times(entry, [0, -1]);
}

function times(a: Entry, b: Entry): Entry {
  const [aRe, aIm] = typeof a === 'number' ? [a, 0] : a;
  const [bRe, bIm] = typeof b === 'number' ? [b, 0] : b;
  const re = aRe * bRe - aIm * bIm;
  const im = aRe * bIm + aIm * bRe;
  // + 0 turns -0 into 0.
  return im === 0 ? re + 0 : [re + 0, im];
}
