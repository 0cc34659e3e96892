import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../../core/random.js';
import { gate, input, product, weight } from '../../../../plugins/quantum-statevector/circuit.js';
import { evaluateCircuitFile } from '../../../../plugins/quantum-statevector/circuit-file/evaluate-circuit-file.js';
import { readCircuitFile } from '../../../../plugins/quantum-statevector/circuit-file/read-circuit-file.js';
import { densityGradients } from '../../../../plugins/quantum-statevector/noise/density-gradients.js';
import { runCircuit } from '../../../../plugins/quantum-statevector/statevector-reference.js';
import { specialCircuits } from '../analysis/special-circuits.js';
import { largestDifference } from '../compare.js';
import { randomAngles } from '../random-circuit.js';

/** Results of PennyLane 0.44.1. */
const golden = JSON.parse(
  readFileSync(new URL('../../../golden/pennylane-0.44.1-circuits.json', import.meta.url), 'utf8'),
) as {
  readonly circuits: readonly { readonly name: string; readonly jac_x?: unknown }[];
  readonly noise: readonly { channel: string; params: number[]; x: number[]; w: number[][]; expZ: number[] }[];
};

describe('circuit files', () => {
  it.each(golden.circuits)('$name gives the results of PennyLane', (file) => {
    const { differences = {} } = evaluateCircuitFile(readCircuitFile(file));
    const results = ['output', 'state', 'vjp_x', 'vjp_w', ...(file.jac_x === undefined ? [] : ['jac_x', 'jac_w'])];
    expect(Object.keys(differences).sort()).toEqual(results.sort());
    expect(Math.max(...Object.values(differences))).toBeLessThan(1e-10);
  });

  it.each(golden.noise)('$channel gives the results of PennyLane', ({ channel, params, x, w, expZ }) => {
    const layer = (index: number) => [
      ...[0, 1, 2].map((wire) => ['RY', wire, `w[${index}][${wire}]`]),
      ...[0, 1, 2].map((wire) => ['CNOT', [wire, (wire + 1) % 3]]),
      ['noise', channel, params],
    ];
    const ops = [['angle', 'X'], ...layer(0), ...layer(1)];
    const file = readCircuitFile({ n: 3, ops, x, weights: { w }, output: expZ, cotangent: [1, -2, 3] });
    const { differences, vjp_w, vjp_x, jac_w } = evaluateCircuitFile(file);
    expect(differences!['output']).toBeLessThan(1e-10);
    const { inputs, weights } = densityGradients(file.noisy, x, w.flat(), [1, -2, 3]);
    expect([vjp_x!.data, vjp_w!['w']!.data]).toEqual([[...inputs], [...weights]]);
    expect(jac_w!['w']!.shape).toEqual([3, 2, 3]);
  });

  it('take gates with angles as text, and several weights by name', () => {
    const { circuit, weights } = readCircuitFile({
      n: 3,
      ops: [
        ['basis', [0, 1, 0]],
        ['Hadamard', 2],
        ['Rot', [1], 'a[0]', -0.5, 'pi/2'],
        ['MultiRZ', [0, 1, 2], '-2*b[1][0]*x[1]/4'],
        ['CNOT', [2, 0]],
      ],
      measure: [
        { kind: 'expectation-x', wires: [0] },
        { kind: 'expectation-product', wires: [1, 2] },
      ],
      x: [0.1, 0.2],
      weights: {
        a: [3],
        b: [
          [4, 5],
          [6, 7],
        ],
      },
    });
    expect(circuit.gates[1]).toEqual(
      gate('Rot', [1], weight(0), { source: 'constant', value: -0.5 }, { source: 'constant', value: Math.PI / 2 }),
    );
    expect(circuit.gates[2]).toEqual(gate('MultiRZ', [0, 1, 2], product(-0.5, weight(3), input(1))));
    expect([...weights.values]).toEqual([3, 4, 5, 6, 7]);
    expect(circuit.initial).toEqual({ kind: 'basis', bits: [0, 1, 0] });
  });

  it('take every ansatz by name', () => {
    const file = readCircuitFile({
      n: 2,
      ops: [['iqp'], ['ansatz', 'hardware-efficient', 'w', 2], ['ansatz', 'circular', 'v', 1]],
      x: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
      weights: { w: [1, 2, 3, 4, 5, 6], v: [1, 2, 3, 4, 5, 6] },
      measure: 'probs',
      measure_wires: [1],
      batch: 2,
    });
    expect(evaluateCircuitFile(file).output.shape).toEqual([2, 2]);
  });

  it('take whole circuits as JSON, and give what the circuits give', () => {
    for (const { circuit } of specialCircuits) {
      const rng = createRng(1);
      const [x, w] = [[...randomAngles(rng, circuit.inputs)], [...randomAngles(rng, circuit.weights)]];
      const file = readCircuitFile(JSON.parse(JSON.stringify({ circuit, x, weights: w })));
      expect(file.circuit).toEqual(circuit);
      expect(evaluateCircuitFile(file).output.data).toEqual([...runCircuit(circuit, x, w)]);
    }
  });

  it('give estimates from shots, and outputs under a noise model', () => {
    const file = { n: 1, ops: [['RX', 0, 'x[0]']], x: [0], noise: { end: [['BitFlip', 0.25]], readout: [0.1, 0] } };
    const noisy = readCircuitFile(file);
    // A quarter flipped, and a tenth of the other zeros read as ones.
    expect(evaluateCircuitFile(noisy).output.data[0]).toBeCloseTo(1 - 2 * (0.25 + 0.075), 12);
    const estimates = evaluateCircuitFile(noisy, { shots: 400, rng: createRng(1) });
    expect(Object.keys(estimates)).toEqual(['output']);
    expect(Math.abs(estimates.output.data[0]! - 0.35)).toBeLessThan(4 / 20);
  });

  it('channels of the model come right after their gate, before those that follow in the ops; those of the end come last', () => {
    const file = {
      n: 1,
      ops: [
        ['X', 0],
        ['noise', 'BitFlip', 0.25],
      ],
      noise: { gates: [['AmplitudeDamping', 0.5]], end: [['AmplitudeDamping', 1]] },
    };
    expect(readCircuitFile(file).noisy.channels.map(({ channel }) => channel)).toEqual([
      'AmplitudeDamping',
      'BitFlip',
      'AmplitudeDamping',
    ]);
    // Half has fallen before the flips: a quarter of one half each way.
    const output = evaluateCircuitFile(readCircuitFile({ ...file, noise: { gates: file.noise.gates } })).output
      .data[0]!;
    expect(output).toBeCloseTo(0, 12);
  });

  const base = {
    n: 2,
    ops: [
      ['angle', 'X'],
      ['bel', 'RX', 'w'],
    ],
    x: [0.1, 0.2],
    weights: { w: [[1, 2]] },
  };
  const mistakes: readonly (readonly [string, unknown, path: string, code: string])[] = [
    ['no object', 3, 'circuit file: ', 'invalid-circuit-file'],
    ['no qubits', { ...base, n: 0 }, 'n: ', 'invalid-circuit-file'],
    ['an unknown key', { ...base, messure: 'expZ' }, 'Did you mean "measure"', 'invalid-circuit-file'],
    ['an unknown op', { ...base, ops: [['angel', 'X']] }, 'ops[0][0]', 'invalid-circuit-file'],
    ['a wrong axis', { ...base, ops: [['angle', 'W']] }, 'ops[0][1]', 'invalid-circuit-file'],
    ['too many fields', { ...base, ops: [['h', 2]] }, 'ops[0][1]', 'invalid-circuit-file'],
    ['a wire out of range', { ...base, ops: [['CNOT', [0, 2]]] }, 'ops[0][1][1]', 'invalid-circuit-file'],
    ['a wire twice', { ...base, ops: [['CNOT', [1, 1]]] }, 'ops[0][1]', 'invalid-circuit-file'],
    ['too few angles', { ...base, ops: [['Rot', 0, 0.1]] }, 'ops[0]', 'invalid-circuit-file'],
    ['an unknown weight', { ...base, ops: [['RX', 0, 'v[0]']] }, 'ops[0][2]', 'invalid-circuit-file'],
    ['a weight out of range', { ...base, ops: [['RX', 0, 'w[0][2]']] }, 'ops[0][2]', 'invalid-circuit-file'],
    ['an input out of range', { ...base, ops: [['RX', 0, 'x[2]']] }, 'ops[0][2]', 'invalid-circuit-file'],
    ['a sum of angles', { ...base, ops: [['RX', 0, 'x[0]+1']] }, 'ops[0][2]', 'invalid-circuit-file'],
    ['weights of another shape', { ...base, weights: { w: [1, 2] } }, 'ops[1][2]', 'invalid-circuit-file'],
    ['ragged weights', { ...base, weights: { w: [[1, 2], [3]] } }, 'weights.w[1]', 'invalid-circuit-file'],
    [
      'weights that are no numbers',
      { ...base, weights: { w: [[1, null]] } },
      'weights.w[0][1]',
      'invalid-circuit-file',
    ],
    ['a wrong tensor', { ...base, x: { shape: [3], data: [1, 2] } }, 'x.data', 'invalid-circuit-file'],
    ['too few inputs', { ...base, n_inputs: 1 }, 'x: ', 'invalid-circuit-file'],
    ['too many features', { ...base, x: [1, 2, 3] }, 'invalid-circuit', 'invalid-circuit'],
    ['an unknown measurement', { ...base, measure: 'expW' }, 'measure: ', 'invalid-circuit-file'],
    ['a wrong cotangent', { ...base, cotangent: [1, 2, 3] }, 'cotangent: ', 'invalid-circuit-file'],
    ['a late state', { ...base, ops: [['h'], ['amp', 0]] }, 'ops[1]', 'invalid-circuit-file'],
    ['an unknown channel', { ...base, noise: { end: [['BitFlop', 0.1]] } }, 'noise.end[0][0]', 'invalid-circuit-file'],
    ['noise out of range', { ...base, ops: [['noise', 'BitFlip', [2]]] }, 'ops[0][1]', 'invalid-noise'],
    [
      'a channel with too much',
      { ...base, noise: { end: [['BitFlip', 0.1, 0]] } },
      'noise.end[0]: ',
      'invalid-circuit-file',
    ],
    ['a readout of three', { ...base, noise: { readout: [0.1, 0.1, 0.1] } }, 'noise.readout: ', 'invalid-circuit-file'],
    ['a readout out of range', { ...base, noise: { readout: [0.1, 2] } }, 'noise.readout: ', 'invalid-circuit-file'],
    ['too many features for an op', { ...base, x: [1, 2, 3] }, 'ops[0]: ', 'invalid-circuit'],
    [
      'ranges that do not fit',
      {
        ...base,
        ops: [['sel', 's', [2]]],
        weights: {
          s: [
            [
              [1, 2, 3],
              [1, 2, 3],
            ],
          ],
        },
      },
      'ops[0]: ',
      'invalid-circuit',
    ],
    [
      'an ansatz without its inputs',
      { ...base, ops: [['ansatz', 'ppo-q', 's', 1]], x: [1], weights: { s: Array(12).fill(1) } },
      'ops[0]: ',
      'invalid-circuit',
    ],
    ['a basis state of other wires', { ...base, ops: [['basis', [0, 1, 1]]] }, 'ops[0][1]: ', 'invalid-circuit-file'],
    [
      'more amplitudes than fit',
      { ...base, ops: [['amp']], x: [1, 2, 3, 4, 5] },
      'ops[0]: 5 inputs',
      'invalid-circuit-file',
    ],
    ['amplitudes of no inputs', { ...base, ops: [['amp']], x: [] }, 'ops[0]: 0 inputs', 'invalid-circuit-file'],
    [
      'text among weights',
      { ...base, weights: { w: [['a', 1]] } },
      'expected a number, or lists of numbers',
      'invalid-circuit-file',
    ],
    ['an infinite angle', { ...base, ops: [['RX', 0, Infinity]] }, 'got Infinity', 'invalid-circuit-file'],
    ['a word of another type', { ...base, ops: [['angle', 3]] }, 'Known: X, Y, Z', 'invalid-circuit-file'],
    [
      'endless nesting',
      { ...base, x: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown },
      'nested too deeply',
      'invalid-circuit-file',
    ],
    [
      'a gate that does not fit in a whole circuit',
      {
        circuit: {
          wires: 1,
          inputs: 0,
          weights: 0,
          gates: [{ gate: 'RXX', wires: [0], angles: [] }],
          measurement: { kind: 'probabilities', wires: [0] },
        },
      },
      'circuit.gates[0].gate: ',
      'invalid-circuit',
    ],
    ['a circuit that is none', { circuit: { wires: 1 } }, 'circuit.inputs', 'invalid-circuit-file'],
  ];

  it.each(mistakes)('%s is refused with its place', (_name, content, path, code) => {
    expect(() => readCircuitFile(content)).toThrow(path);
    expect(() => readCircuitFile(content)).toThrow(`[${code}]`);
  });

  it('more wires than a state can have are refused when the circuit runs', () => {
    const file = readCircuitFile({ n: 30, ops: [['H', 0]] });
    expect(() => evaluateCircuitFile(file)).toThrow('[too-many-qubits]');
  });

  it('products that overflow are refused', () => {
    const file = readCircuitFile({ ...base, cotangent: [1e308, 1e308] });
    expect(() => evaluateCircuitFile(file)).toThrow(/^vjp_[xw].*invalid-circuit-values/);
  });

  it('gradients are left out where nobody asks for them, and Jacobians where they would take too long', () => {
    const file = readCircuitFile({ ...base, cotangent: [1, 1] });
    expect(Object.keys(evaluateCircuitFile(file, { gradients: false }))).toEqual(['output', 'state']);
    const recorded = readCircuitFile({ ...base, cotangent: [1, 1], vjp_x: [0, 0] });
    expect(Object.keys(evaluateCircuitFile(recorded, { gradients: false }))).toContain('vjp_x');
    const large = readCircuitFile({
      n: 14,
      ops: [['RX', 0, 'x[0]']],
      x: [1],
      measure: 'probs',
      cotangent: { shape: [2 ** 14], data: Array(2 ** 14).fill(1) },
    });
    expect(Object.keys(evaluateCircuitFile(large))).toEqual(['output', 'state', 'vjp_x', 'vjp_w']);
  });

  it('recorded results that differ are noticed', () => {
    const found = evaluateCircuitFile(readCircuitFile({ ...base, output: [0.5, 0.5] }));
    expect(found.differences!['output']).toBeGreaterThan(0.01);
    expect(largestDifference(found.output.data, [0.5, 0.5])).toBeCloseTo(found.differences!['output']!, 12);
  });
});

describe('docs/circuit-file.md', () => {
  const page = readFileSync(new URL('../../../../docs/circuit-file.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text]) => JSON.parse(text!) as unknown);

  it('shows files that run', () => {
    expect(examples).toHaveLength(2);
    const [first, second] = examples.map((content) => evaluateCircuitFile(readCircuitFile(content)));
    expect(first!.differences!['output']).toBeLessThan(1e-8);
    expect(second!.output.data.map((value) => Math.round(value * 1e12) / 1e12)).toEqual([0, 0, 0.5, 0, 0, 0.5]);
  });
});
