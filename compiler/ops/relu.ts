import { defineElementwise } from './define-elementwise.js';

/** y = max(x, 0); the derivative at 0 is 0. */
export const relu = defineElementwise({
  id: 'core/relu',
  summary: 'rectified linear unit',
  saves: ['output'],
  reference: { forward: (x) => (x < 0 ? 0 : x), derivative: (x) => (x > 0 ? 1 : 0) },
  kernel: {
    forward: (fn, x) => fn.f32.maximum(x, fn.f32.constant(0)),
    backward: (fn, dy, y) => fn.f32.keepWhere(fn.f32.greater(y, fn.f32.constant(0)), dy),
  },
});
