import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { angleValue, factorsOf } from '../../../plugins/quantum-statevector/angle.js';
import {
  allWires,
  constant,
  defineCircuit,
  type Circuit,
  type Gate,
} from '../../../plugins/quantum-statevector/circuit.js';
import { adjoint } from '../../../plugins/quantum-statevector/gates/complex-matrix.js';
import { sequenceGates } from '../../../plugins/quantum-statevector/gates/decompositions.js';
import { definitionOf } from '../../../plugins/quantum-statevector/gates/gates.js';
import {
  expectationZ,
  measurementRows,
  probabilities,
  readoutsOf,
  type Measurement,
} from '../../../plugins/quantum-statevector/measurement.js';
import { finalState, runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { applyMatrix, basisProbabilities } from '../../../plugins/quantum-statevector/statevector.js';
import { centralDifference, largestDifference } from './compare.js';
import { anyCircuits, randomAngles } from './random-circuit.js';

const circuits = anyCircuits({ wires: 4, gates: 10 });

function draw(circuit: Circuit, seed: number) {
  const rng = createRng(seed);
  return {
    x: randomAngles(rng, circuit.inputs),
    w: randomAngles(rng, circuit.weights),
    cotangent: randomAngles(rng, measurementRows(circuit.measurement)),
  };
}

function loss(circuit: Circuit, x: ArrayLike<number>, w: ArrayLike<number>, cotangent: Float64Array): number {
  return runCircuit(circuit, x, w).reduce((sum, value, row) => sum + value * cotangent[row]!, 0);
}

/** All gates as gates of one angle: what shift rules are about. */
function withoutSequences(gates: readonly Gate[]): readonly Gate[] {
  return gates.flatMap((gate) =>
    definitionOf(gate).form.form === 'sequence' ? withoutSequences(sequenceGates(gate)) : [gate],
  );
}

/**
 * Derivative of the loss with respect to one angle by the four-term shift rule, exact for frequencies 1/2 and 1 (Anselmetti et al. 2021,
 * arXiv 2104.05695).
 */
function fourTermShift(at: (shift: number) => number): number {
  const [a, b] = [Math.PI / 2, Math.PI];
  const r2 = Math.SQRT2;
  const [d1, d2] = [(r2 + 1) / (4 * r2), (r2 - 1) / (4 * r2)];
  // Frequencies 1/2 and 1 of the loss: f'(t) = d1 (f(t + a) - f(t - a)) - d2 (f(t + a + b) - f(t - a - b)).
  return d1 * (at(a) - at(-a)) - d2 * (at(a + b) - at(-a - b));
}

describe('every gate, start and readout', () => {
  it('keeps the norm', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const total = basisProbabilities(finalState(circuit, x, w)).reduce((sum, value) => sum + value, 0);
        expect(Math.abs(total - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 100 },
    );
  });

  it('is undone by its gates undone in reverse', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const start = finalState({ ...circuit, gates: [] }, x, w);
        const state = finalState(circuit, x, w);
        for (const gate of circuit.gates.toReversed()) {
          const angles = gate.angles.map((angle) => angleValue(angle, x, w));
          applyMatrix(state, adjoint(definitionOf(gate).matrix(angles)), gate.wires);
        }
        expect(largestDifference(state.re, start.re)).toBeLessThan(1e-12);
        expect(largestDifference(state.im, start.im)).toBeLessThan(1e-12);
      }),
      { numRuns: 60 },
    );
  });

  it('has gradients equal to central differences', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w, cotangent } = draw(circuit, seed);
        const swept = circuitGradients(circuit, x, w, cotangent);
        const of = () => loss(circuit, x, w, cotangent);
        const scale = 1 + Math.max(...x.map((value) => 1 / Math.max(1e-3, Math.abs(value))));
        expect(largestDifference(swept.inputs, centralDifference(x, of))).toBeLessThan(1e-7 * scale);
        expect(largestDifference(swept.weights, centralDifference(w, of))).toBeLessThan(1e-7 * scale);
      }),
      { numRuns: 150 },
    );
  });

  it('has gradients equal to the four-term shift rule', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (drawn, seed) => {
        const circuit = { ...drawn, gates: withoutSequences(drawn.gates) };
        const { x, w, cotangent } = draw(circuit, seed);
        const gradients = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
        circuit.gates.forEach((gate, g) => {
          const [angle] = gate.angles;
          if (angle === undefined || angle.source === 'constant') return;
          const value = angleValue(angle, x, w);
          const slope = fourTermShift((shift) => {
            const gates = circuit.gates.with(g, { ...gate, angles: [constant(value + shift)] });
            return loss({ ...circuit, gates }, x, w, cotangent);
          });
          const [factor, variables] = factorsOf(angle);
          const values = variables.map(({ source, index }) => (source === 'input' ? x : w)[index]!);
          variables.forEach(({ source, index }, k) => {
            const others = values.reduce((all, other, j) => (j === k ? all : all * other), factor);
            gradients[`${source}s`][index]! += slope * others;
          });
        });
        const swept = circuitGradients(circuit, x, w, cotangent);
        expect(largestDifference(swept.weights, gradients.weights)).toBeLessThan(1e-11);
        // The inputs of an amplitude start are no angles.
        if (circuit.initial?.kind === 'amplitude') return;
        expect(largestDifference(swept.inputs, gradients.inputs)).toBeLessThan(1e-11);
      }),
      { numRuns: 80 },
    );
  });

  it('gives nothing for a constant cotangent on all probabilities', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const all = { ...circuit, measurement: probabilities(allWires(circuit.wires)) };
        const { inputs, weights } = circuitGradients(all, x, w, Array(2 ** circuit.wires).fill(1));
        for (const value of [...inputs, ...weights]) expect(Math.abs(value)).toBeLessThan(1e-12);
      }),
      { numRuns: 60 },
    );
  });

  it('measures the same when wires are renamed', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        if (circuit.initial?.kind === 'amplitude') return;
        const { x, w, cotangent } = draw(circuit, seed);
        const names = allWires(circuit.wires);
        createRng(seed).shuffle(names);
        const renamed = renameWires(circuit, names);
        expect(largestDifference(runCircuit(renamed, x, w), runCircuit(circuit, x, w))).toBeLessThan(1e-12);
        const [before, after] = [circuit, renamed].map((one) => circuitGradients(one, x, w, cotangent));
        expect(largestDifference(after!.weights, before!.weights)).toBeLessThan(1e-11);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same after a trip through JSON', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const copy = defineCircuit(JSON.parse(JSON.stringify(circuit)) as Circuit);
        expect(runCircuit(copy, x, w)).toEqual(runCircuit(circuit, x, w));
      }),
      { numRuns: 40 },
    );
  });

  it('reads <Z> and its products off the probabilities', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const wires = allWires(circuit.wires);
        const joint = runCircuit({ ...circuit, measurement: probabilities(wires) }, x, w);
        const single = runCircuit({ ...circuit, measurement: expectationZ(wires) }, x, w);
        wires.forEach((wire) => {
          const [zero, one] = runCircuit({ ...circuit, measurement: probabilities([wire]) }, x, w);
          expect(Math.abs(single[wire]! - (zero! - one!))).toBeLessThan(1e-12);
        });
        const parity = joint.reduce((sum, value, state) => sum + (ones(state) % 2 === 0 ? value : -value), 0);
        const product: Measurement = { kind: 'expectation-product', wires };
        expect(Math.abs(runCircuit({ ...circuit, measurement: product }, x, w)[0]! - parity)).toBeLessThan(1e-12);
      }),
      { numRuns: 40 },
    );
  });
});

function ones(state: number): number {
  return state.toString(2).replaceAll('0', '').length;
}

function renameWires(circuit: Circuit, names: readonly number[]): Circuit {
  const rename = (wires: readonly number[]): number[] => wires.map((wire) => names[wire]!);
  const parts = readoutsOf(circuit.measurement).map(({ kind, wires }) => ({ kind, wires: rename(wires) }));
  const { initial } = circuit;
  const bits = initial?.kind === 'basis' ? allWires(circuit.wires) : [];
  for (const wire of bits.slice()) bits[names[wire]!] = initial?.kind === 'basis' ? initial.bits[wire]! : 0;
  return defineCircuit({
    ...circuit,
    ...(initial?.kind === 'basis' ? { initial: { kind: 'basis', bits } } : {}),
    gates: circuit.gates.map((gate) => ({ ...gate, wires: rename(gate.wires) })),
    measurement: circuit.measurement.kind === 'mixture' ? { kind: 'mixture', parts } : parts[0]!,
  });
}
