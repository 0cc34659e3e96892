import type { ComplexMatrix } from './complex-matrix.js';

/**
 * What a gate does: a unitary matrix as a function of its angles. Of several wires the first is the most significant bit
 * of the matrix index, so that controls come first.
 */
export interface GateDefinition {
  readonly wires: number;
  readonly angles: number;
  matrix(angles: readonly number[]): ComplexMatrix;
  /** Derivative of the matrix with respect to one of the angles. */
  derivative(angles: readonly number[], angle: number): ComplexMatrix;
}

/** A gate without angles. */
export function fixedGate(wires: number, matrix: ComplexMatrix): GateDefinition {
  return {
    wires,
    angles: 0,
    matrix: () => matrix,
    derivative() {
      throw new RangeError('a gate without angles has no derivative');
    },
  };
}
