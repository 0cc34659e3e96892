import * as fixedGates from './fixed-gates.js';
import { definitionFrom, type GateDefinition } from './gate-definition.js';
import type { Gate, GateForm } from './gate-form.js';
import * as rotations from './rotations.js';

const { H, X, Y, Z, S, Sdg, T, Tdg, SX, SXdg, CNOT, CY, CZ, CH, SWAP, ISWAP, Toffoli, CSWAP, CCZ } = fixedGates;
const { RX, RY, RZ, Rot, PhaseShift, U2, U3, CRX, CRY, CRZ, CRot, ControlledPhaseShift } = rotations;
const { IsingXX, IsingYY, IsingZZ, IsingXY, multiRZ } = rotations;

const forms = {
  ...{ RX, RY, RZ, Rot, PhaseShift, U1: PhaseShift, U2, U3 },
  ...{ H, X, Y, Z, S, Sdg, T, Tdg, SX, SXdg },
  ...{ CNOT, CY, CZ, CH, SWAP, ISWAP, Toffoli, CSWAP, CCZ },
  ...{ CRX, CRY, CRZ, CRot, ControlledPhaseShift, IsingXX, IsingYY, IsingZZ, IsingXY },
} satisfies Record<string, GateForm>;

export type GateName = keyof typeof forms;

/** Every gate of a fixed number of wires that circuits may use, by the name used in PennyLane. MultiRZ takes any number. */
export const gates = Object.fromEntries(
  Object.entries(forms).map(([name, form]) => [name, definitionFrom(form, definitionOf)]),
  // The entries of `forms`, one by one.
) as Readonly<Record<GateName, GateDefinition>>;

/** Names that a gate may have without bringing a definition of its own. */
export const gateNames: readonly string[] = [...Object.keys(forms), 'MultiRZ'];

const own = new WeakMap<GateForm, GateDefinition>();
const multiRotations = new Map<number, GateDefinition>();

/**
 * What a gate of a circuit does.
 * @throws RangeError for a name that is not known
 */
export function definitionOf({ gate, wires, definition }: Gate): GateDefinition {
  if (definition !== undefined) {
    const known = own.get(definition) ?? definitionFrom(definition, definitionOf);
    own.set(definition, known);
    return known;
  }
  if (gate === 'MultiRZ') {
    const known = multiRotations.get(wires.length) ?? definitionFrom(multiRZ(wires.length), definitionOf);
    multiRotations.set(wires.length, known);
    return known;
  }
  if (!Object.hasOwn(gates, gate)) throw new RangeError(`there is no gate "${gate}"`);
  // Checked in the line above.
  return gates[gate as GateName];
}
