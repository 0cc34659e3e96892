import type { BackwardAddresses, Expression, FloatVector, RowBuffer } from '../../../compiler/index.js';
import { i32 } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { GatesContext } from './gates-context.js';
import { load, rowPointer, store, type Pointer } from './pointer.js';

type InputGradients = NonNullable<BackwardAddresses['inputGradients'][number]>;

/** Writes the state before the first gate. */
export function writeInitialState<V extends FloatVector>(
  context: GatesContext<V>,
  state: Pointer,
  input: RowBuffer | undefined,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan } = context;
  const { initial, wires } = plan.circuit;
  clear(context, state);
  if (initial?.kind === 'amplitude') {
    writeAmplitudes(context, state, input!, sampleBytes);
    return;
  }
  const first = (initial?.bits ?? Array<number>(wires).fill(0)).reduce((index, bit) => index * 2 + bit, 0);
  store(fn, state, ops.constant(1), first * amplitudeBytes);
}

function clear<V extends FloatVector>({ fn, ops, plan }: GatesContext<V>, state: Pointer): void {
  fn.loop(0, plan.states * amplitudeBytes, vectorBytes, (vector) => {
    fn.store(i32.add(state.base, vector), state.offset, ops.constant(0));
  });
}

/** Inputs, and the padding behind them, divided by their norm; |0...0> where all are 0. */
function writeAmplitudes<V extends FloatVector>(
  context: GatesContext<V>,
  state: Pointer,
  input: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan } = context;
  const { features, padding } = amplitudesOf(context);
  const { norm, inverse } = normOf(context, input, sampleBytes);
  eachFeature(context, input, sampleBytes, (row, element) => {
    fn.store(i32.add(state.base, element), state.offset, ops.multiply(row, inverse));
  });
  if (padding !== 0) {
    for (let p = features; p < plan.states; p++) {
      store(fn, state, ops.multiply(ops.constant(padding), inverse), p * amplitudeBytes);
    }
  }
  const isZero = ops.equal(norm, ops.constant(0));
  store(fn, state, ops.select(isZero, ops.constant(1), load(ops, state)));
}

/** (g - s (s . g)) / |x| for the real part g of the gradient and the amplitudes s; 0 where all inputs are. lambda is half of it. */
export function addAmplitudeGradients<V extends FloatVector>(
  context: GatesContext<V>,
  lambda: Pointer,
  input: RowBuffer | undefined,
  rows: InputGradients,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan } = context;
  if (plan.circuit.initial?.kind !== 'amplitude' || input === undefined) return;
  const { features, padding } = amplitudesOf(context);
  fn.scope(() => {
    const { inverse } = normOf(context, input, sampleBytes);
    const along = fn.let(ops.constant(0));
    eachFeature(context, input, sampleBytes, (row, element) => {
      const g = ops.load(i32.add(lambda.base, element), lambda.offset);
      fn.accumulate(along, ops.multiply(ops.multiply(row, inverse), g));
    });
    for (let p = features; padding !== 0 && p < plan.states; p++) {
      const amplitude = ops.multiply(ops.constant(padding), inverse);
      fn.accumulate(along, ops.multiply(amplitude, load(ops, lambda, p * amplitudeBytes)));
    }
    const twice = fn.let(ops.add(inverse, inverse));
    eachFeature(context, input, sampleBytes, (row, element, position) => {
      const g = ops.load(i32.add(lambda.base, element), lambda.offset);
      const across = ops.negativeMultiplyAdd(ops.multiply(row, inverse), along, g);
      const before = ops.load(position, rows.address);
      fn.store(position, rows.address, ops.multiplyAdd(twice, across, before));
    });
  });
}

/** Norm of inputs and padding, and 1 / norm, or 0 where the norm is 0. Both are locals. */
function normOf<V extends FloatVector>(
  context: GatesContext<V>,
  input: RowBuffer,
  sampleBytes: Expression<'i32'>,
): { readonly norm: Expression<V>; readonly inverse: Expression<V> } {
  const { fn, ops, plan } = context;
  const { features, padding } = amplitudesOf(context);
  const rest = padding !== 0 && features < plan.states ? plan.states - features : 0;
  // Divided by the largest first, so that squares neither overflow nor vanish.
  const largest = fn.let(ops.constant(rest === 0 ? 0 : Math.abs(padding)));
  eachFeature(context, input, sampleBytes, (row) => {
    fn.set(largest, ops.maximum(ops.abs(row), largest));
  });
  const isZero = fn.let(ops.equal(largest, ops.constant(0)));
  const unit = fn.let(ops.divide(ops.constant(1), ops.select(isZero, ops.constant(1), largest)));
  const share = fn.let(ops.multiply(ops.constant(padding), unit));
  const squares = fn.let(ops.multiply(ops.constant(rest), ops.multiply(share, share)));
  eachFeature(context, input, sampleBytes, (row) => {
    const scaled = fn.let(ops.multiply(row, unit));
    fn.accumulate(squares, ops.multiply(scaled, scaled));
  });
  const norm = fn.let(ops.multiply(largest, ops.sqrt(squares)));
  const inverse = ops.divide(ops.constant(1), ops.select(isZero, ops.constant(1), norm));
  return { norm, inverse: fn.let(ops.select(isZero, ops.constant(0), inverse)) };
}

/** Visits every feature's vector, with the byte offset of its amplitude in a state and the position of its row. */
function eachFeature<V extends FloatVector>(
  context: GatesContext<V>,
  input: RowBuffer,
  sampleBytes: Expression<'i32'>,
  visit: (row: Expression<V>, element: Expression<'i32'>, position: Expression<'i32'>) => void,
): void {
  const { fn, ops } = context;
  const { features } = amplitudesOf(context);
  fn.loop(0, features * amplitudeBytes, amplitudeBytes, (element) => {
    const stride = input.strideBytes / amplitudeBytes;
    const rowBytes = Number.isInteger(stride)
      ? i32.multiply(element, stride)
      : i32.multiply(i32.shiftRightUnsigned(element, Math.log2(amplitudeBytes)), input.strideBytes);
    const position = fn.let(i32.add(sampleBytes, rowBytes));
    visit(fn.let(load(ops, rowPointer(input, 0, position))), element, position);
  });
}

function amplitudesOf<V extends FloatVector>({ plan }: GatesContext<V>) {
  const { initial } = plan.circuit;
  if (initial?.kind !== 'amplitude') throw new TypeError('the circuit starts in a basis state');
  return initial;
}
