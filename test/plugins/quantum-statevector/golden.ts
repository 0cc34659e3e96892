import { readFileSync } from 'node:fs';
import { angleEmbedding, angleEncoding, type Axis } from '../../../plugins/quantum-statevector/encodings/angle.js';
import { basicEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import { ring } from '../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import { defineAnsatz } from '../../../plugins/quantum-statevector/block.js';
import { composeCircuit, encodingGates } from '../../../plugins/quantum-statevector/compose-circuit.js';
import { iqpEncodingWith } from '../../../plugins/quantum-statevector/encodings/iqp.js';
import { amplitudeState, type InitialState } from '../../../plugins/quantum-statevector/initial-state.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  probabilities,
  type Measurement,
} from '../../../plugins/quantum-statevector/measurement.js';
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

/** The golden circuits that need nothing but angle encoding, Basic or Strong and <Z> or probabilities, after a change of basis. */
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

/** One of the 72 golden circuits, with its readout as it is. */
export interface WholeGolden {
  readonly name: string;
  readonly circuit: Circuit;
  readonly samples: number;
  readonly data: Case;
  /** Values of the circuit's weights. */
  readonly weights: readonly number[];
  /** Their gradient for the golden cotangent, summed over the batch. */
  readonly weightGradient: readonly number[];
  /** Row of the golden Jacobian in the order of the circuit's weights; unbatched cases only. */
  weightJacobian(row: number): readonly number[];
}

/** Re-uploading as in the golden data: Rot on every wire, then a ring of CZ. */
const rotAndRing = defineAnsatz({
  name: 'rot-and-ring',
  summary: 'Rot on every wire, a ring of CZ',
  repetition: ({ wires, weight }) => [
    ...allWires(wires).map((wire) => gate('Rot', [wire], weight(), weight(), weight())),
    ...ring(wires).map((pair) => gate('CZ', pair)),
  ],
});

/** Every golden circuit. */
export const wholeGoldens: readonly WholeGolden[] = file.circuits.map((data) => {
  const { circuit, names } = wholeCircuit(data);
  const pick = (tensors: Readonly<Record<string, Real>>, row = 0): number[] =>
    names.map(([name, index]) => tensors[name]!.data[row * data.weights[name]!.data.length + index]!);
  return {
    name: data.name,
    circuit,
    samples: data.batch ?? 1,
    data,
    weights: pick(data.weights),
    weightGradient: pick(data.vjp_w),
    weightJacobian: (row) => pick(data.jac_w!, row),
  };
});

function wholeCircuit(data: Case): { circuit: Circuit; names: readonly (readonly [string, number])[] } {
  const { n: wires, n_inputs: inputs } = data;
  const measurement = measurementOf(data);
  if (data.ops[0]![0] === 'reup') {
    const layers = data.weights['lam']!.shape[0]!;
    const { circuit } = composeCircuit({
      ...{ wires, ansatz: rotAndRing, encoding: angleEncoding('X'), repetitions: layers },
      ...{ reuploading: true, inputScaling: true, measurement },
    });
    const names = Array.from({ length: layers }, (_, layer) => [
      ...allWires(wires).map((wire) => ['lam', layer * wires + wire] as const),
      ...allWires(3 * wires).map((k) => ['theta', layer * wires * 3 + k] as const),
    ]).flat();
    return { circuit, names };
  }
  const weights = data.weights['w']!.data.length;
  let initial: InitialState | undefined;
  const gates = data.ops.flatMap(([op, first, second, third]): readonly Gate[] => {
    if (op === 'iqp') return encodingGates(iqpEncodingWith(Number(first)), wires);
    if (op !== 'amp') return gatesOf(data, String(op), first, second, third);
    initial = amplitudeState(inputs, Number(first));
    return [];
  });
  const circuit = { wires, inputs, weights, ...(initial === undefined ? {} : { initial }), gates, measurement };
  return { circuit: defineCircuit(circuit), names: allWires(weights).map((k) => ['w', k] as const) };
}

function measurementOf({ n, measure, measure_wires }: Case): Measurement {
  const wires = measure_wires ?? allWires(n);
  switch (measure) {
    case 'probs':
      return probabilities(wires);
    case 'expX':
      return expectationX(wires);
    case 'expY':
      return expectationY(wires);
    case 'expZZ':
      return expectationZZ(n === 1 ? [[0]] : wires.map((wire) => [wire, (wire + 1) % n]));
    default:
      return expectationZ(wires);
  }
}
