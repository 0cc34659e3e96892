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

/** Writes the measured rows of one block from the state after the last layer. */
export function measureState<V extends FloatVector>(
  context: CircuitContext<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { kind } = context.plan.circuit.measurement;
  if (kind === 'probabilities') measureProbabilities(context, state, output, sampleBytes);
  else measureExpectations(context, state, output, sampleBytes);
}

function probability<V extends FloatVector>(
  { fn, ops }: CircuitContext<V>,
  state: Pointer,
  element: Distance,
): Expression<V> {
  const at = move(fn, state, element, Math.log2(amplitudeBytes / 4));
  const [re, im] = [fn.let(load(ops, at)), fn.let(load(ops, at, vectorBytes))];
  return ops.multiplyAdd(im, im, ops.multiply(re, re));
}

function measureProbabilities<V extends FloatVector>(
  context: CircuitContext<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan } = context;
  const shared = plan.circuit.measurement.wires.length < plan.circuit.wires;
  if (shared) {
    for (let row = 0; row < output.rows; row++) store(fn, rowPointer(output, row, sampleBytes), ops.constant(0));
  }
  eachElement(fn, plan.states, (element) => {
    const row = measuredRow(context, output, element, sampleBytes);
    const value = probability(context, state, element);
    store(fn, row, shared ? ops.add(load(ops, row), value) : value);
  });
}

/** The row of a probability measurement that a basis state adds to. */
function measuredRow<V extends FloatVector>(
  { fn, plan, areas }: CircuitContext<V>,
  rows: RowBuffer,
  { counter, known }: Distance,
  sampleBytes: Expression<'i32'>,
): Pointer {
  if (counter === undefined) return rowPointer(rows, plan.measuredRows[known / 4]!, sampleBytes);
  const row = i32.load(counter, areas.measuredRows + known);
  return { base: fn.let(i32.add(sampleBytes, i32.multiply(row, rows.strideBytes))), offset: rows.address };
}

/** Index of a basis state after the relabelling, as a distance between vectors. */
function relabelled<V extends FloatVector>(context: CircuitContext<V>, element: Distance): Distance {
  const { counter, known } = permuted(context, context.plan.form.layers.length, element);
  const ratio = Math.log2(amplitudeBytes / vectorBytes);
  if (counter === undefined) return knownDistance(known >> ratio);
  return { counter: context.fn.let(i32.shiftRightUnsigned(counter, ratio)), known: 0 };
}

/** Folds the probabilities wire by wire, from the last: <Z> = sum(p[2j] - p[2j+1]), then p[j] = p[2j] + p[2j+1]. */
function measureExpectations<V extends FloatVector>(
  context: CircuitContext<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const { wires: listed } = plan.circuit.measurement;
  const tree = pointerTo(areas.tree);
  eachElement(fn, plan.states, (element) => {
    const value = fn.let(probability(context, state, element));
    store(fn, move(fn, tree, relabelled(context, element)), value);
  });
  const first = Math.min(...listed);
  for (let wire = plan.circuit.wires - 1; wire >= first; wire--) {
    const row = listed.indexOf(wire);
    fn.scope(() => {
      const [difference] = sumElements(fn, ops, 2 ** wire, row < 0 ? 0 : 1, (element) => {
        const pair = move(fn, tree, element, 3);
        const [even, odd] = [fn.let(load(ops, pair)), fn.let(load(ops, pair, vectorBytes))];
        if (wire > first) store(fn, move(fn, tree, element, 2), ops.add(even, odd));
        return row < 0 ? [] : [ops.subtract(even, odd)];
      });
      if (difference !== undefined) store(fn, rowPointer(output, row, sampleBytes), difference);
    });
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
  const { kind } = plan.circuit.measurement;
  if (kind === 'expectation-z') spreadExpectations(context, outputGradient, sampleBytes);
  const leaves = pointerTo(areas.tree + plan.states * vectorBytes);
  eachElement(fn, plan.states, (element) => {
    const at =
      kind === 'expectation-z'
        ? move(fn, leaves, relabelled(context, element))
        : measuredRow(context, outputGradient, element, sampleBytes);
    const k = fn.let(load(ops, at));
    const from = move(fn, psi, element, 3);
    const to = move(fn, lambda, element, 3);
    store(fn, to, ops.multiply(k, load(ops, from)));
    store(fn, to, ops.multiply(k, load(ops, from, vectorBytes)), vectorBytes);
  });
}

/** Unfolds the cotangents c of <Z> over the basis states, wire by wire: h'[2j] = h[j] + c, h'[2j+1] = h[j] - c. */
function spreadExpectations<V extends FloatVector>(
  { fn, ops, plan, areas }: CircuitContext<V>,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { wires, measurement } = plan.circuit;
  const level = (wire: number): Pointer => pointerTo(areas.tree + 2 ** wire * vectorBytes);
  for (let wire = 0; wire < wires; wire++) {
    const row = measurement.wires.indexOf(wire);
    fn.scope(() => {
      const c = fn.let(row < 0 ? ops.constant(0) : load(ops, rowPointer(outputGradient, row, sampleBytes)));
      eachElement(fn, 2 ** wire, (element) => {
        const h = wire === 0 ? ops.constant(0) : fn.let(load(ops, move(fn, level(wire), element, 2)));
        const to = move(fn, level(wire + 1), element, 3);
        store(fn, to, ops.add(h, c));
        store(fn, to, ops.subtract(h, c), vectorBytes);
      });
    });
  }
}
