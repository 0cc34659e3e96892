import { constant, factorsOf, product, type Angle } from '../angle.js';
import type { Circuit } from '../circuit.js';
import { deadOf } from './dead-of.js';

/** A circuit without the weights that it can do without. */
export interface TrimmedCircuit {
  readonly circuit: Circuit;
  /** Old index of each weight that is left. */
  readonly kept: readonly number[];
}

/**
 * Leaves out the weights that cannot influence anything measured: their angles become 0, gates that turn by nothing but 0 go, and the
 * other weights are numbered anew in their order. What is measured stays the same function of inputs and weights.
 */
export function withoutDeadWeights(circuit: Circuit): TrimmedCircuit {
  const { weights: dead } = deadOf(circuit);
  const kept = Array.from({ length: circuit.weights }, (_, index) => index).filter((index) => !dead.includes(index));
  const renumbered = (angle: Angle): Angle => {
    const [factor, variables] = factorsOf(angle);
    if (variables.some(({ source, index }) => source === 'weight' && dead.includes(index))) return constant(0);
    return product(
      factor,
      ...variables.map((variable): Angle =>
        variable.source === 'input' ? variable : { source: 'weight', index: kept.indexOf(variable.index) },
      ),
    );
  };
  const gates = circuit.gates.flatMap((item) => {
    const angles = item.angles.map(renumbered);
    const idle = turns.test(item.gate) && item.definition === undefined && angles.every(isZero);
    return idle ? [] : [{ ...item, angles }];
  });
  return { circuit: { ...circuit, weights: kept.length, gates }, kept };
}

/** Gates that do nothing at angles of 0. */
const turns = /^(C?R[XYZ]|C?Rot|U1|U3|(Controlled)?PhaseShift|Ising[XYZ]{2}|MultiRZ)$/;

function isZero(angle: Angle): boolean {
  return angle.source === 'constant' && angle.value === 0;
}
