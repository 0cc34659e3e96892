import { defineElementwise } from './define-elementwise.js';

/** y = factor x. */
export const scale = defineElementwise<{ factor: number }>({
  id: 'core/scale',
  summary: 'multiplication by a constant',
  saves: [],
  reference: { forward: (x, { factor }) => factor * x, derivative: (_x, _y, { factor }) => factor },
  kernel: {
    forward: (fn, x, { factor }) => fn.f32.multiply(x, fn.f32.constant(factor)),
    backward: (fn, dy, _saved, { factor }) => fn.f32.multiply(dy, fn.f32.constant(factor)),
  },
});
