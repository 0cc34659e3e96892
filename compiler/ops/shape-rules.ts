import { HqnasError } from '../../core/errors.js';

/**
 * Refuses operands that do not fit.
 * @throws HqnasError `invalid-shape`
 */
export function requireShape(holds: boolean, op: string, expected: string, got: string): asserts holds {
  if (holds) return;
  throw new HqnasError({ code: 'invalid-shape', what: `${op} cannot take these operands`, expected, got });
}

/**
 * Checks the number of operands.
 * @throws HqnasError `invalid-shape`
 */
export function requireOperands(
  op: string,
  inputs: readonly unknown[],
  inputCount: number,
  parameters: readonly unknown[] = [],
  parameterCount = 0,
): void {
  requireShape(
    inputs.length === inputCount && parameters.length === parameterCount,
    op,
    `${inputCount} inputs and ${parameterCount} parameters`,
    `${inputs.length} and ${parameters.length}`,
  );
}
