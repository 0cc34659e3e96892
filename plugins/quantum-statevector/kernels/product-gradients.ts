import type { BackwardAddresses, Expression, FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes, type StartRotation } from '../layout.js';
import type { Block, CircuitContext } from './circuit-context.js';
import { ComplexOperations } from './complex-vector.js';
import {
  amplitudeAt,
  eachElement,
  knownDistance,
  load,
  move,
  pointerTo,
  rowPointer,
  store,
  type Distance,
  type Pointer,
} from './pointer.js';
import { factorAt, factorsOf, levelAt, type Factor } from './product.js';
import { inputFactor, keptAngle, turnWire, wireStateAt, type WireState } from './wire-rotations.js';

/** Where input gradients go; undefined where nobody asks for them. */
type InputGradients = BackwardAddresses['inputGradients'][number];

/**
 * Gradients of everything before the first boundary, from lambda of the product state, by reverse mode: the product of the two
 * factors, the wires of each factor, then the rotations of each wire by the adjoint sweep on that wire alone.
 */
export function addProductGradients<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  lambda: Pointer,
  rows: InputGradients,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const written = new Set<number>();
  const take = (rotation: StartRotation, gradient: Expression<V>): void => {
    const { weights, input } = rotation.angle;
    const value = fn.let(gradient);
    if (weights.length > 0) {
      const sum = pointerTo(areas.startGradients + rotation.index * vectorBytes);
      store(fn, sum, ops.add(load(ops, sum), value));
    }
    if (input === undefined || rows === undefined) return;
    const target = rowPointer(rows, input.index, sampleBytes);
    const factor = inputFactor(rotation);
    const own = factor === 1 ? value : ops.multiply(value, ops.constant(factor));
    store(fn, target, rows.accumulate || written.has(input.index) ? ops.add(load(ops, target), own) : own);
    written.add(input.index);
  };
  const wanted = plan.starts.map((rotations) => rotations.map((rotation) => isWanted(rotation, rows)));
  if (wanted.flat().includes(true)) {
    splitCotangent(context, block, lambda);
    for (const factor of factorsOf(plan)) {
      foldFactor(context, block, factor, (wire, state, cotangent) => {
        turnBack(context, block, plan.starts[wire]!, wanted[wire]!, state, cotangent, take);
      });
    }
  }
  if (rows === undefined || rows.accumulate) return;
  for (let row = 0; row < plan.circuit.inputs; row++) {
    // Inputs that only turn global phases.
    if (!written.has(row)) store(fn, rowPointer(rows, row, sampleBytes), ops.constant(0));
  }
}

function isWanted({ angle }: StartRotation, rows: InputGradients): boolean {
  return angle.weights.length > 0 || (angle.input !== undefined && rows !== undefined);
}

/** Cotangents of the factors a and b of lambda[i, j] = a_i b_j: sum over j of conj(b_j) lambda, sum over i of conj(a_i) lambda. */
function splitCotangent<V extends FloatVector>(context: CircuitContext<V>, block: Block, lambda: Pointer): void {
  const { fn, ops, plan, areas } = context;
  const complex = new ComplexOperations(fn, ops);
  const [low, high] = factorsOf(plan).toReversed();
  const columns = 2 ** low!.size;
  const lowAt = factorAt(context, block, low!, low!.size);
  const lowCotangent = levelAt(plan, pointerTo(areas.productCotangents), low!, low!.size);
  if (high === undefined) {
    eachElement(fn, columns, (column) => {
      complex.store(move(fn, lowCotangent, column, 3), complex.load(amplitudeAt(fn, lambda, column)));
    });
    return;
  }
  const highAt = factorAt(context, block, high, high.size);
  const highCotangent = levelAt(plan, pointerTo(areas.productCotangents), high, high.size);
  const most = plan.states > 8 ? 1 : 4;
  const onePair = high.size === 1;
  if (!onePair) {
    eachElement(fn, columns, (column) => {
      complex.store(move(fn, lowCotangent, column, 3), complex.zero());
    });
  }
  // Two rows at a time halve the traffic of the columns' sums.
  const addPairOfRows = (pair: Distance): void => {
    const at = move(fn, highAt, pair, 4);
    const factors = [complex.load(at), complex.load(at, amplitudeBytes)];
    const sums = [complex.zero(), complex.zero()];
    const rowAt = amplitudeAt(fn, lambda, pair, 1 + low!.size);
    const addColumn = (column: Distance): void => {
      const other = complex.load(move(fn, lowAt, column, 3));
      const entry = amplitudeAt(fn, rowAt, column);
      const values = [complex.load(entry), complex.load(amplitudeAt(fn, entry, knownDistance(4 * columns)))];
      values.forEach((value, k) => {
        complex.accumulate(sums[k]!, complex.conjugateMultiply(other, value));
      });
      const [first, second] = values.map((value, k) => complex.conjugateMultiply(factors[k]!, value));
      const total = move(fn, lowCotangent, column, 3);
      const gained = complex.add(first!, second!);
      complex.store(total, onePair ? gained : complex.add(complex.load(total), gained));
    };
    eachElement(fn, columns, addColumn, most);
    const to = move(fn, highCotangent, pair, 4);
    complex.store(to, sums[0]!);
    complex.store(to, sums[1]!, amplitudeBytes);
  };
  eachElement(fn, 2 ** (high.size - 1), addPairOfRows, most);
}

