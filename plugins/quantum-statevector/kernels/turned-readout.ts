import type { Expression, FloatVector, FunctionBuilder, RowBuffer } from '../../../compiler/index.js';
import { ComplexOperations, type ComplexVector } from './complex-vector.js';
import type { Reading } from './reading.js';
import {
  amplitudeAt,
  eachGroup,
  knownDistance,
  load,
  rowPointer,
  store,
  type Distance,
  type Pointer,
} from './pointer.js';

/** Rows <X> and <Y>: 2 Re and 2 Im of the sum of conj(psi_0) psi_1 over the pairs of their wire. */
export function measureTurned<V extends FloatVector>(
  { fn, ops, states, readout }: Reading<V>,
  state: Pointer,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const complex = new ComplexOperations(fn, ops);
  for (const { row, mask, basis } of readout.turned) {
    fn.scope(() => {
      const sum = fn.let(ops.constant(0));
      eachPair(fn, states, mask, state, (zero, one) => {
        const product = complex.conjugateMultiply(complex.load(zero), complex.load(one));
        fn.accumulate(sum, basis === 'X' ? product.re : product.im);
      });
      store(fn, rowPointer(output, row, sampleBytes), ops.add(sum, sum));
    });
  }
}

/** lambda += c P psi for every row <P> with cotangent c. */
export function addTurnedCotangents<V extends FloatVector>(
  { fn, ops, states, readout }: Reading<V>,
  psi: Pointer,
  lambda: Pointer,
  outputGradient: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const complex = new ComplexOperations(fn, ops);
  for (const { row, mask, basis } of readout.turned) {
    fn.scope(() => {
      const c = fn.let(load(ops, rowPointer(outputGradient, row, sampleBytes)));
      const add = (to: Pointer, { re, im }: ComplexVector<V>): void => {
        complex.store(to, complex.add(complex.load(to), { re: ops.multiply(c, re), im: ops.multiply(c, im) }));
      };
      // Y psi is -i psi_1 for 0 and i psi_0 for 1.
      const turned = ({ re, im }: ComplexVector<V>, sign: 1 | -1): ComplexVector<V> => {
        if (basis === 'X') return { re, im };
        return sign === 1 ? { re: ops.negate(im), im: re } : { re: im, im: ops.negate(re) };
      };
      eachPair(fn, states, mask, psi, (zero, one, element) => {
        const [a, b] = [complex.load(zero), complex.load(one)];
        const to = amplitudeAt(fn, lambda, element);
        add(to, turned(b, -1));
        add(amplitudeAt(fn, to, knownDistance(4 * mask)), turned(a, 1));
      });
    });
  }
}

/** All pairs of amplitudes that differ in one bit; the element is that of the first. */
function eachPair(
  fn: FunctionBuilder,
  states: number,
  mask: number,
  state: Pointer,
  visit: (zero: Pointer, one: Pointer, element: Distance) => void,
): void {
  eachGroup(fn, states, { first: Math.log2(mask), size: 1 }, 4, 4, (element) => {
    const zero = amplitudeAt(fn, state, element);
    visit(zero, amplitudeAt(fn, zero, knownDistance(4 * mask)), element);
  });
}
