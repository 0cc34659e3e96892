import { tanh as tanhKernel } from '../kernel/math/tanh.js';
import { defineElementwise } from './define-elementwise.js';

/** y = tanh x; the derivative is 1 - y^2. */
export const tanh = defineElementwise({
  id: 'core/tanh',
  summary: 'hyperbolic tangent',
  saves: ['output'],
  reference: { forward: (x) => Math.tanh(x), derivative: (_x, y) => 1 - y * y },
  kernel: {
    forward: (fn, x) => tanhKernel(fn, fn.f32, x),
    backward: (fn, dy, y) => fn.f32.multiply(dy, fn.f32.negativeMultiplyAdd(y, y, fn.f32.constant(1))),
  },
});
