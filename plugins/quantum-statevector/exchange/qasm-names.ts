import { product } from '../angle.js';
import { gate } from '../circuit.js';
import type { GateForm } from '../gates/gate-form.js';
import { sequence } from '../gates/make-forms.js';
import { qasmNames } from './qasm-gates.js';

/** Our gate for each name of stdgates.inc, and of the language itself; several names may mean the same gate. */
export const gatesByQasmName: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(qasmNames).flatMap(([ours, theirs]) => (theirs.includes('@') ? [] : [[theirs, ours] as const])),
  ['id', ''],
  ['phase', 'PhaseShift'],
  ['u1', 'PhaseShift'],
  ['u2', 'U2'],
  ['u3', 'U3'],
  // Up to a global phase.
  ['U', 'U3'],
  ['CX', 'CNOT'],
  ['cphase', 'ControlledPhaseShift'],
]);

/**
 * Gates of stdgates.inc without one of ours. cu(theta, phi, lambda, gamma) is U3 times e^{i gamma}, controlled; U3 is e^{i (phi +
 * lambda) / 2} Rot(lambda, theta, phi).
 */
export const standardDefinitions: ReadonlyMap<string, GateForm> = new Map([
  [
    'cu',
    sequence(2, 4, (theta, phi, lambda, gamma) => [
      gate('PhaseShift', [0], gamma),
      gate('PhaseShift', [0], product(0.5, phi)),
      gate('PhaseShift', [0], product(0.5, lambda)),
      gate('CRot', [0, 1], lambda, theta, phi),
    ]),
  ],
]);

/** What `inv @` makes of a gate without angles. */
const inverses: Readonly<Record<string, string>> = { S: 'Sdg', Sdg: 'S', T: 'Tdg', Tdg: 'T', SX: 'SXdg', SXdg: 'SX' };

/** Gates of one angle that `inv @` turns back by the opposite angle. */
const turnedBack = /^(C?R[XYZ]|PhaseShift|ControlledPhaseShift)$/;

/** The inverse of one of our gates, by name and sign of its angles; undefined where that does not say it. */
export function inverseOf(name: string, angles: number): { readonly name: string; readonly sign: 1 | -1 } | undefined {
  if (turnedBack.test(name)) return { name, sign: -1 };
  return angles === 0 ? { name: inverses[name] ?? name, sign: 1 } : undefined;
}
