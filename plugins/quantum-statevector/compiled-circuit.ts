import type { Circuit } from './circuit.js';
import type { ExecutionPath } from './execution.js';

/** Numbers in the precision of a compiled circuit. */
export type FloatArray = Float32Array | Float64Array;

/** Gradients of one batch. */
export interface BatchGradients {
  /** [input][sample] */
  readonly inputs: FloatArray;
  /** Summed over the samples. */
  readonly weights: FloatArray;
}

/** A circuit that runs batches. Batches are row-major: all samples of row 0, then of row 1, and so on. */
export interface CompiledCircuit {
  readonly circuit: Circuit;
  readonly precision: 'float32' | 'float64';
  readonly path: ExecutionPath | 'reference';
  /** Rows that the measurement gives. */
  readonly rows: number;
  readonly capacity: number;
  /**
   * Measured values [row][sample] for inputs [input][sample]. The number of samples follows from the inputs; a circuit without
   * inputs needs it. The result is written to `into`, or to a new array.
   * @throws HqnasError `invalid-circuit-values` for the wrong number of values, or one that is not finite
   */
  forward(inputs: ArrayLike<number>, weights: ArrayLike<number>, samples?: number, into?: FloatArray): FloatArray;
  /**
   * Gradients for a cotangent [row][sample], at the inputs and weights of the last `forward`; written to `into`, or to new arrays.
   * @throws HqnasError `invalid-circuit-values`
   */
  backward(cotangent: ArrayLike<number>, into?: BatchGradients): BatchGradients;
  /** Gives the memory back; the circuit cannot be used any more. */
  release(): void;
}
