import { substitute } from '../angle.js';
import { gate, type Gate } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';

/** The same gates with sequences written out, and MultiRZ on three wires or more as CNOTs around one RZ. */
export function elementaryGates(gates: readonly Gate[]): readonly Gate[] {
  return gates.flatMap(written);
}

function written(item: Gate): readonly Gate[] {
  const { form } = definitionOf(item);
  if (form.form === 'sequence') {
    return form.gates.flatMap((inner) =>
      written({
        ...inner,
        wires: inner.wires.map((wire) => item.wires[wire]!),
        angles: inner.angles.map((angle) => substitute(angle, item.angles)),
      }),
    );
  }
  if (item.gate !== 'MultiRZ' || item.definition !== undefined || item.wires.length < 3) return [item];
  const chain = item.wires.slice(1).map((wire, k) => gate('CNOT', [item.wires[k]!, wire]));
  return [...chain, gate('RZ', [item.wires.at(-1)!], item.angles[0]!), ...chain.toReversed()];
}
