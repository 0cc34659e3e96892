import { describe, expect, it } from '@jest/globals';
import { ansatzes } from '../../../plugins/quantum-statevector/ansatz/ansatzes.js';
import { ppoQAnsatz } from '../../../plugins/quantum-statevector/ansatz/ppo-q.js';
import { noEntanglementAnsatz } from '../../../plugins/quantum-statevector/ansatz/no-entanglement.js';
import { factorsOf } from '../../../plugins/quantum-statevector/angle.js';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { defineAnsatz, type Ansatz, type Encoding } from '../../../plugins/quantum-statevector/block.js';
import {
  allWires,
  defineCircuit,
  gate,
  input,
  weight,
  type Gate,
} from '../../../plugins/quantum-statevector/circuit.js';
import { composeCircuit, encodingGates, templateOf } from '../../../plugins/quantum-statevector/compose-circuit.js';
import { amplitudeEncoding, amplitudeEncodingWith } from '../../../plugins/quantum-statevector/encodings/amplitude.js';
import { basisEncoding } from '../../../plugins/quantum-statevector/encodings/basis.js';
import { encodings } from '../../../plugins/quantum-statevector/encodings/encodings.js';
import { hadamardAngleEncoding } from '../../../plugins/quantum-statevector/encodings/angle.js';
import { iqpEncoding } from '../../../plugins/quantum-statevector/encodings/iqp.js';
import { expectationX, expectationZ, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import { finalState, runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';

/** One gate per entry, such as "RZ 0" or "CZ 01". */
function listOf(gates: readonly Gate[]): string[] {
  return gates.map(({ gate: name, wires }) => `${name} ${wires.join('')}`);
}

const nothing = defineAnsatz({ name: 'nothing', summary: 'no gates', repetition: () => [] });

function encoded(encoding: Encoding, wires: number, features = wires, measurement = expectationZ(allWires(wires))) {
  return composeCircuit({ wires, features, encoding, ansatz: nothing, repetitions: 1, measurement }).circuit;
}

describe('encodings', () => {
  it.each(Object.entries(encodings))('%s is known by its name', (name, encoding) => {
    expect(encoding.name).toBe(name);
    expect(encoding.summary).not.toBe('');
  });

  it.each(['angle-x', 'angle-y'] as const)('%s gives cos x_i, and 1 on wires without a feature', (name) => {
    const x = [0.3, -1.2];
    const output = runCircuit(encoded(encodings[name], 3, 2), x, []);
    expect(largestDifference(output, [Math.cos(0.3), Math.cos(1.2), 1])).toBeLessThan(1e-15);
  });

  it('angle-z does nothing alone; after H it turns the phase: <X> = cos x', () => {
    expect(largestDifference(runCircuit(encoded(encodings['angle-z'], 2), [0.3, 0.4], []), [1, 1])).toBeLessThan(1e-15);
    const turned = runCircuit(encoded(hadamardAngleEncoding, 3, 2, expectationX([0, 1, 2])), [0.3, -1.2], []);
    expect(largestDifference(turned, [Math.cos(0.3), Math.cos(1.2), 1])).toBeLessThan(1e-15);
  });

  it('basis puts bits into their basis state', () => {
    const circuit = encoded(basisEncoding, 3, 3, probabilities([0, 1, 2]));
    const output = runCircuit(circuit, [1, 0, 1], []);
    expect(largestDifference(output, [0, 0, 0, 0, 0, 1, 0, 0])).toBeLessThan(1e-15);
  });

  it('iqp: one repeat on two wires, then H, as PennyLane gives it', () => {
    const gates = encodingGates({ ...iqpEncoding, gates: iqpEncoding.gates }, 2);
    // Half of the gates are one repeat: H, RZ, H, RZ, IsingZZ.
    const once = [...gates.slice(0, 5), gate('H', [0]), gate('H', [1])];
    const circuit = defineCircuit({ wires: 2, inputs: 2, weights: 0, gates: once, measurement: expectationZ([0, 1]) });
    expect(largestDifference(runCircuit(circuit, [0.3, 0.7], []), [0.93434862, 0.7480393])).toBeLessThan(1e-8);
    expect(gates).toHaveLength(10);
    expect(listOf(encodingGates(iqpEncoding, 3, 2)).slice(0, 6)).toEqual([
      ...['H 0', 'RZ 0', 'H 1', 'RZ 1', 'H 2', 'IsingZZ 01'],
    ]);
  });

  it('amplitude: padded, normalised, and differentiated through the norm, as PennyLane gives it', () => {
    const circuit = composeCircuit({
      ...{ wires: 2, features: 3, encoding: amplitudeEncoding, ansatz: ryRing, repetitions: 1 },
      measurement: expectationZ([0, 1]),
    }).circuit;
    const [x, w] = [
      [1, 2, 3],
      [0.3, 0.4],
    ];
    expect(largestDifference(runCircuit(circuit, x, w), [-0.3996048, -0.8785258])).toBeLessThan(1e-7);
    const rows = [
      [0.06691152, 0.38712608, -0.2803879],
      [0.02826021, -0.00422533, -0.00660318],
    ];
    rows.forEach((row, k) => {
      const oneHot = rows.map((_, other) => (other === k ? 1 : 0));
      expect(largestDifference(circuitGradients(circuit, x, w, oneHot).inputs, row)).toBeLessThan(1e-8);
    });
  });

  it('amplitude takes the projection also where the norm is 1 already', () => {
    const gates = [gate('RY', [0], weight(0))];
    const circuit = defineCircuit({
      ...{ wires: 1, inputs: 2, weights: 1, gates, initial: { kind: 'amplitude', features: 2, padding: 0 } },
      measurement: expectationZ([0]),
    });
    const { inputs } = circuitGradients(circuit, [0.6, 0.8], [0.3], [1]);
    expect(largestDifference(inputs, [1.335, -1.0013])).toBeLessThan(1e-4);
    // Orthogonal to the input: its length does not count.
    expect(Math.abs(inputs[0]! * 0.6 + inputs[1]! * 0.8)).toBeLessThan(1e-15);
  });

  it('amplitude: zeros give |0...0> and no gradient, tiny and huge inputs their direction', () => {
    const circuit = encoded(amplitudeEncoding, 2, 4, probabilities([0, 1]));
    expect([...runCircuit(circuit, [0, 0, 0, 0], [])]).toEqual([1, 0, 0, 0]);
    expect([...circuitGradients(circuit, [0, 0, 0, 0], [], [1, 2, 3, 4]).inputs]).toEqual([0, 0, 0, 0]);
    for (const size of [1e-200, 1e200]) {
      expect(largestDifference(runCircuit(circuit, [size, size, 0, 0], []), [0.5, 0.5, 0, 0])).toBeLessThan(1e-15);
    }
    const padded = encoded(amplitudeEncodingWith(1), 2, 1, probabilities([0, 1]));
    expect(largestDifference(runCircuit(padded, [1], []), [0.25, 0.25, 0.25, 0.25])).toBeLessThan(1e-15);
  });
});

const ryRing = defineAnsatz({
  name: 'ry-ring',
  summary: 'RY and one CNOT',
  repetition: ({ wires, weight: fresh }) => [
    ...allWires(wires).map((wire) => gate('RY', [wire], fresh())),
    gate('CNOT', [0, 1]),
  ],
});

describe('ansatz', () => {
  const built = (ansatz: Ansatz, wires: number, repetitions: number) =>
    composeCircuit({ wires, ansatz, repetitions, measurement: expectationZ([0]) });

  it.each(Object.entries(ansatzes))('%s is known by its name and uses every weight once', (name, ansatz) => {
    expect(ansatz.name).toBe(name);
    for (const wires of [1, 2, 3, 5]) {
      const { circuit, shape, starts } = built(ansatz, wires, 2);
      expect(shape.reduce((product, length) => product * length, 1)).toBe(circuit.weights);
      expect(starts).toHaveLength(circuit.weights);
      const used = circuit.gates.flatMap(({ angles }) => angles.flatMap((angle) => factorsOf(angle)[1]));
      const weights = used.flatMap(({ source, index }) => (source === 'weight' ? [index] : []));
      expect(weights).toEqual(allWires(circuit.weights));
    }
  });

  it.each([
    ['basic', 3, 2, 6],
    ['strong', 3, 2, 18],
    ['circular', 3, 2, 18],
    ['none', 3, 2, 18],
    ['hardware-efficient', 3, 2, 9],
    ['two-design', 4, 2, 16],
    ['ppo-q', 4, 1, 24],
  ] as const)('%s on %i wires, %i repetitions: %i weights', (name, wires, repetitions, weights) => {
    expect(built(ansatzes[name], wires, repetitions).circuit.weights).toBe(weights);
  });

  it('none leaves the wires alone: the state is a product', () => {
    const { circuit } = composeCircuit({
      ...{ wires: 3, encoding: encodings['angle-x'], ansatz: noEntanglementAnsatz, repetitions: 2 },
      measurement: probabilities([0, 1, 2]),
    });
    const w = Array.from({ length: 18 }, (_, k) => Math.sqrt(k + 1));
    const x = [0.1, 0.2, 0.3];
    const joint = runCircuit(circuit, x, w);
    const single = [0, 1, 2].map((wire) => runCircuit({ ...circuit, measurement: probabilities([wire]) }, x, w));
    joint.forEach((value, state) => {
      const product = single[0]![state >> 2]! * single[1]![(state >> 1) & 1]! * single[2]![state & 1]!;
      expect(Math.abs(value - product)).toBeLessThan(1e-14);
    });
  });

  it('two-design couples even pairs, then odd ones', () => {
    expect(listOf(templateOf(ansatzes['two-design'], { wires: 4, layers: 1 }).gates)).toEqual([
      ...['RY 0', 'RY 1', 'RY 2', 'RY 3'],
      ...['CZ 01', 'RY 0', 'RY 1', 'CZ 23', 'RY 2', 'RY 3', 'CZ 12', 'RY 1', 'RY 2'],
    ]);
  });

  it('hardware-efficient ends in rotations, and stays real', () => {
    const { gates } = templateOf(ansatzes['hardware-efficient'], { wires: 3, layers: 1 });
    expect(listOf(gates)).toEqual(['RY 0', 'RY 1', 'RY 2', 'CZ 01', 'CZ 12', 'RY 0', 'RY 1', 'RY 2']);
    const { circuit } = built(ansatzes['hardware-efficient'], 3, 2);
    const state = finalState(circuit, [0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Math.max(...state.im.map(Math.abs))).toBe(0);
  });

  it('ppo-q puts scaled inputs into every block', () => {
    const { circuit, starts } = composeCircuit({
      ...{ wires: 2, ansatz: ppoQAnsatz, repetitions: 1 },
      measurement: expectationZ([0, 1]),
    });
    expect(listOf(circuit.gates)).toEqual([
      ...['H 0', 'H 1', 'RZ 0', 'RY 0', 'RZ 1', 'RY 1', 'CZ 01'],
      ...['RY 0', 'RZ 0', 'RY 1', 'RZ 1', 'RZ 0', 'RY 0', 'RZ 1', 'RY 1'],
    ]);
    expect(starts.filter((start) => start === 1)).toHaveLength(4);
    expect(circuit.gates[7]!.angles[0]).toMatchObject({ source: 'product', of: [{ source: 'weight' }, input(0)] });
  });
});

describe('circuits of blocks', () => {
  const common = { wires: 2, ansatz: ansatzes.basic, measurement: expectationZ([0, 1]) };

  it('put the inputs in once, or before every repetition', () => {
    const once = composeCircuit({ ...common, encoding: encodings['angle-x'], repetitions: 2 });
    expect(listOf(once.circuit.gates)).toEqual(['RX 0', 'RX 1', 'RX 0', 'RX 1', 'CNOT 01', 'RX 0', 'RX 1', 'CNOT 01']);
    const often = composeCircuit({ ...common, encoding: encodings['angle-x'], repetitions: 2, reuploading: true });
    expect(listOf(often.circuit.gates)).toEqual(Array(2).fill(listOf(once.circuit.gates).slice(0, 5)).flat());
    expect(often.shape).toEqual([2, 2]);
  });

  it('scale inputs by weights that start at 1, one per feature and upload', () => {
    const { circuit, shape, starts } = composeCircuit({
      ...{ ...common, encoding: iqpEncoding, repetitions: 2 },
      ...{ reuploading: true, inputScaling: true },
    });
    expect(shape).toEqual([8]);
    expect(starts).toEqual([1, 1, 'angle', 'angle', 1, 1, 'angle', 'angle']);
    const pair = circuit.gates.find(({ gate: name }) => name === 'IsingZZ')!;
    expect(pair.angles[0]).toEqual({ source: 'product', factor: 1, of: [weight(0), input(0), weight(1), input(1)] });
  });

  it('need no inputs', () => {
    const { circuit } = composeCircuit({ ...common, features: 0, repetitions: 1 });
    expect(circuit.inputs).toBe(0);
    expect(runCircuit(circuit, [], [0, Math.PI])).toHaveLength(2);
  });

  it('refuse what does not fit, naming the part', () => {
    const code = (build: () => unknown, words: RegExp) => {
      expect(build).toThrow(/\[invalid-circuit\]/);
      expect(build).toThrow(words);
    };
    const angle = encodings['angle-x'];
    code(() => composeCircuit({ ...common, encoding: angle, features: 3, repetitions: 1 }), /more features/);
    code(() => composeCircuit({ ...common, encoding: angle, repetitions: 1.5 }), /repetitions/);
    code(() => composeCircuit({ ...common, encoding: angle, ansatz: ppoQAnsatz, repetitions: 1 }), /itself/);
    const amplitude = { ...common, features: 4, encoding: amplitudeEncoding, repetitions: 2 };
    code(() => composeCircuit({ ...amplitude, reuploading: true }), /reuploading/);
    code(() => composeCircuit({ ...amplitude, inputScaling: true }), /inputScaling/);
    code(() => composeCircuit({ ...amplitude, features: 5 }), /at most 4/);
  });
});
