import { i32, type Expression, type FloatVector, type RowBuffer } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { permuted } from './boundaries.js';
import type { CircuitContext } from './circuit-context.js';
import {
  eachElement,
  knownDistance,
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
  context: CircuitContext<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const { strings, probabilities } = plan.readout;
  const shared = probabilities.map(({ wires }) => wires.length < plan.circuit.wires);
  probabilities.forEach(({ first, wires }, readout) => {
    if (!shared[readout]!) return;
    for (let row = 0; row < 2 ** wires.length; row++) {
      store(fn, rowPointer(output, first + row, sampleBytes), ops.constant(0));
    }
  });
  eachElement(fn, plan.states, (element) => {
    const at = move(fn, state, element, Math.log2(amplitudeBytes / 4));
    const [re, im] = [fn.let(load(ops, at)), fn.let(load(ops, at, vectorBytes))];
    const value = fn.let(ops.multiplyAdd(im, im, ops.multiply(re, re)));
    if (strings.length > 0) store(fn, move(fn, pointerTo(areas.tree), relabelled(context, element)), value);
    probabilities.forEach((_, readout) => {
      const row = measuredRow(context, readout, output, element, sampleBytes);
      store(fn, row, shared[readout]! ? ops.add(load(ops, row), value) : value);
    });
  });
  if (strings.length === 0) return;
  if (areSingleWires(context)) {
    foldProbabilities(context, output, sampleBytes);
    return;
  }
  transformSigns(fn, ops, areas.tree, plan.states);
  for (const { row, mask } of strings) {
    store(fn, rowPointer(output, row, sampleBytes), load(ops, pointerTo(areas.tree + mask * vectorBytes)));
  }
}

/** lambda_p = k_p psi_p with k_p the cotangent of the probability of basis state p, for one block. */
export function startCotangent<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  lambda: Pointer,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const { strings, probabilities } = plan.readout;
  if (strings.length > 0) spreadCotangents(context, outputGradient, sampleBytes);
  const leaves = pointerTo(areas.tree + plan.states * vectorBytes);
  eachElement(fn, plan.states, (element) => {
    const parts = probabilities.map((_, readout) =>
      load(ops, measuredRow(context, readout, outputGradient, element, sampleBytes)),
    );
    if (strings.length > 0) parts.push(load(ops, move(fn, leaves, relabelled(context, element))));
    const k = fn.let(parts.reduce((sum, part) => ops.add(sum, part)));
    const from = move(fn, psi, element, 3);
    const to = move(fn, lambda, element, 3);
    store(fn, to, ops.multiply(k, load(ops, from)));
    store(fn, to, ops.multiply(k, load(ops, from, vectorBytes)), vectorBytes);
  });
}

/** The row of a probability readout that a basis state adds to. */
function measuredRow<V extends FloatVector>(
  { fn, plan, areas }: CircuitContext<V>,
  readout: number,
  rows: RowBuffer,
  { counter, known }: Distance,
  sampleBytes: Expression<'i32'>,
): Pointer {
  if (counter === undefined) return rowPointer(rows, plan.measuredRows[readout]![known / 4]!, sampleBytes);
  const row = i32.load(counter, areas.measuredRows + readout * plan.states * 4 + known);
  return { base: fn.let(i32.add(sampleBytes, i32.multiply(row, rows.strideBytes))), offset: rows.address };
}

/** Index of a basis state after the relabelling, as a distance between vectors. */
function relabelled<V extends FloatVector>(context: CircuitContext<V>, element: Distance): Distance {
  const { counter, known } = permuted(context, context.plan.form.layers.length, element);
  const ratio = Math.log2(amplitudeBytes / vectorBytes);
  if (counter === undefined) return knownDistance(known >> ratio);
  return { counter: context.fn.let(i32.shiftRightUnsigned(counter, ratio)), known: 0 };
}

/** Whether every string is <Z> of one wire: then folding costs less than a transform. */
function areSingleWires<V extends FloatVector>({ plan }: CircuitContext<V>): boolean {
  return plan.readout.strings.every(({ mask }) => (mask & (mask - 1)) === 0);
}

/** Rows that hold <Z> of a wire. */
function rowsOfWire<V extends FloatVector>({ plan }: CircuitContext<V>, wire: number): number[] {
  const mask = 1 << (plan.circuit.wires - 1 - wire);
  return plan.readout.strings.flatMap((string) => (string.mask === mask ? [string.row] : []));
}

/** Folds the probabilities wire by wire, from the last: <Z> = sum(p[2j] - p[2j+1]), then p[j] = p[2j] + p[2j+1]. */
function foldProbabilities<V extends FloatVector>(
  context: CircuitContext<V>,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const tree = pointerTo(areas.tree);
  const first = plan.circuit.wires - 1 - Math.log2(Math.max(...plan.readout.strings.map(({ mask }) => mask)));
  for (let wire = plan.circuit.wires - 1; wire >= first; wire--) {
    const rows = rowsOfWire(context, wire);
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
  context: CircuitContext<V>,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const level = (wire: number): Pointer => pointerTo(areas.tree + 2 ** wire * vectorBytes);
  const cotangent = (row: number): Expression<V> => load(ops, rowPointer(outputGradient, row, sampleBytes));
  if (!areSingleWires(context)) {
    const leaves = level(plan.circuit.wires);
    eachElement(fn, plan.states, (element) => {
      store(fn, move(fn, leaves, element, 2), ops.constant(0));
    });
    for (const { row, mask } of plan.readout.strings) {
      store(fn, leaves, ops.add(load(ops, leaves, mask * vectorBytes), cotangent(row)), mask * vectorBytes);
    }
    transformSigns(fn, ops, leaves.offset, plan.states);
    return;
  }
  for (let wire = 0; wire < plan.circuit.wires; wire++) {
    const rows = rowsOfWire(context, wire);
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
