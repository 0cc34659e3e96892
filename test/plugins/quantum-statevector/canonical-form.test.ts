import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import type { AngleSum } from '../../../plugins/quantum-statevector/angle-sum.js';
import { isOdd } from '../../../plugins/quantum-statevector/boundary.js';
import { canonicalForm, type CanonicalForm } from '../../../plugins/quantum-statevector/canonical-form.js';
import { defineCircuit, gate, input, product, weight } from '../../../plugins/quantum-statevector/circuit.js';
import type { Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { gates } from '../../../plugins/quantum-statevector/gates/gates.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  measure,
  mixture,
  probabilities,
  readoutsOf,
} from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { applyMatrix, basisProbabilities, zeroState } from '../../../plugins/quantum-statevector/statevector.js';
import { largestDifference } from './compare.js';
import { goldenCircuits } from './golden.js';
import { gateSoups, layeredCircuit, layeredCircuits, randomAngles } from './random-circuit.js';

/** The canonical form, read literally. */
function runCanonical(circuit: Circuit, x: ArrayLike<number>, w: ArrayLike<number>): Float64Array {
  const form = formOf(circuit);
  const value = ({ constant: base, weights, input: given }: AngleSum) =>
    weights.reduce(
      (sum, { index, factor }) => sum + factor * w[index]!,
      base + (given === undefined ? 0 : given.factor * x[given.index]!),
    );
  const state = zeroState(form.wires);
  const size = state.re.length;
  form.starts.forEach((rotations, wire) => {
    for (const { axis, angle } of rotations) applyMatrix(state, gates[`R${axis}`].matrix([value(angle)]), [wire]);
  });
  for (const { permutation, diagonal, rotations } of form.layers) {
    const { re, im } = { re: state.re.slice(), im: state.im.slice() };
    const sign = (mask: number, p: number) => (isOdd({ mask, negated: false }, p) ? -1 : 1);
    for (let p = 0; p < size; p++) {
      let angle = diagonal.constants.reduce((sum, constant, mask) => sum + constant * sign(mask, p), 0);
      for (const { mask, weight: k, factor } of diagonal.terms) angle -= (factor * sign(mask, p) * w[k]!) / 2;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      state.re[permutation[p]!] = re[p]! * c - im[p]! * s;
      state.im[permutation[p]!] = re[p]! * s + im[p]! * c;
    }
    rotations.forEach((angle, wire) => {
      if (angle !== undefined) applyMatrix(state, gates.RY.matrix([value(angle)]), [wire]);
    });
  }
  const relabelled = new Float64Array(size);
  basisProbabilities(state).forEach((probability, p) => (relabelled[form.relabelling[p]!] = probability));
  // The form ends in the basis that the measurement asks for.
  const parts = readoutsOf(circuit.measurement).map(({ kind, wires }) => ({
    kind: kind === 'expectation-x' || kind === 'expectation-y' ? ('expectation-z' as const) : kind,
    wires,
  }));
  return measure(mixture(parts), form.wires, relabelled);
}

function formOf(circuit: Circuit): CanonicalForm {
  const form = canonicalForm(circuit);
  if (form === undefined) throw new Error('this circuit has no canonical form');
  return form;
}

