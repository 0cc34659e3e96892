import { constant } from '../angle.js';
import { pauliX, pauliY, pauliZ } from './fixed-gates.js';
import type { GateForm } from './gate-form.js';
import {
  controlled,
  diagonal,
  kronecker,
  permutation,
  phaseOfLast,
  rotationAbout,
  sequence,
  step,
} from './make-forms.js';

/** Rotations by t about an axis: exp(-i t P / 2), as in PennyLane, Cirq and Qiskit. */
export const RX = rotationAbout(pauliX);
export const RY = rotationAbout(pauliY);
export const RZ = rotationAbout(pauliZ);

/** diag(1, e^{it}); U1 is another name for it. */
export const PhaseShift = phaseOfLast(1);
/** diag(1, 1, 1, e^{it}), symmetric in its wires. */
export const ControlledPhaseShift = phaseOfLast(2);

/** Wires: control, target. A controlled rotation returns after 4 pi. */
export const CRX = controlled(RX);
export const CRY = controlled(RY);
export const CRZ = controlled(RZ);

/** exp(-i t PP / 2) */
export const IsingXX = rotationAbout(kronecker(pauliX, pauliX));
export const IsingYY = rotationAbout(kronecker(pauliY, pauliY));
export const IsingZZ = rotationAbout(kronecker(pauliZ, pauliZ));
/** exp(i t (XX + YY) / 4): turns |01> into |10> with factor i sin(t/2). */
export const IsingXY: GateForm = {
  form: 'rotation',
  wires: 2,
  frequency: 0.5,
  constant: diagonal([1, 0, 0, 1]),
  cosine: diagonal([0, 1, 1, 0]),
  sine: permutation([0, 2, 1, 3], [0, [0, 1], [0, 1], 0]),
};

/** exp(-i t Z..Z / 2) on any number of wires. */
export function multiRZ(wires: number): GateForm {
  let generator = pauliZ;
  for (let wire = 1; wire < wires; wire++) generator = kronecker(generator, pauliZ);
  return rotationAbout(generator);
}

/** Rot(phi, theta, omega) = RZ(omega) RY(theta) RZ(phi): RZ(phi) acts first. */
export const Rot = sequence(1, 3, (phi, theta, omega) => [
  step('RZ', RZ, [0], phi),
  step('RY', RY, [0], theta),
  step('RZ', RZ, [0], omega),
]);
/** Rot(phi, theta, omega) where the first wire is 1. */
export const CRot = sequence(2, 3, (phi, theta, omega) => [
  step('CRZ', CRZ, [0, 1], phi),
  step('CRY', CRY, [0, 1], theta),
  step('CRZ', CRZ, [0, 1], omega),
]);
/** U2(phi, delta) = PhaseShift(phi) RY(pi/2) PhaseShift(delta). */
export const U2 = sequence(1, 2, (phi, delta) => [
  step('PhaseShift', PhaseShift, [0], delta),
  step('RY', RY, [0], constant(Math.PI / 2)),
  step('PhaseShift', PhaseShift, [0], phi),
]);
/** U3(theta, phi, delta) = PhaseShift(phi) RY(theta) PhaseShift(delta). */
export const U3 = sequence(1, 3, (theta, phi, delta) => [
  step('PhaseShift', PhaseShift, [0], delta),
  step('RY', RY, [0], theta),
  step('PhaseShift', PhaseShift, [0], phi),
]);
