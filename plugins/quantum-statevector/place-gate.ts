import { angleSum, fixedAngle, noAngle, scaled } from './angle-sum.js';
import { NotCanonical, type Canonicaliser } from './canonicaliser.js';
import type { Gate } from './gates/gate-form.js';

/**
 * Takes a gate apart into what a canonical form is made of, up to global phase, first in time first: Rot = RZ RY RZ; RX(t) =
 * RZ(pi/2) RY(t) RZ(-pi/2); H = Z RY(pi/2); Y = Z X; Z, S, T and PhaseShift are RZ; SX = RX(pi/2); CY = Sdg CNOT S on the target;
 * ISWAP = S S CZ SWAP; CNOT, SWAP and X permute basis states; controlled phases and ZZ rotations are phases of parities.
 * @throws NotCanonical
 */
export function placeGate(place: Canonicaliser, { gate, wires, angles, definition }: Gate): void {
  const [a = 0, b = 0] = wires;
  const [first = noAngle(), second = noAngle(), third = noAngle()] = angles.map((angle) => {
    const sum = angleSum(angle);
    if (sum === undefined) throw new NotCanonical();
    return sum;
  });
  switch (definition === undefined ? gate : undefined) {
    case 'RX':
      place.rotateX(a, first);
      return;
    case 'RY':
      place.rotateY(a, first);
      return;
    case 'RZ':
    case 'PhaseShift':
    case 'U1':
      place.rotateZ(a, first);
      return;
    case 'Rot':
      place.euler(a, first, second, third);
      return;
    case 'U2':
      place.euler(a, second, fixedAngle(Math.PI / 2), first);
      return;
    case 'U3':
      place.euler(a, third, first, second);
      return;
    case 'H':
      place.euler(a, fixedAngle(Math.PI), fixedAngle(Math.PI / 2), noAngle());
      return;
    case 'X':
      place.flip(a);
      return;
    case 'Y':
      place.rotateZ(a, fixedAngle(Math.PI));
      place.flip(a);
      return;
    case 'Z':
      place.rotateZ(a, fixedAngle(Math.PI));
      return;
    case 'S':
      place.rotateZ(a, fixedAngle(Math.PI / 2));
      return;
    case 'Sdg':
      place.rotateZ(a, fixedAngle(-Math.PI / 2));
      return;
    case 'T':
      place.rotateZ(a, fixedAngle(Math.PI / 4));
      return;
    case 'Tdg':
      place.rotateZ(a, fixedAngle(-Math.PI / 4));
      return;
    case 'SX':
      place.rotateX(a, fixedAngle(Math.PI / 2));
      return;
    case 'SXdg':
      place.rotateX(a, fixedAngle(-Math.PI / 2));
      return;
    case 'CNOT':
      place.controlledFlip(a, b);
      return;
    case 'CY':
      place.rotateZ(b, fixedAngle(-Math.PI / 2));
      place.controlledFlip(a, b);
      place.rotateZ(b, fixedAngle(Math.PI / 2));
      return;
    case 'CZ':
      place.controlledPhase(a, b);
      return;
    case 'SWAP':
      place.swap(a, b);
      return;
    case 'ISWAP':
      place.rotateZ(a, fixedAngle(Math.PI / 2));
      place.rotateZ(b, fixedAngle(Math.PI / 2));
      place.controlledPhase(a, b);
      place.swap(a, b);
      return;
    case 'IsingZZ':
    case 'MultiRZ':
      place.rotateParity(wires, first);
      return;
    case 'CRZ':
      place.rotateZ(b, scaled(first, 0.5));
      place.rotateParity(wires, scaled(first, -0.5));
      return;
    case 'ControlledPhaseShift':
      place.rotateZ(a, scaled(first, 0.5));
      place.rotateZ(b, scaled(first, 0.5));
      place.rotateParity(wires, scaled(first, -0.5));
      return;
    default:
      throw new NotCanonical();
  }
}
