import { readFileSync } from 'node:fs';
import { angleEmbedding, type Axis } from '../../../plugins/quantum-statevector/encodings/angle.js';
import { basicEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import { stronglyEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/strongly-entangling-layers.js';
import {
  allWires,
  constant,
  defineCircuit,
  gate,
  type Circuit,
  type Gate,
} from '../../../plugins/quantum-statevector/circuit.js';

interface Real {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Complex {
  readonly shape: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}
interface Case {
  readonly name: string;
  readonly n: number;
  readonly n_inputs: number;
  readonly ops: readonly (readonly (string | number | null | readonly number[])[])[];
  readonly measure: string;
  readonly measure_wires: readonly number[] | null;
  readonly batch: number | null;
  readonly x: Real;
  readonly weights: Readonly<Record<string, Real>>;
  readonly output: Real;
  readonly state: Complex;
  readonly cotangent: Real;
  readonly vjp_x: Real;
  readonly vjp_w: Readonly<Record<string, Real>>;
  readonly jac_x?: Real;
  readonly jac_w?: Readonly<Record<string, Real>>;
}

/** Results of PennyLane 0.44.1 on default.qubit in complex128. */
const file = JSON.parse(
  readFileSync(new URL('../../golden/pennylane-0.44.1-circuits.json', import.meta.url), 'utf8'),
) as {
  readonly gates: Readonly<Record<string, { params: number[]; matrix: Complex }>>;
  readonly circuits: readonly Case[];
};

export const goldenGates = file.gates;

export interface GoldenCircuit {
  readonly name: string;
  readonly circuit: Circuit;
  /** The golden state is that of these gates: before the change of basis of expX and expY. */
  readonly stateCircuit: Circuit;
  readonly samples: number;
  readonly data: Case;
  /** Names of the weights, in the circuit's order. */
  readonly weights: readonly string[];
}

/** Every golden circuit that the gates and templates here can express. */
export const goldenCircuits: readonly GoldenCircuit[] = file.circuits.flatMap((data) => {
  const known = data.ops.every(([op]) => ['angle', 'h', 'bel', 'sel'].includes(String(op)));
  if (!known || data.measure === 'expZZ') return [];
  const gates: Gate[] = data.ops.flatMap(([op, first, second, third]) =>
    gatesOf(data, String(op), first, second, third),
  );
  const measured = data.measure_wires ?? allWires(data.n);
  const common = { wires: data.n, inputs: data.n_inputs, weights: data.weights['w']!.data.length };
  const measurement =
    data.measure === 'probs'
      ? ({ kind: 'probabilities', wires: measured } as const)
      : ({ kind: 'expectation-z', wires: measured } as const);
  return [
    {
      name: data.name,
      circuit: defineCircuit({ ...common, gates: [...gates, ...basisChange(data)], measurement }),
      stateCircuit: defineCircuit({ ...common, gates, measurement }),
      samples: data.batch ?? 1,
      data,
      weights: ['w'],
    },
  ];
});

type Field = string | number | null | readonly number[] | undefined;

function gatesOf(data: Case, op: string, first: Field, second: Field, third: Field): readonly Gate[] {
  const wires = data.n;
  const layers = data.weights['w']!.shape[0]!;
  switch (op) {
    case 'angle':
      return angleEmbedding(wires, data.n_inputs, first as Axis);
    case 'h':
      return allWires(wires).map((wire) => gate('H', [wire]));
    case 'bel':
      return basicEntanglingLayers({ wires, layers, rotation: first as 'RX' | 'RY' | 'RZ' }).gates;
    default:
      return stronglyEntanglingLayers({
        wires,
        layers,
        imprimitive: third as 'CNOT' | 'CZ',
        ...(second === null || second === undefined ? {} : { ranges: second as readonly number[] }),
      }).gates;
  }
}

function basisChange({ measure, n }: Case): readonly Gate[] {
  if (measure === 'expX') return allWires(n).map((wire) => gate('H', [wire]));
  if (measure !== 'expY') return [];
  return allWires(n).flatMap((wire) => [gate('RZ', [wire], constant(-Math.PI / 2)), gate('H', [wire])]);
}
