import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { circuitGradients, circuitJacobian } from '../../../plugins/quantum-statevector/adjoint.js';
import { measurementRows } from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';
import { gateSoups, randomAngles } from './random-circuit.js';

describe('the Jacobian of a circuit', () => {
  it('has a row for every output: central differences, and products with a cotangent', () => {
    fc.assert(
      fc.property(gateSoups({ wires: 3, gates: 8 }), fc.nat(), (circuit, seed) => {
        const rng = createRng(seed);
        const [x, w] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
        const rows = measurementRows(circuit.measurement);
        const jacobian = circuitJacobian(circuit, x, w);
        const cotangent = randomAngles(rng, rows);
        const products = circuitGradients(circuit, x, w, cotangent);
        for (const [part, at] of [
          ['inputs', x],
          ['weights', w],
        ] as const) {
          const columns = at.length;
          expect(jacobian[part]).toHaveLength(rows * columns);
          const product = Float64Array.from({ length: columns }, (_, k) =>
            cotangent.reduce((sum, c, row) => sum + c * jacobian[part][row * columns + k]!, 0),
          );
          expect(largestDifference(product, products[part])).toBeLessThan(1e-11);
          for (let k = 0; k < columns; k++) {
            const [up, down] = [1e-5, -1e-5].map((step) => {
              const moved = at.map((value, index) => (index === k ? value + step : value));
              return part === 'inputs' ? runCircuit(circuit, moved, w) : runCircuit(circuit, x, moved);
            }) as [Float64Array, Float64Array]; // one per step
            const slopes = up.map((value, row) => (value - down[row]!) / 2e-5);
            expect(
              largestDifference(
                slopes,
                slopes.map((_, row) => jacobian[part][row * columns + k]!),
              ),
            ).toBeLessThan(1e-6);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
