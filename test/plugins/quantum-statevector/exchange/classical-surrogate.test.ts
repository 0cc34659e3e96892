import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../../core/random.js';
import { circuitGradients } from '../../../../plugins/quantum-statevector/adjoint.js';
import {
  defineCircuit,
  gate,
  input,
  product,
  weight,
  type Gate,
} from '../../../../plugins/quantum-statevector/circuit.js';
import {
  classicalSurrogate,
  runSurrogate,
  surrogateDerivative,
} from '../../../../plugins/quantum-statevector/exchange/classical-surrogate.js';
import { expectationZ, measurementRows } from '../../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from '../compare.js';
import { layeredCircuits, randomAngles } from '../random-circuit.js';

describe('classical surrogate', () => {
  it('is the circuit, with its derivatives, for every single encoding', () => {
    fc.assert(
      fc.property(layeredCircuits({ wires: 4, layers: 2 }), fc.nat(), (circuit, seed) => {
        const rng = createRng(seed);
        const weights = randomAngles(rng, circuit.weights);
        const surrogate = classicalSurrogate(circuit, weights);
        const rows = measurementRows(circuit.measurement);
        expect(surrogate.coefficients).toHaveLength(rows * 3 ** circuit.inputs);
        const inputs = randomAngles(rng, circuit.inputs);
        expect(largestDifference(runSurrogate(surrogate, inputs), runCircuit(circuit, inputs, weights))).toBeLessThan(
          1e-13,
        );
        const row = rng.int(rows);
        const oneHot = Array.from({ length: rows }, (_, k) => (k === row ? 1 : 0));
        const gradient = circuitGradients(circuit, inputs, weights, oneHot).inputs;
        gradient.forEach((value, k) => {
          expect(Math.abs(surrogateDerivative(surrogate, inputs, k)[row]! - value)).toBeLessThan(1e-13);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('of RX(x) is cos x', () => {
    const circuit = defineCircuit({
      wires: 1,
      inputs: 1,
      weights: 0,
      gates: [gate('RX', [0], input(0))],
      measurement: expectationZ([0]),
    });
    expect(largestDifference(classicalSurrogate(circuit, []).coefficients, [0, 1, 0])).toBeLessThan(1e-15);
  });

  const refused: readonly (readonly [string, readonly Gate[]])[] = [
    ['an input twice', [gate('RX', [0], input(0)), gate('RX', [1], input(0))]],
    ['a scaled input', [gate('RX', [0], product(weight(0), input(0)))]],
    ['a controlled rotation', [gate('CRX', [0, 1], input(0))]],
  ];

  it.each(refused)('%s is refused', (_name, gates) => {
    const circuit = defineCircuit({ wires: 2, inputs: 1, weights: 1, gates, measurement: expectationZ([0]) });
    expect(() => classicalSurrogate(circuit, [1])).toThrow('no-surrogate');
  });
});
