import { factorsOf } from '../angle.js';
import type { Gate } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';
import { pauliTransfer, unite, type PauliTransfer } from './pauli-transfer.js';

/** Two sets of angles at which no gate is special: no coefficient of a transfer vanishes at both by accident. */
const generic: readonly (readonly number[])[] = [
  [0.7390851, 1.9021605, 2.685452],
  [2.2360679, 0.5671432, 1.3247179],
];

const known = new Map<string, PauliTransfer>();

/** The transfer of a gate: constant angles as they are, all others at values that stand for any. */
export function transferOf(item: Gate): PauliTransfer {
  const constants = item.angles.map((angle) => {
    const [factor, variables] = factorsOf(angle);
    return variables.length === 0 || factor === 0 ? factor : undefined;
  });
  const key = JSON.stringify([item.gate, item.wires.length, item.definition, constants.map((value) => value ?? null)]);
  let transfer = known.get(key);
  if (transfer === undefined) {
    const definition = definitionOf(item);
    const [first, second] = generic.map((values) => {
      const angles = constants.map((value, k) => value ?? values[k % values.length]!);
      const derivatives = angles.map((_, k) => definition.derivative(angles, k));
      return pauliTransfer(definition.matrix(angles), derivatives);
    }) as [PauliTransfer, PauliTransfer]; // one per set of angles
    transfer = unite(first, second);
    if (known.size >= 1000) known.clear();
    known.set(key, transfer);
  }
  return transfer;
}
