import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { parity } from '../../../plugins/quantum-statevector/boundary.js';
import {
  canonicalForm,
  type AngleSum,
  type CanonicalCircuit,
} from '../../../plugins/quantum-statevector/canonical-form.js';
import { defineCircuit, gate, input, weight } from '../../../plugins/quantum-statevector/circuit.js';
import { gates } from '../../../plugins/quantum-statevector/gates/gates.js';
import { expectationZ, measure } from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { applyMatrix, basisProbabilities, zeroState } from '../../../plugins/quantum-statevector/statevector.js';
import { largestDifference } from './compare.js';
import { goldenCircuits } from './golden.js';
import { gateSoups, layeredCircuit, layeredCircuits, randomAngles } from './random-circuit.js';

/** The canonical form, read literally. */
function runCanonical(form: CanonicalCircuit, x: ArrayLike<number>, w: ArrayLike<number>): Float64Array {
  const value = ({ constant: base, weights, input: index }: AngleSum) =>
    weights.reduce((sum, k) => sum + w[k]!, base + (index === undefined ? 0 : x[index]!));
  const state = zeroState(form.wires);
  const size = state.re.length;
  form.starts.forEach((rotations, wire) => {
    for (const { axis, angle } of rotations) applyMatrix(state, gates[`R${axis}`].matrix([value(angle)]), [wire]);
  });
  for (const { permutation, diagonal, rotations } of form.layers) {
    const { re, im } = { re: state.re.slice(), im: state.im.slice() };
    for (let p = 0; p < size; p++) {
      let angle = 0;
      for (const { wire, weight: k, sign } of diagonal.before) angle -= (sign * bit(p, wire, form.wires) * w[k]!) / 2;
      for (const { wire, weight: k, sign } of diagonal.after) {
        angle -= (sign * bit(permutation[p]!, wire, form.wires) * w[k]!) / 2;
      }
      for (const { mask, weight: k, sign } of diagonal.others)
        angle -= (sign * parity({ mask, negated: false }, p) * w[k]!) / 2;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [dRe, dIm] = [diagonal.re[p]! * c - diagonal.im[p]! * s, diagonal.re[p]! * s + diagonal.im[p]! * c];
      state.re[permutation[p]!] = re[p]! * dRe - im[p]! * dIm;
      state.im[permutation[p]!] = re[p]! * dIm + im[p]! * dRe;
    }
    rotations.forEach((angle, wire) => {
      if (angle !== undefined) applyMatrix(state, gates.RY.matrix([value(angle)]), [wire]);
    });
  }
  const relabelled = new Float64Array(size);
  basisProbabilities(state).forEach((probability, p) => (relabelled[form.relabelling[p]!] = probability));
  return measure(form.measurement, form.wires, relabelled);
}

function bit(state: number, wire: number, wires: number): number {
  return ((state >> (wires - 1 - wire)) & 1) === 0 ? 1 : -1;
}

describe('the canonical form', () => {
  it.each(goldenCircuits)('computes $name', ({ circuit, samples, data }) => {
    const form = canonicalForm(circuit);
    const rows = data.output.data.length / samples;
    for (let sample = 0; sample < samples; sample++) {
      const x = data.x.data.slice(sample * circuit.inputs, (sample + 1) * circuit.inputs);
      const output = runCanonical(form, x, data.weights['w']!.data);
      expect(largestDifference(output, data.output.data.slice(sample * rows, (sample + 1) * rows))).toBeLessThan(1e-12);
    }
  });

  it.each([
    ['layered circuits', layeredCircuits({ wires: 5, layers: 3 }), 60],
    ['any gates', gateSoups({ wires: 4, gates: 40 }), 150],
  ])('computes %s', (_, circuits, numRuns) => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const rng = createRng(seed);
        const [x, w] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
        const output = runCanonical(canonicalForm(circuit), x, w);
        expect(largestDifference(output, runCircuit(circuit, x, w))).toBeLessThan(1e-12);
      }),
      { numRuns },
    );
  });

  it('needs one layer per repetition but the first, and none for another rotation about the same axis', () => {
    const form = (name: 'strong-CNOT' | 'circular' | 'basic-RX') =>
      canonicalForm(layeredCircuit({ wires: 4, layers: 3, name }));
    for (const name of ['strong-CNOT', 'circular', 'basic-RX'] as const) expect(form(name).layers).toHaveLength(2);
    const axes = (name: 'strong-CNOT' | 'basic-RX') => form(name).starts[0]!.map(({ axis }) => axis);
    expect(axes('strong-CNOT')).toEqual(['Y', 'Z', 'Y', 'Z']);
    expect(axes('basic-RX')).toEqual(['Y', 'Z']);
  });

  it('keeps the RZ of a Rot on single wires', () => {
    const { layers } = canonicalForm(layeredCircuit({ wires: 4, layers: 3, name: 'strong-CNOT' }));
    for (const { diagonal } of layers) expect(diagonal.others).toHaveLength(0);
    expect(layers.map(({ diagonal }) => diagonal.before.length + diagonal.after.length)).toEqual([4, 8]);
  });

  it('takes inputs as long as a wire is alone', () => {
    const gatesOfWire = [
      gate('H', [0]),
      gate('RZ', [0], input(0)),
      gate('RX', [0], weight(0)),
      gate('RY', [0], input(0)),
    ];
    const alone = defineCircuit({
      wires: 2,
      inputs: 1,
      weights: 1,
      gates: gatesOfWire,
      measurement: expectationZ([0]),
    });
    expect(
      largestDifference(runCanonical(canonicalForm(alone), [0.3], [0.4]), runCircuit(alone, [0.3], [0.4])),
    ).toBeLessThan(1e-14);
    const met = { ...alone, gates: [gate('H', [0]), gate('CNOT', [0, 1]), gate('RZ', [1], input(0))] };
    expect(() => canonicalForm(met)).toThrow('an input turns a wire that has met another');
    expect(() => canonicalForm({ ...met, gates: [...met.gates.slice(0, 2), gate('RY', [0], input(0))] })).toThrow(
      'met',
    );
  });
});
