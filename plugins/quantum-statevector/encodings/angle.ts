import { defineEncoding, type Encoding } from '../block.js';
import { allWires, gate, type Gate } from '../circuit.js';
import { encodingGates } from '../compose-circuit.js';

/** Axis of an angle embedding. */
export type Axis = 'X' | 'Y' | 'Z';

/**
 * R_axis(x_i) on wire i for i < features, as PennyLane's AngleEmbedding: no scaling, further wires stay as they are. On
 * |0...0> the axis Z only turns a global phase, so that the inputs do nothing; put a row of H before it.
 */
export function angleEncoding(axis: Axis): Encoding {
  return defineEncoding({
    name: `angle-${axis.toLowerCase()}`,
    summary: `R${axis}(x_i) on wire i`,
    capacity: (wires) => wires,
    gates: ({ features, feature }) =>
      Array.from({ length: features }, (_, wire) => gate(`R${axis}`, [wire], feature(wire))),
  });
}

/** H on every wire, then RZ(x_i) on wire i: the inputs become phases. */
export const hadamardAngleEncoding = defineEncoding({
  name: 'hadamard-angle-z',
  summary: 'H on every wire, RZ(x_i) on wire i',
  capacity: (wires) => wires,
  gates: (context) => [
    ...allWires(context.wires).map((wire) => gate('H', [wire])),
    ...angleEncoding('Z').gates(context),
  ],
});

/**
 * The gates of {@link angleEncoding}.
 * @throws HqnasError `invalid-circuit` for more features than wires
 */
export function angleEmbedding(wires: number, features = wires, axis: Axis = 'X'): Gate[] {
  return [...encodingGates(angleEncoding(axis), wires, features)];
}
