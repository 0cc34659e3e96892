import { cosine, sine } from '../../../core/index.js';
import { combine, complexMatrix, identity, multiply, type ComplexMatrix } from './complex-matrix.js';
import type { GateDefinition } from './gate-definition.js';

const pauliX = complexMatrix(2, [0, 1, 1, 0]);
const pauliY = complexMatrix(2, [], [0, -1, 1, 0]);
const pauliZ = complexMatrix(2, [1, 0, 0, -1]);

/** exp(-i t G / 2) = cos(t/2) - i sin(t/2) G, for a generator G that is its own inverse. */
function rotation(wires: number, generator: ComplexMatrix): GateDefinition {
  const one = identity(generator.size);
  return {
    wires,
    angles: 1,
    matrix: ([t = 0]) => combine(cosine(t / 2), one, 0, -sine(t / 2), generator),
    derivative: ([t = 0]) => combine(-sine(t / 2) / 2, one, 0, -cosine(t / 2) / 2, generator),
  };
}

/** Rotations by t about an axis: exp(-i t P / 2), as in PennyLane, Cirq and Qiskit. */
export const RX = rotation(1, pauliX);
export const RY = rotation(1, pauliY);
export const RZ = rotation(1, pauliZ);

/** Rot(phi, theta, omega) = RZ(omega) RY(theta) RZ(phi): RZ(phi) acts first. */
export const Rot: GateDefinition = {
  wires: 1,
  angles: 3,
  matrix: (angles) => eulerProduct(angles, undefined),
  derivative: (angles, angle) => eulerProduct(angles, angle),
};

/** RZ(omega) RY(theta) RZ(phi), with the derivative of one factor in its place. */
function eulerProduct([phi = 0, theta = 0, omega = 0]: readonly number[], derived: number | undefined): ComplexMatrix {
  const factor = (gate: GateDefinition, angle: number, index: number) =>
    index === derived ? gate.derivative([angle], 0) : gate.matrix([angle]);
  return multiply(factor(RZ, omega, 2), multiply(factor(RY, theta, 1), factor(RZ, phi, 0)));
}
