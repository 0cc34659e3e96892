import { describe, expect, it } from '@jest/globals';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { basicEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import { circularEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/circular-entangling-layers.js';
import { stronglyEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/strongly-entangling-layers.js';
import {
  allWires,
  constant,
  defineCircuit,
  gate,
  type Circuit,
  type Gate,
} from '../../../plugins/quantum-statevector/circuit.js';
import { angleEmbedding } from '../../../plugins/quantum-statevector/encodings/angle.js';
import {
  expectationZ,
  measurementRows,
  probabilities,
  type Measurement,
} from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';

function circuit(wires: number, weights: number, gates: readonly Gate[], measurement?: Measurement): Circuit {
  return defineCircuit({
    wires,
    inputs: wires,
    weights,
    gates,
    measurement: measurement ?? expectationZ(allWires(wires)),
  });
}

function jacobian(of: Circuit, x: readonly number[], w: readonly number[]): { x: number[][]; w: number[][] } {
  const count = measurementRows(of.measurement);
  const rows = Array.from({ length: count }, (_, row) => {
    const cotangent = Array.from({ length: count }, (__, other) => (other === row ? 1 : 0));
    return circuitGradients(of, x, w, cotangent);
  });
  return { x: rows.map(({ inputs }) => [...inputs]), w: rows.map(({ weights }) => [...weights]) };
}

describe('templates against PennyLane 0.44.1', () => {
  it('RX, Basic, two wires', () => {
    const tested = circuit(2, 2, [...angleEmbedding(2), ...basicEntanglingLayers({ wires: 2, layers: 1 }).gates]);
    expect(largestDifference(runCircuit(tested, [0.1, 0.2], [0.3, 0.4]), [0.92106099, 0.76018444])).toBeLessThan(1e-8);
    const { x, w } = jacobian(tested, [0.1, 0.2], [0.3, 0.4]);
    const expected = [-0.38941834, 0, -0.32140083, -0.52007016];
    expect(largestDifference(x.flat(), expected)).toBeLessThan(1e-8);
    expect(largestDifference(w.flat(), expected)).toBeLessThan(1e-8);
  });

  it('RX, Basic, three wires, two layers', () => {
    const tested = circuit(3, 6, [...angleEmbedding(3), ...basicEntanglingLayers({ wires: 3, layers: 2 }).gates]);
    const weights = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    const output = runCircuit(tested, [0.1, 0.2, 0.3], weights);
    expect(largestDifference(output, [0.26920674, 0.46424126, 0.48655242])).toBeLessThan(1e-8);
    const { x, w } = jacobian(tested, [0.1, 0.2, 0.3], weights);
    const expectedX = [0, 0, -0.33924309, 0.15888246, 0, -0.22859041, 0, 0.06348489, 0];
    const expectedW = [
      [0, 0, -0.33924309, 0, -0.27718564, -0.33924309],
      [0.15888246, 0, -0.22859041, -0.03879435, -0.13074702, 0],
      [0, 0.06348489, 0, 0.06348489, -0.03435851, -0.13419193],
    ];
    expect(largestDifference(x.flat(), expectedX)).toBeLessThan(1e-8);
    expect(largestDifference(w.flat(), expectedW.flat())).toBeLessThan(1e-8);
  });

  it('RY, Strong, two wires', () => {
    const gates = [...angleEmbedding(2, 2, 'Y'), ...stronglyEntanglingLayers({ wires: 2, layers: 1 }).gates];
    const weights = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const tested = circuit(2, 6, gates);
    expect(largestDifference(runCircuit(tested, [0.5, -0.7], weights), [0.95568592, 0.73140366])).toBeLessThan(1e-8);
    const { x, w } = jacobian(tested, [0.5, -0.7], weights);
    expect(largestDifference(x.flat(), [0, 0.22761507, -0.61483735, 0.17419792])).toBeLessThan(1e-8);
    const expectedW = [0, 0, 0, -0.12027357, 0.15404083, 0, 0.00908747, -0.61342641, 0, -0.09204753, 0.11789023, 0];
    expect(largestDifference(w.flat(), expectedW)).toBeLessThan(1e-8);
    const joint = runCircuit(circuit(2, 6, gates, probabilities([0, 1])), [0.5, -0.7], weights);
    expect(largestDifference(joint, [0.8631019, 0.11474106, 0.00259993, 0.01955711])).toBeLessThan(1e-7);
  });

  it.each([
    [1, [-1]],
    [2, [-1, 1]],
    [3, [1, 1, -1]],
    [4, [-1, 1, -1, 1]],
  ])('a flip of each of %i wires runs around the ring of CNOTs', (wires, expected) => {
    const tested = circuit(wires, wires, basicEntanglingLayers({ wires, layers: 1 }).gates);
    const output = runCircuit(tested, Array(wires).fill(0), Array(wires).fill(Math.PI));
    expect(largestDifference(output, expected)).toBeLessThan(1e-14);
  });

  it('embeds angles once and twice', () => {
    const half = Math.PI / 2;
    const once = circuit(5, 0, angleEmbedding(5));
    expect(largestDifference(runCircuit(once, [half, half, 0, half, 0], []), [0, 0, 1, 0, 1])).toBeLessThan(1e-14);
    const twice = circuit(4, 0, [...angleEmbedding(4), gate('X', [0]), ...angleEmbedding(4)]);
    expect(largestDifference(runCircuit(twice, [half, half, half / 2, 0], []), [1, -1, 0, 1])).toBeLessThan(1e-14);
  });

  it('puts wire 0 first and listed wires in listed order', () => {
    const gates = [gate('X', [0])];
    expect([...runCircuit(circuit(2, 0, gates, probabilities([0, 1])), [0, 0], [])]).toEqual([0, 0, 1, 0]);
    expect([...runCircuit(circuit(2, 0, gates, probabilities([1, 0])), [0, 0], [])]).toEqual([0, 1, 0, 0]);
  });
});

describe('circular entangling layers', () => {
  it('closes the circle first, then walks along the wires', () => {
    const { gates, shape } = circularEntanglingLayers({ wires: 3, layers: 2, firstWeight: 5 });
    expect(shape).toEqual([2, 3, 3]);
    const entanglers = gates.filter((item) => item.gate === 'CNOT').map(({ wires }) => wires);
    expect(entanglers).toEqual([
      [2, 0],
      [0, 1],
      [1, 2],
      [2, 0],
      [0, 1],
      [1, 2],
    ]);
    expect(gates[6]!.angles[0]).toEqual({ source: 'weight', index: 5 + 9 });
  });

  it('has no entangler on one wire', () => {
    expect(circularEntanglingLayers({ wires: 1, layers: 2 }).gates.every((item) => item.gate === 'Rot')).toBe(true);
  });
});

describe('bad circuits', () => {
  const codes = (build: () => unknown) => {
    expect(build).toThrow(/\[invalid-circuit\]/);
  };

  it('are refused with a reason', () => {
    codes(() => angleEmbedding(2, 3));
    codes(() => stronglyEntanglingLayers({ wires: 4, layers: 1, ranges: [4] }));
    codes(() => stronglyEntanglingLayers({ wires: 4, layers: 2, ranges: [1] }));
    codes(() => circuit(0, 0, []));
    codes(() => circuit(2, 0, [gate('X', [2])]));
    codes(() => circuit(2, 0, [gate('CNOT', [1, 1])]));
    codes(() => circuit(2, 0, [gate('CNOT', [1])]));
    codes(() => circuit(2, 0, [gate('RX', [1])]));
    codes(() => circuit(2, 0, [gate('RX', [1], { source: 'weight', index: 0 })]));
    codes(() => circuit(2, 0, [gate('RX', [1], constant(NaN))]));
    codes(() => circuit(2, 0, [], expectationZ([])));
  });
});
