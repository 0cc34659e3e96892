import { i32, type Expression, type FloatVector, type RowBuffer } from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { ComplexOperations } from './complex-vector.js';
import type { Reading } from './reading.js';
import { addTurnedCotangents, measureTurned } from './turned-readout.js';
import {
  amplitudeAt,
  eachElement,
  load,
  move,
  pointerTo,
  rowPointer,
  store,
  sumElements,
  type Distance,
  type Pointer,
} from './pointer.js';
import { transformSigns } from './sign-transform.js';

/** Writes the measured rows of one block from the state after the last layer. */
export function measureState<V extends FloatVector>(
  reading: Reading<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, states, tree, wires, readout } = reading;
  const { strings, probabilities } = readout;
  const shared = probabilities.map(({ wires: listed }) => listed.length < wires);
  probabilities.forEach(({ first, wires: listed }, k) => {
    if (!shared[k]!) return;
    for (let row = 0; row < 2 ** listed.length; row++) {
      store(fn, rowPointer(output, first + row, sampleBytes), ops.constant(0));
    }
  });
  measureTurned(reading, state, output, sampleBytes);
  const complex = new ComplexOperations(fn, ops);
  if (strings.length === 0 && probabilities.length === 0) return;
  eachElement(fn, states, (element) => {
    const { re, im } = complex.load(amplitudeAt(fn, state, element));
    const value = fn.let(ops.multiplyAdd(im, im, ops.multiply(re, re)));
    if (strings.length > 0) store(fn, move(fn, pointerTo(tree), reading.relabelled(element)), value);
    probabilities.forEach((_, k) => {
      const row = measuredRow(reading, k, output, element, sampleBytes);
      store(fn, row, shared[k]! ? ops.add(load(ops, row), value) : value);
    });
  });
  if (strings.length === 0) return;
  if (areSingleWires(reading)) {
    foldProbabilities(reading, output, sampleBytes);
    return;
  }
  transformSigns(fn, ops, tree, states);
  for (const { row, mask } of strings) {
    store(fn, rowPointer(output, row, sampleBytes), load(ops, pointerTo(tree + mask * vectorBytes)));
  }
}

/** lambda_p = k_p psi_p with k_p the cotangent of the probability of basis state p, for one block. */
export function startCotangent<V extends FloatVector>(
  reading: Reading<V>,
  psi: Pointer,
  lambda: Pointer,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, states, tree, readout } = reading;
  const { strings, probabilities } = readout;
  if (strings.length > 0) spreadCotangents(reading, outputGradient, sampleBytes);
  const leaves = pointerTo(tree + states * vectorBytes);
  const complex = new ComplexOperations(fn, ops);
  eachElement(fn, states, (element) => {
    const parts = probabilities.map((_, readoutIndex) =>
      load(ops, measuredRow(reading, readoutIndex, outputGradient, element, sampleBytes)),
    );
    if (strings.length > 0) parts.push(load(ops, move(fn, leaves, reading.relabelled(element))));
    const k = fn.let(parts.length === 0 ? ops.constant(0) : parts.reduce((sum, part) => ops.add(sum, part)));
    const { re, im } = complex.load(amplitudeAt(fn, psi, element));
    complex.store(amplitudeAt(fn, lambda, element), { re: ops.multiply(k, re), im: ops.multiply(k, im) });
  });
  addTurnedCotangents(reading, psi, lambda, outputGradient, sampleBytes);
}

/** The row of a probability readout that a basis state adds to. */
export function measuredRow<V extends FloatVector>(
  { fn, states, measuredRows, measuredRowsAt }: Reading<V>,
  readout: number,
  rows: RowBuffer,
  { counter, known }: Distance,
  sampleBytes: Expression<'i32'>,
): Pointer {
  if (counter === undefined) return rowPointer(rows, measuredRows[readout]![known / 4]!, sampleBytes);
  const row = i32.load(counter, measuredRowsAt + readout * states * 4 + known);
  return { base: fn.let(i32.add(sampleBytes, i32.multiply(row, rows.strideBytes))), offset: rows.address };
}

/** Whether every string is <Z> of one wire: then folding costs less than a transform. */
function areSingleWires<V extends FloatVector>({ readout }: Reading<V>): boolean {
  return readout.strings.every(({ mask }) => (mask & (mask - 1)) === 0);
}

/** Rows that hold <Z> of a wire. */
function rowsOfWire<V extends FloatVector>({ readout, wires }: Reading<V>, wire: number): number[] {
  const mask = 1 << (wires - 1 - wire);
  return readout.strings.flatMap((string) => (string.mask === mask ? [string.row] : []));
}

/** Folds the probabilities wire by wire, from the last: <Z> = sum(p[2j] - p[2j+1]), then p[j] = p[2j] + p[2j+1]. */
function foldProbabilities<V extends FloatVector>(
  reading: Reading<V>,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, wires, readout } = reading;
  const tree = pointerTo(reading.tree);
  const first = wires - 1 - Math.log2(Math.max(...readout.strings.map(({ mask }) => mask)));
  for (let wire = wires - 1; wire >= first; wire--) {
    const rows = rowsOfWire(reading, wire);
    fn.scope(() => {
      const [difference] = sumElements(fn, ops, 2 ** wire, rows.length === 0 ? 0 : 1, (element) => {
        const pair = move(fn, tree, element, 3);
        const [even, odd] = [fn.let(load(ops, pair)), fn.let(load(ops, pair, vectorBytes))];
        if (wire > first) store(fn, move(fn, tree, element, 2), ops.add(even, odd));
        return rows.length === 0 ? [] : [ops.subtract(even, odd)];
      });
      for (const row of rows) store(fn, rowPointer(output, row, sampleBytes), difference!);
    });
  }
}

/**
 * Cotangents of the strings, spread over the basis states: the transform of the cotangents at their masks; for single wires wire by
 * wire, h'[2j] = h[j] + c, h'[2j+1] = h[j] - c.
 */
function spreadCotangents<V extends FloatVector>(
  reading: Reading<V>,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, wires, states, tree, readout } = reading;
  const level = (wire: number): Pointer => pointerTo(tree + 2 ** wire * vectorBytes);
  const cotangent = (row: number): Expression<V> => load(ops, rowPointer(outputGradient, row, sampleBytes));
  if (!areSingleWires(reading)) {
    const leaves = level(wires);
    eachElement(fn, states, (element) => {
      store(fn, move(fn, leaves, element, 2), ops.constant(0));
    });
    for (const { row, mask } of readout.strings) {
      store(fn, leaves, ops.add(load(ops, leaves, mask * vectorBytes), cotangent(row)), mask * vectorBytes);
    }
    transformSigns(fn, ops, leaves.offset, states);
    return;
  }
  for (let wire = 0; wire < wires; wire++) {
    const rows = rowsOfWire(reading, wire);
    fn.scope(() => {
      const c = fn.let(rows.map(cotangent).reduce((sum, part) => ops.add(sum, part), ops.constant(0)));
      eachElement(fn, 2 ** wire, (element) => {
        const h = wire === 0 ? ops.constant(0) : fn.let(load(ops, move(fn, level(wire), element, 2)));
        const to = move(fn, level(wire + 1), element, 3);
        store(fn, to, ops.add(h, c));
        store(fn, to, ops.subtract(h, c), vectorBytes);
      });
    });
  }
}