/**
 * Takes a factor apart from its last wire: with v the factor's cotangent and r the state of the wires before, the wire's cotangent is
 * sum conj(r_j) v[2j + bit], and v_j = conj(zero) v[2j] + conj(one) v[2j + 1] continues.
 */
function foldFactor<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  factor: Factor,
  take: (wire: number, state: WireState<V>, cotangent: WireState<V>) => void,
): void {
  const { fn, ops, plan, areas } = context;
  const complex = new ComplexOperations(fn, ops);
  for (let level = factor.size - 1; level >= 0; level--) {
    const wire = factor.first + level;
    const from = levelAt(plan, pointerTo(areas.productCotangents), factor, level + 1);
    const to = levelAt(plan, pointerTo(areas.productCotangents), factor, level);
    fn.scope(() => {
      const stateAt = wireStateAt(block, wire);
      const state: WireState<V> = [complex.load(stateAt), complex.load(stateAt, amplitudeBytes)];
      if (level === 0) {
        take(wire, state, [complex.load(from), complex.load(from, amplitudeBytes)]);
        return;
      }
      const sums = [complex.zero(), complex.zero()] as const;
      eachElement(fn, 2 ** level, (element) => {
        const before = complex.load(move(fn, factorAt(context, block, factor, level), element, 3));
        const pair = move(fn, from, element, 4);
        const values = [complex.load(pair), complex.load(pair, amplitudeBytes)];
        values.forEach((value, bit) => {
          complex.accumulate(sums[bit]!, complex.conjugateMultiply(before, value));
        });
        const [zero, one] = values.map((value, bit) => complex.conjugateMultiply(state[bit]!, value));
        complex.store(move(fn, to, element, 3), complex.add(zero!, one!));
      });
      take(wire, state, sums);
    });
  }
}

/** The adjoint sweep over the rotations of one wire. */
function turnBack<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  rotations: readonly StartRotation[],
  wanted: readonly boolean[],
  state: WireState<V>,
  cotangent: WireState<V>,
  take: (rotation: StartRotation, gradient: Expression<V>) => void,
): void {
  const { fn, ops } = context;
  const complex = new ComplexOperations(fn, ops);
  const first = wanted.indexOf(true);
  if (first < 0) return;
  for (let number = rotations.length - 1; number >= first; number--) {
    const rotation = rotations[number]!;
    if (wanted[number]!) take(rotation, wireGradient(context, rotation.axis, state, cotangent));
    if (number === first) return;
    const angle = keptAngle(context, block, rotation);
    state = turnWire(complex, state, rotation.axis, angle, 'inverse');
    cotangent = turnWire(complex, cotangent, rotation.axis, angle, 'inverse');
  }
}

/**
 * 2 Re <lambda| dU/dh |psi>, with both after the rotation by the angle as it is used: e^{ih}, or cos h and sin h; lambda is half of
 * the gradient.
 */
function wireGradient<V extends FloatVector>(
  { ops }: CircuitContext<V>,
  axis: 'Y' | 'Z',
  [zero, one]: WireState<V>,
  [lambdaZero, lambdaOne]: WireState<V>,
): Expression<V> {
  const two = ops.constant(2);
  if (axis === 'Z') {
    return ops.multiply(ops.negativeMultiplyAdd(lambdaOne.re, one.im, ops.multiply(lambdaOne.im, one.re)), two);
  }
  const up = ops.multiplyAdd(lambdaOne.im, zero.im, ops.multiply(lambdaOne.re, zero.re));
  const down = ops.multiplyAdd(lambdaZero.im, one.im, ops.multiply(lambdaZero.re, one.re));
  return ops.multiply(ops.subtract(up, down), two);
}
