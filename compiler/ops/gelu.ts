import type { Expression } from '../kernel/expression.js';
import type { FunctionBuilder } from '../kernel/function-builder.js';
import { tanh } from '../kernel/math/tanh.js';
import { defineElementwise } from './define-elementwise.js';

const slope = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/**
 * y = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), the tanh form of the Gaussian error linear unit (Hendrycks and
 * Gimpel 2016, arXiv 1606.08415, section 2).
 */
export const gelu = defineElementwise({
  id: 'core/gelu',
  summary: 'Gaussian error linear unit, tanh form',
  saves: ['inputs'],
  reference: {
    forward: (x) => 0.5 * x * (1 + Math.tanh(slope * (x + cubic * x ** 3))),
    derivative(x) {
      const t = Math.tanh(slope * (x + cubic * x ** 3));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope * (1 + 3 * cubic * x * x);
    },
  },
  kernel: {
    forward(fn, x) {
      const t = gate(fn, x, fn.let(fn.f32.multiply(x, x)));
      const half = fn.let(fn.f32.multiply(x, fn.f32.constant(0.5)));
      return fn.f32.multiplyAdd(half, t, half);
    },
    backward(fn, dy, x) {
      const ops = fn.f32;
      const square = fn.let(ops.multiply(x, x));
      const t = gate(fn, x, square);
      const inner = ops.multiplyAdd(square, ops.constant(3 * cubic * slope), ops.constant(slope));
      const bend = ops.multiply(ops.multiply(x, inner), ops.negativeMultiplyAdd(t, t, ops.constant(1)));
      return ops.multiply(dy, ops.multiply(ops.add(ops.add(t, ops.constant(1)), bend), ops.constant(0.5)));
    },
  },
});

/** tanh(sqrt(2 / pi) (x + 0.044715 x^3)) as a local. */
function gate(fn: FunctionBuilder, x: Expression<'f32x4'>, square: Expression<'f32x4'>): Expression<'f32x4'> {
  const ops = fn.f32;
  const factor = ops.multiplyAdd(square, ops.constant(cubic * slope), ops.constant(slope));
  return fn.let(tanh(fn, ops, ops.multiply(x, factor)));
}
