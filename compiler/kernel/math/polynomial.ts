import type { Expression, FloatVector } from '../expression.js';
import type { FunctionBuilder, VectorOperations } from '../function-builder.js';

/** c[0] + c[1] x + c[2] x^2 + ... by Horner's rule. `x` is read once per coefficient: pass a local. */
export function polynomial<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  x: Expression<V>,
  coefficients: readonly number[],
): Expression<V> {
  let value: Expression<V> = ops.constant(coefficients.at(-1)!);
  for (let i = coefficients.length - 2; i >= 0; i--) {
    value = fn.let(ops.multiplyAdd(x, value, ops.constant(coefficients[i]!)));
  }
  return value;
}
