import { defineElementwise } from './define-elementwise.js';

/** y = min(max(x, low), high); the derivative is 1 from low to high, both included, and 0 beyond. */
export const clamp = defineElementwise<{ low: number; high: number }>({
  id: 'core/clamp',
  summary: 'limits values to an interval',
  saves: ['inputs'],
  reference: {
    forward: (x, { low, high }) => (x < low ? low : x > high ? high : x),
    derivative: (x, _y, { low, high }) => (x >= low && x <= high ? 1 : 0),
  },
  kernel: {
    forward: ({ f32 }, x, { low, high }) => f32.minimum(f32.maximum(x, f32.constant(low)), f32.constant(high)),
    backward({ f32 }, dy, x, { low, high }) {
      const inside = f32.integer('and', f32.lessEqual(f32.constant(low), x), f32.lessEqual(x, f32.constant(high)));
      return f32.keepWhere(inside, dy);
    },
  },
});
