import { describe, expect, it } from '@jest/globals';
import { constant, defineCircuit, gate, input, weight } from '../../../plugins/quantum-statevector/circuit.js';
import { compileCircuit } from '../../../plugins/quantum-statevector/compile-circuit.js';
import { expectationZ } from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';

const paths = ['layers', 'collapsed', 'strings', 'gates'] as const;

describe('large angles', () => {
  it.each([12.5, -1000.123, 12345.678, 3e5])(
    'constants of %d radians lose nothing, on any path in any precision',
    (large) => {
      for (const axis of ['X', 'Y', 'Z'] as const) {
        const circuit = defineCircuit({
          ...{ wires: 2, inputs: 2, weights: 2, measurement: expectationZ([0, 1]) },
          gates: [
            gate('RX', [0], input(0)),
            gate('RY', [1], input(1)),
            gate(`R${axis}`, [0], constant(large)),
            gate('RX', [1], weight(0)),
            gate('RX', [1], constant(large)),
            gate('CNOT', [0, 1]),
            gate(`R${axis}`, [1], constant(-large)),
            gate('RY', [0], weight(1)),
            gate('RY', [0], constant(large)),
          ],
        });
        const [x, w] = [
          [0.5, 0.25],
          [0.125, -0.75],
        ];
        const expected = runCircuit(circuit, x, w);
        for (const path of paths) {
          for (const [precision, tolerance] of [
            ['float64', 1e-14],
            ['float32', 1e-6],
          ] as const) {
            const compiled = compileCircuit(circuit, { path, precision, capacity: 4 });
            expect(largestDifference(compiled.forward(x, w), expected)).toBeLessThan(tolerance);
            compiled.release();
          }
        }
      }
    },
  );

  it.each([1e3, 1e5])('inputs and weights of %d radians agree with the reference in float64', (large) => {
    const circuit = defineCircuit({
      ...{ wires: 2, inputs: 2, weights: 2, measurement: expectationZ([0, 1]) },
      gates: [
        gate('RX', [0], input(0)),
        gate('RY', [1], input(1)),
        gate('CNOT', [0, 1]),
        gate('RY', [0], weight(0)),
        gate('RX', [1], weight(1)),
      ],
    });
    const [x, w] = [
      [large / 3, -large / 7],
      [-large / 11, large / 1.1],
    ];
    const expected = runCircuit(circuit, x, w);
    for (const path of paths) {
      const compiled = compileCircuit(circuit, { path, capacity: 4 });
      expect(largestDifference(compiled.forward(x, w), expected)).toBeLessThan(1e-10);
      compiled.release();
    }
  });
});
