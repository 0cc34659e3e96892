import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../../core/random.js';
import { deadParameters } from '../../../../plugins/quantum-statevector/analysis/dead-parameters.js';
import { numericallyDead } from '../../../../plugins/quantum-statevector/analysis/numerically-dead.js';
import { structurallyDead } from '../../../../plugins/quantum-statevector/analysis/structurally-dead.js';
import { basicEntanglingLayers } from '../../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import {
  allWires,
  defineCircuit,
  gate,
  weight,
  type Circuit,
  type Template,
} from '../../../../plugins/quantum-statevector/circuit.js';
import { angleEmbedding } from '../../../../plugins/quantum-statevector/encodings/angle.js';
import { expectationZ, probabilities, type Measurement } from '../../../../plugins/quantum-statevector/measurement.js';
import { stronglyEntanglingLayers } from '../../../../plugins/quantum-statevector/ansatz/strongly-entangling-layers.js';
import { specialCircuits } from './special-circuits.js';
import { gateSoups, layeredCircuit, type AnsatzName } from '../random-circuit.js';

const readouts: Readonly<Record<string, (wires: number) => Measurement>> = {
  Z0: () => expectationZ([0]),
  Z0Z1: (wires) => expectationZ(allWires(Math.min(2, wires))),
  'all Z': (wires) => expectationZ(allWires(wires)),
  probabilities: (wires) => probabilities(allWires(wires)),
};

/** Dead weights of all, dead inputs: recomputed with another simulator at random points. */
const published = `
  ansatz       wires  measured       1 repetition    2 repetitions   3 repetitions
  basic-RX     2      Z0             1 of 2, 1       2 of 4, 1       3 of 6, 1
  basic-RX     3      Z0             1 of 3, 1       3 of 6, 2       3 of 9, 0
  basic-RX     3      Z0Z1           0 of 3, 0       1 of 6, 1       1 of 9, 0
  basic-RX     4      Z0             1 of 4, 1       2 of 8, 1       5 of 12, 3
  basic-RX     4      Z0Z1           0 of 4, 0       0 of 8, 0       2 of 12, 2
  basic-RX     4      all Z          0 of 4, 0       0 of 8, 0       0 of 12, 0
  basic-RX     4      probabilities  0 of 4, 0       0 of 8, 0       0 of 12, 0
  basic-RY     2      Z0             1 of 2, 1       1 of 4, 0       1 of 6, 0
  basic-RY     4      Z0             1 of 4, 1       1 of 8, 0       1 of 12, 0
  strong-CNOT  2      Z0             4 of 6, 1       5 of 12, 0      5 of 18, 0
  strong-CNOT  2      all Z          2 of 6, 0       2 of 12, 0      2 of 18, 0
  strong-CNOT  3      Z0             5 of 9, 1       5 of 18, 0      5 of 27, 0
  strong-CNOT  3      Z0Z1           3 of 9, 0       3 of 18, 0      3 of 27, 0
  strong-CNOT  4      Z0             6 of 12, 1      12 of 24, 0     8 of 36, 0
  strong-CNOT  4      Z0Z1           4 of 12, 0      8 of 24, 0      6 of 36, 0
  strong-CNOT  4      all Z          4 of 12, 0      4 of 24, 0      4 of 36, 0
  strong-CNOT  4      probabilities  4 of 12, 0      4 of 24, 0      4 of 36, 0`;

