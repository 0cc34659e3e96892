import { defineElementwise, polynomial } from '../../compiler/index.js';

/** arctan(u) / u in u^2 for |u| <= tan(pi/8): interpolated in Chebyshev nodes, error 6.3e-10. */
const coefficients = [0.999999999, -0.333333069, 0.199981824, -0.142395205, 0.105697381, -0.0602607107];

/**
 * y = arctan x. Two half-angle steps, u = x / (1 + sqrt(1 + x^2)), bring every x into |u| <= tan(pi/8); then 4 arctan u by a
 * polynomial. Error at most 5e-7 absolute.
 */
export const arctan = defineElementwise({
  id: 'quantum-statevector/arctan',
  summary: 'arcus tangent',
  saves: ['inputs'],
  reference: { forward: (x) => Math.atan(x), derivative: (x) => 1 / (1 + x * x) },
  kernel: {
    forward(fn, x) {
      const { f32 } = fn;
      const one = f32.constant(1);
      // Beyond, x^2 would be infinite.
      const clamped = fn.let(f32.minimum(f32.maximum(x, f32.constant(-1e18)), f32.constant(1e18)));
      const halve = (t: typeof clamped): typeof clamped =>
        fn.let(f32.divide(t, f32.add(one, f32.sqrt(f32.multiplyAdd(t, t, one)))));
      const u = halve(halve(clamped));
      const square = fn.let(f32.multiply(u, u));
      return f32.multiply(f32.multiply(u, f32.constant(4)), polynomial(fn, f32, square, coefficients));
    },
    backward: (fn, dy, x) => fn.f32.divide(dy, fn.f32.multiplyAdd(x, x, fn.f32.constant(1))),
  },
});
