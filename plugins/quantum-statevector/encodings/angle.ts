import { HqnasError } from '../../../core/index.js';
import { gate, input, type Gate } from '../circuit.js';

/** Axis of an angle embedding. */
export type Axis = 'X' | 'Y' | 'Z';

/**
 * R_axis(x_i) on wire i for i < features, as PennyLane's AngleEmbedding: no scaling, further wires stay as they are. On
 * |0...0> the axis Z only turns a global phase, so that the inputs do nothing; put a row of H before it.
 * @throws HqnasError `invalid-circuit` for more features than wires
 */
export function angleEmbedding(wires: number, features = wires, axis: Axis = 'X'): Gate[] {
  if (features > wires) {
    throw new HqnasError({
      code: 'invalid-circuit',
      where: 'angle embedding',
      what: 'there are more features than wires',
      expected: `at most ${wires}`,
      got: String(features),
    });
  }
  return Array.from({ length: features }, (_, i) => gate(`R${axis}`, [i], input(i)));
}