describe('the canonical form', () => {
  it.each(goldenCircuits)('computes $name', ({ circuit, samples, data }) => {
    const rows = data.output.data.length / samples;
    for (let sample = 0; sample < samples; sample++) {
      const x = data.x.data.slice(sample * circuit.inputs, (sample + 1) * circuit.inputs);
      const output = runCanonical(circuit, x, data.weights['w']!.data);
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
        const output = runCanonical(circuit, x, w);
        expect(largestDifference(output, runCircuit(circuit, x, w))).toBeLessThan(1e-12);
      }),
      { numRuns },
    );
  });

  it('needs one layer per repetition but the first, and none for another rotation about the same axis', () => {
    const form = (name: 'strong-CNOT' | 'circular' | 'basic-RY') =>
      formOf(layeredCircuit({ wires: 4, layers: 3, name }));
    for (const name of ['strong-CNOT', 'circular', 'basic-RY'] as const) expect(form(name).layers).toHaveLength(2);
    const axes = (name: 'strong-CNOT' | 'basic-RY') => form(name).starts[0]!.map(({ axis }) => axis);
    expect(axes('strong-CNOT')).toEqual(['Y', 'Z', 'Y', 'Z']);
    expect(axes('basic-RY')).toEqual(['Y', 'Z', 'Y']);
  });

  it('sees RX and CNOT through Hadamards as one diagonal, however deep', () => {
    for (const layers of [2, 3, 9]) {
      const form = formOf(layeredCircuit({ wires: 4, layers, name: 'basic-RX' }));
      expect(form.layers).toHaveLength(1);
      expect(form.layers[0]!.rotations.map((angle) => angle?.constant)).toEqual(Array(4).fill(Math.PI / 2));
    }
    expect(formOf(layeredCircuit({ wires: 4, layers: 1, name: 'basic-RX' })).layers).toHaveLength(0);
  });

  it('leaves out the last Hadamards of wires that nobody reads', () => {
    const form = formOf(layeredCircuit({ wires: 4, layers: 3, name: 'basic-RX', measurement: expectationZ([2]) }));
    expect(form.layers[0]!.rotations.map((angle) => angle === undefined)).toEqual([true, true, false, true]);
  });

  it('keeps the RZ of a Rot on single wires, before or after the permutation', () => {
    const { layers } = formOf(layeredCircuit({ wires: 4, layers: 3, name: 'strong-CNOT' }));
    const single = (mask: number) => (mask & (mask - 1)) === 0;
    for (const { diagonal, masks } of layers) {
      for (const { mask } of diagonal.terms) expect(single(mask) || masks.includes(mask)).toBe(true);
    }
    expect(layers.map(({ diagonal }) => diagonal.terms.length)).toEqual([4, 8]);
  });

  it('takes inputs as long as a wire is alone', () => {
    const gatesOfWire = [
      gate('H', [0]),
      gate('RZ', [0], input(0)),
      gate('RX', [0], weight(0)),
      gate('RY', [0], product(-2, input(0))),
    ];
    const alone = defineCircuit({
      wires: 2,
      inputs: 1,
      weights: 1,
      gates: gatesOfWire,
      measurement: expectationZ([0]),
    });
    expect(largestDifference(runCanonical(alone, [0.3], [0.4]), runCircuit(alone, [0.3], [0.4]))).toBeLessThan(1e-14);
    const met = { ...alone, gates: [gate('H', [0]), gate('CNOT', [0, 1]), gate('RZ', [1], input(0))] };
    expect(canonicalForm(met)).toBeUndefined();
    expect(canonicalForm({ ...met, gates: [...met.gates.slice(0, 2), gate('RY', [0], input(0))] })).toBeUndefined();
  });

  it('has none for what it cannot hold', () => {
    const circuit = layeredCircuit({ wires: 3, layers: 1, name: 'basic-RX' });
    const withGate = (item: Circuit['gates'][number]) => canonicalForm({ ...circuit, gates: [...circuit.gates, item] });
    expect(withGate(gate('Toffoli', [0, 1, 2]))).toBeUndefined();
    expect(withGate(gate('CRX', [0, 1], weight(0)))).toBeUndefined();
    expect(withGate(gate('RX', [0], product(weight(0), weight(1))))).toBeUndefined();
    expect(withGate(gate('CRZ', [0, 1], weight(0)))).toBeDefined();
    const twoBases = mixture([expectationX([0]), probabilities([0, 1])]);
    expect(canonicalForm({ ...circuit, measurement: twoBases })).toBeUndefined();
    expect(canonicalForm({ ...circuit, initial: { kind: 'amplitude', features: 3, padding: 0 } })).toBeUndefined();
  });

  it('measures in other bases, and from other basis states', () => {
    const circuit = {
      ...layeredCircuit({ wires: 3, layers: 2, name: 'strong-CNOT' }),
      initial: { kind: 'basis' as const, bits: [1, 0, 1] },
      measurement: mixture([expectationX([1]), expectationY([0]), expectationZZ([[2]]), probabilities([2])]),
    };
    const [x, w] = [randomAngles(createRng(1), 3), randomAngles(createRng(2), 18)];
    expect(largestDifference(runCanonical(circuit, x, w), runCircuit(circuit, x, w))).toBeLessThan(1e-13);
  });
});