describe('dead parameters', () => {
  it.each(published.trim().split('\n').slice(1))('the known counts: %s', (line) => {
    const [name, wires, readout, ...counts] = line.trim().split(/ {2,}/);
    const found = counts.map((_, repetition) => {
      const measurement = readouts[readout!]!(Number(wires));
      // The table names nothing else.
      const ansatz = name as AnsatzName;
      const circuit = layeredCircuit({ wires: Number(wires), layers: repetition + 1, name: ansatz, measurement });
      const dead = deadParameters(circuit);
      return `${dead.weights.length} of ${circuit.weights}, ${dead.inputs.length}`;
    });
    expect(found).toEqual(counts);
    expect(counts).toHaveLength(3);
  });

  it('are the same by structure and by gradients, for every small layered circuit', () => {
    let circuits = 0;
    for (const circuit of smallCircuits()) {
      const structural = structurallyDead(circuit);
      expect(structural).toEqual(numericallyDead(circuit, createRng(circuits), 2));
      circuits++;
    }
    expect(circuits).toBe(4 * 4 * 2 * 4 * 4 * 2);
  });

  it('are the same by structure and by gradients, for other starts, gates and readouts', () => {
    const wrong = specialCircuits.filter(({ circuit }, seed) => {
      const { weights, inputs } = deadParameters(circuit);
      return JSON.stringify({ weights, inputs }) !== JSON.stringify(numericallyDead(circuit, createRng(seed)));
    });
    const bySource = specialCircuits.filter(({ circuit }) => deadParameters(circuit).method === 'structural');
    expect(bySource.length).toBeGreaterThan(50);
    expect(specialCircuits).toHaveLength(240);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('nothing that structure calls dead has a gradient, in any circuit', () => {
    fc.assert(
      fc.property(anyCircuits, fc.nat(), (circuit, seed) => {
        const structural = structurallyDead(circuit);
        const numeric = numericallyDead(circuit, createRng(seed), 2);
        expect(numeric.weights).toEqual(expect.arrayContaining([...structural.weights]));
        expect(numeric.inputs).toEqual(expect.arrayContaining([...structural.inputs]));
      }),
      { numRuns: 100 },
    );
  });

  it('an angle embedding about z does nothing on |0...0>, and everything after a row of H', () => {
    const embedded = (hadamards: boolean): Circuit =>
      layeredCircuit({ wires: 3, layers: 2, name: 'strong-CNOT', axis: 'Z', hadamards });
    expect(deadParameters(embedded(false)).inputs).toEqual([0, 1, 2]);
    expect(deadParameters(embedded(true)).inputs).toEqual([]);
    // Without H the first rotations about z turn nothing either.
    expect(deadParameters(embedded(false)).weights).toEqual(expect.arrayContaining([0, 3, 6]));
  });

  it('last rotations about z are dead before a measurement of Z', () => {
    const circuit = layeredCircuit({ wires: 2, layers: 2, name: 'strong-CNOT' });
    expect(deadParameters(circuit).weights).toEqual([8, 11]);
  });

  it('only gradients see a weight that undoes itself', () => {
    const twice = defineCircuit({
      wires: 1,
      inputs: 0,
      weights: 1,
      gates: [gate('RX', [0], weight(0)), gate('Z', [0]), gate('RX', [0], weight(0)), gate('Z', [0])],
      measurement: expectationZ([0]),
    });
    expect(deadParameters(twice, { method: 'structural' }).weights).toEqual([]);
    expect(deadParameters(twice, { method: 'numeric' }).weights).toEqual([0]);
  });

  it('wide circuits are taken numerically, and agree with structure', () => {
    const circuit = layeredCircuit({ wires: 7, layers: 1, name: 'strong-CNOT', measurement: expectationZ([0, 1]) });
    const numeric = deadParameters(circuit);
    expect(numeric.method).toBe('numeric');
    expect(deadParameters(circuit, { method: 'structural' })).toEqual({ ...numeric, method: 'structural' });
  });
});

const anyCircuits = fc.oneof(
  gateSoups({ wires: 4, gates: 20 }),
  fc.constantFrom(...specialCircuits.map(({ circuit }) => circuit)),
);

/** Basic and strong circuits on 1 to 4 qubits with every embedding, 1 and 2 repetitions, CNOT and CZ, every readout. */
function* smallCircuits(): Generator<Circuit> {
  const ansatzes = ['RX', 'RY', 'RZ', 'strong'] as const;
  for (let wires = 1; wires <= 4; wires++)
    for (const ansatz of ansatzes)
      for (const entangler of ['CNOT', 'CZ'] as const)
        for (const embedding of ['X', 'Y', 'Z', 'HZ'] as const)
          for (const readout of Object.values(readouts))
            for (const layers of [1, 2]) {
              const template = templateOf(ansatz, entangler, wires, layers);
              yield defineCircuit({
                wires,
                inputs: wires,
                weights: template.shape.reduce((product, length) => product * length, 1),
                gates: [
                  ...(embedding === 'HZ' ? allWires(wires).map((wire) => gate('H', [wire])) : []),
                  ...angleEmbedding(wires, wires, embedding === 'HZ' ? 'Z' : embedding),
                  ...template.gates,
                ],
                measurement: readout(wires),
              });
            }
}

function templateOf(
  ansatz: 'RX' | 'RY' | 'RZ' | 'strong',
  entangler: 'CNOT' | 'CZ',
  wires: number,
  layers: number,
): Template {
  if (ansatz === 'strong') return stronglyEntanglingLayers({ wires, layers, imprimitive: entangler });
  const template = basicEntanglingLayers({ wires, layers, rotation: ansatz });
  const gates = template.gates.map((item) => (item.gate === 'CNOT' ? { ...item, gate: entangler } : item));
  return { ...template, gates };
}
