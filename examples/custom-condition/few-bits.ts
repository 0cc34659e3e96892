import { defineCondition, definePlugin, integer } from 'hqnas';
import { defineElementwise, tanh } from 'hqnas/compiler';

/** Adding and subtracting it rounds a float32 below 2^22 to an integer. */
const rounding = 1.5 * 2 ** 23;

/** tanh, rounded to multiples of 2^-bits; gradients are those of tanh. */
const roundedTanh = defineElementwise<{ bits: number }>({
  id: 'demo/rounded-tanh',
  summary: 'hyperbolic tangent with a few bits after the point',
  saves: ['output'],
  reference: {
    forward: (x, { bits }) => Math.round(Math.tanh(x) * 2 ** bits) / 2 ** bits,
    derivative: (_x, y) => 1 - y * y,
  },
  kernel: {
    forward(fn, x, { bits }) {
      const { f32 } = fn;
      const scaled = f32.multiply(tanh(fn, f32, x), f32.constant(2 ** bits));
      const whole = f32.subtract(f32.add(scaled, f32.constant(rounding)), f32.constant(rounding));
      return f32.multiply(whole, f32.constant(2 ** -bits));
    },
    backward: ({ f32 }, dy, y) => f32.multiply(dy, f32.subtract(f32.constant(1), f32.multiply(y, y))),
  },
});

/** Trained networks on hardware whose activations have few bits: how much of the return is left? */
const fewBits = defineCondition({
  id: 'demo/few-bits',
  summary: 'outputs of tanh layers rounded to a few bits',
  options: { bits: integer(1, 16, { fallback: 3, help: 'bits after the point' }) },
  replace:
    ({ bits }) =>
    (op) =>
      op.id === 'core/tanh' ? { op: roundedTanh, attributes: { bits } } : undefined,
});

export default definePlugin({ name: 'demo', conditions: [fewBits] });
