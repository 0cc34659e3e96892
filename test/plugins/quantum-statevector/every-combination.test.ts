import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { defineAnsatz, type BlockContext } from '../../../plugins/quantum-statevector/block.js';
import { allWires, gate, type Circuit, type Gate } from '../../../plugins/quantum-statevector/circuit.js';
import { composeCircuit } from '../../../plugins/quantum-statevector/compose-circuit.js';
import { encodings } from '../../../plugins/quantum-statevector/encodings/encodings.js';
import { definitionOf, gateNames } from '../../../plugins/quantum-statevector/gates/gates.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  measurementRows,
  mixture,
  probabilities,
} from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { centralDifference, largestDifference } from './compare.js';
import { randomAngles } from './random-circuit.js';

const wires = 3;

/** Every kind of readout, with a random cotangent for every row. */
const everything = mixture([
  expectationX([2, 0]),
  expectationY([0, 1]),
  expectationZ([1, 2, 0]),
  expectationZZ([
    [0, 1],
    [2, 1, 0],
  ]),
  probabilities([2, 0]),
  probabilities(allWires(wires)),
]);

/** The gate between two rows of RY, all with weights of their own. */
function around(name: string) {
  const rotations = ({ weight }: BlockContext): Gate[] => allWires(wires).map((wire) => gate('RY', [wire], weight()));
  return defineAnsatz({
    name: 'around',
    summary: 'a gate between rotations',
    repetition(context) {
      const blank: Gate = { gate: name, wires: [2, 0, 1], angles: [] };
      const { wires: count, angles } = definitionOf(blank);
      const tested = {
        ...blank,
        wires: blank.wires.slice(0, count),
        angles: Array.from({ length: angles }, () => context.weight()),
      };
      return [...rotations(context), tested, ...rotations(context)];
    },
  });
}

function largestError(circuit: Circuit, seed: number): number {
  const rng = createRng(seed);
  const [x, w] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
  const cotangent = randomAngles(rng, measurementRows(circuit.measurement));
  const loss = () => runCircuit(circuit, x, w).reduce((sum, value, row) => sum + value * cotangent[row]!, 0);
  const { inputs, weights } = circuitGradients(circuit, x, w, cotangent);
  return Math.max(
    largestDifference(inputs, centralDifference(x, loss)),
    largestDifference(weights, centralDifference(w, loss)),
  );
}

describe.each(gateNames)('%s', (name) => {
  it.each(Object.keys(encodings) as (keyof typeof encodings)[])(
    'after %s has right gradients in every readout',
    (key) => {
      const encoding = encodings[key];
      const { circuit } = composeCircuit({
        ...{ wires, features: encoding.capacity(wires), encoding },
        ...{ ansatz: around(name), repetitions: 1, measurement: everything },
      });
      expect(largestError(circuit, 3)).toBeLessThan(1e-7);
    },
  );
});
