import { sigmoid as sigmoidKernel } from '../kernel/math/sigmoid.js';
import { defineElementwise } from './define-elementwise.js';

/** y = 1 / (1 + e^-x); the derivative is y (1 - y). */
export const sigmoid = defineElementwise({
  id: 'core/sigmoid',
  summary: 'logistic function',
  saves: ['output'],
  reference: { forward: (x) => 1 / (1 + Math.exp(-x)), derivative: (_x, y) => y * (1 - y) },
  kernel: {
    forward: (fn, x) => sigmoidKernel(fn, fn.f32, x),
    backward: (fn, dy, y) => fn.f32.multiply(dy, fn.f32.negativeMultiplyAdd(y, y, y)),
  },
});
