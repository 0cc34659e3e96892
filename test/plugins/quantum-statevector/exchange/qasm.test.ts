import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../../core/random.js';
import { circuitGradients } from '../../../../plugins/quantum-statevector/adjoint.js';
import {
  allWires,
  constant,
  defineCircuit,
  gate,
  input,
  product,
  weight,
  type Circuit,
} from '../../../../plugins/quantum-statevector/circuit.js';
import { drawText } from '../../../../plugins/quantum-statevector/drawing/draw-text.js';
import { fromQasm } from '../../../../plugins/quantum-statevector/exchange/from-qasm.js';
import { prepareAmplitudes } from '../../../../plugins/quantum-statevector/exchange/prepare-amplitudes.js';
import { toQasm } from '../../../../plugins/quantum-statevector/exchange/to-qasm.js';
import { gates, type GateName } from '../../../../plugins/quantum-statevector/gates/gates.js';
import { expectationZ, probabilities } from '../../../../plugins/quantum-statevector/measurement.js';
import { finalState, runCircuit } from '../../../../plugins/quantum-statevector/statevector-reference.js';
import { specialCircuits } from '../analysis/special-circuits.js';
import { largestDifference } from '../compare.js';
import { gateSoups, layeredCircuits, randomAngles } from '../random-circuit.js';

const anyCircuits: fc.Arbitrary<Circuit> = fc.oneof(
  gateSoups({ wires: 4, gates: 15 }),
  layeredCircuits({ wires: 4, layers: 2 }),
  fc.constantFrom(...specialCircuits.map(({ circuit }) => circuit)),
);

function statesAgree(a: Circuit, b: Circuit, seed: number, given?: { x: Float64Array; w: Float64Array }): void {
  const rng = createRng(seed);
  const x = given?.x ?? randomAngles(rng, a.inputs);
  const w = given?.w ?? randomAngles(rng, a.weights);
  const [left, right] = [finalState(a, x, w), finalState(b, b.inputs === 0 ? [] : x, b.weights === 0 ? [] : w)];
  expect(largestDifference(left.re, right.re)).toBeLessThan(1e-12);
  expect(largestDifference(left.im, right.im)).toBeLessThan(1e-12);
}

describe('OpenQASM 3', () => {
  it('comes back as a circuit with the same states and values, angles open', () => {
    fc.assert(
      fc.property(anyCircuits, fc.nat(), (circuit, seed) => {
        fc.pre(circuit.initial?.kind !== 'amplitude');
        const text = toQasm(circuit);
        const back = fromQasm(text);
        expect([back.wires, back.inputs, back.weights]).toEqual([circuit.wires, circuit.inputs, circuit.weights]);
        expect(back.measurement).toEqual(circuit.measurement);
        statesAgree(circuit, back, seed);
        expect(toQasm(back)).toBe(text);
      }),
    );
  });

  it('and with angles bound, amplitudes prepared', () => {
    fc.assert(
      fc.property(anyCircuits, fc.nat(), (circuit, seed) => {
        const rng = createRng(seed);
        const [x, w] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
        const back = fromQasm(toQasm(circuit, { inputs: x, weights: w }));
        expect([back.inputs, back.weights]).toEqual([0, 0]);
        statesAgree(circuit, back, seed, { x, w });
        expect(largestDifference(runCircuit(back, [], []), runCircuit(circuit, x, w))).toBeLessThan(1e-12);
      }),
    );
  });

  it.each([...(Object.keys(gates) as GateName[]), 'MultiRZ' as const])('%s keeps its matrix', (name) => {
    const wires = name === 'MultiRZ' ? 3 : gates[name].wires;
    const angles = Array.from({ length: name === 'MultiRZ' ? 1 : gates[name].angles }, (_, k) => constant(0.3 + k));
    // A state with all amplitudes different shows every column.
    const before = allWires(wires).map((wire) =>
      gate('U3', [wire], constant(0.7 + wire), constant(1.1), constant(wire)),
    );
    const circuit = defineCircuit({
      wires,
      inputs: 0,
      weights: 0,
      gates: [...before, gate(name, allWires(wires), ...angles)],
      measurement: expectationZ([0]),
    });
    statesAgree(circuit, fromQasm(toQasm(circuit)), 1);
  });

  it('is what one would write by hand', () => {
    const circuit = defineCircuit({
      wires: 2,
      inputs: 1,
      weights: 3,
      gates: [gate('RX', [0], input(0)), gate('Rot', [1], weight(0), weight(1), weight(2)), gate('CNOT', [0, 1])],
      measurement: expectationZ([1]),
    });
    expect(toQasm(circuit, { weights: [0.1, 0.2, -0.3] })).toBe(`OPENQASM 3.0;
include "stdgates.inc";
// measurement: {"kind":"expectation-z","wires":[1]}
input float[64] x_0;
qubit[2] q;
rx(x_0) q[0];
rz(0.1) q[1];
ry(0.2) q[1];
rz(-0.3) q[1];
cx q[0], q[1];
bit[2] c;
c[1] = measure q[1];
`);
  });

  it('reads what others write', () => {
    const circuit = fromQasm(
      `OPENQASM 3;
      include "stdgates.inc"; // gates
      input angle[32] theta; /* two
      lines */ input float w0;
      qubit[3] r; bit[3] c;
      h r;
      rx(-pi/2 * theta) r[0]; rz(w0*theta/4) r[1]; p(2*(pi - 1)) r[2];
      inv @ t r[1]; inv @ rx(0.5) r[0]; cx r[0], r;
      barrier r;
      c = measure r;`.replace('cx r[0], r;', 'cx r[0], r[2]; id r[0];'),
    );
    expect([circuit.wires, circuit.inputs, circuit.weights]).toEqual([3, 1, 1]);
    expect(circuit.measurement).toEqual(expectationZ([0, 1, 2]));
    expect(circuit.gates.slice(0, 4).map(({ gate: name }) => name)).toEqual(['H', 'H', 'H', 'RX']);
    expect(circuit.gates[3]!.angles[0]).toMatchObject({ source: 'product', factor: -Math.PI / 2 });
    expect(circuit.gates[4]!.angles[0]).toMatchObject({ factor: 0.25 });
    expect(circuit.gates[5]!.angles[0]).toEqual(constant(2 * (Math.PI - 1)));
    expect(circuit.gates.slice(6, 8)).toEqual([gate('Tdg', [1]), gate('RX', [0], constant(-0.5))]);
  });

  const mistakes: readonly (readonly [text: string, place: string, what: string])[] = [
    ['OPENQASM 2.0;', 'line 1, column 10', 'version'],
    ['OPENQASM 3.0;\nqubit[2] q;\nrxx(0.1) q[0];', 'line 3, column 1', 'Did you mean "rx"'],
    ['qubit[2] q;\nrx(0.1) q[2];', 'line 2, column 10', 'no such qubit'],
    ['qubit[2] q;\nrx(y) q[1];', 'line 2, column 4', 'no angle'],
    ['input float x; qubit q; rx(x + 1) q;', 'line 1, column 28', 'no sums'],
    ['qubit q; h q', 'line 1, column 13', 'missing'],
    ['qubit q; if (c) { x q; }', 'line 1, column 10', 'cannot be read'],
    ['h q;', 'line 1, column 3', 'register'],
    ['', 'line 1, column 1', 'no qubits'],
    ['qubit q; h q; $', 'line 1, column 15', 'not OpenQASM'],
    ['qubit[2] q;\ncx q[0];', 'line 2, column 1', 'acts on 2 wire(s)'],
    ['qubit[2] q;\nrx(1, 2) q[0];', 'line 2, column 1', 'takes 1 angle(s)'],
    ['qubit[2] q;\nrx(1e999) q[0];', 'line 2, column 1', 'finite'],
    ['qubit[2] q;\ncx q[1], q[1];', 'line 2, column 1', 'listed twice'],
    [
      '// measurement: {"kind":"expectation-z","wires":[4]}\nqubit[2] q;',
      'line 1, column 1',
      'whole number from 0 to 1',
    ],
    ['qubit[1000000000] q;', 'line 1, column 6', '1 to 30'],
    ['qubit[0] q;', 'line 1, column 6', '1 to 30'],
    ['qubit[2] q; bit[2] c;\nc[0] = measure q[0];\nh q;', 'line 3, column 1', 'after the measurement'],
    ['qubit q; bit c; c = measure q; c = measure q;', 'line 1, column 44', 'has been measured'],
    ['qubit q;\nreset q;', 'line 2, column 1', 'docs/circuits.md'],
    ['qubit[2] q;\nctrl @ x q[0], q[1];', 'line 2, column 1', 'docs/circuits.md'],
    [`qubit q;\nrx(${'('.repeat(5000)}1${')'.repeat(5000)}) q;`, 'line 2', 'nested too deeply'],
    ['gate g(a) q { rx(a) r; }', 'line 1, column 21', 'no such qubit'],
    ['gate g q { rx(a) q; }', 'line 1, column 15', 'no angle'],
    ['gate g q { h q; } qubit q; inv @ g q;', 'line 1, column 34', 'inverted'],
    ['gate g q { h q; } qubit q; g(1) q;', 'line 1, column 28', 'takes 0 angle(s)'],
    ['gate h q { }', 'line 1, column 6', 'name of its own'],
    [
      `gate g0 q { h q; }${Array.from({ length: 30 }, (_, k) => `gate g${k + 1} q { g${k} q; g${k} q; }`).join('')}`,
      'line 1',
      'too many',
    ],
  ];

  it.each(mistakes)('%j is refused with its place', (text, place, what) => {
    expect(() => fromQasm(text)).toThrow(place);
    expect(() => fromQasm(text)).toThrow(what);
    expect(() => fromQasm(text)).toThrow('invalid-qasm');
  });

  it('long rows of signs are read', () => {
    expect(fromQasm(`qubit q; rx(${'-'.repeat(5001)}1) q;`).gates).toEqual([gate('RX', [0], constant(-1))]);
  });

  // The definitions are those that Qiskit 2.6 writes for its gates.
  it('definitions of gates are read, drawn, differentiated and written out again', () => {
    const circuit = fromQasm(`OPENQASM 3.0;
      include "stdgates.inc";
      gate rzz(p0) _gate_q_0, _gate_q_1 { cx _gate_q_0, _gate_q_1; rz(p0) _gate_q_1; cx _gate_q_0, _gate_q_1; }
      gate sxdg _gate_q_0 { s _gate_q_0; h _gate_q_0; s _gate_q_0; }
      gate twice(a) q, r { rzz(a) q, r; inv @ rx(2 * a) r; gphase(-pi/4); }
      input float[64] x; input float[64] w;
      qubit[2] q;
      U(0.3, x, -0.2) q[0];
      sxdg q[1];
      cu(0.1, w, 0.3, 0.4) q[1], q[0];
      twice(w) q[1], q[0];
      rzz(0.5 * x) q[0], q[1];`);
    const same = defineCircuit({
      ...{ wires: 2, inputs: 1, weights: 1, measurement: expectationZ([0, 1]) },
      gates: [
        gate('U3', [0], constant(0.3), input(0), constant(-0.2)),
        ...[gate('S', [1]), gate('H', [1]), gate('S', [1])],
        gate('PhaseShift', [1], constant(0.4 + 0.15)),
        gate('PhaseShift', [1], product(0.5, weight(0))),
        gate('CRot', [1, 0], constant(0.3), constant(0.1), weight(0)),
        gate('IsingZZ', [1, 0], weight(0)),
        gate('RX', [0], product(-2, weight(0))),
        gate('IsingZZ', [0, 1], product(0.5, input(0))),
      ],
    });
    statesAgree(circuit, same, 3);
    statesAgree(fromQasm(toQasm(circuit)), same, 4);
    const [x, w, c] = [[0.4], [0.9], [1, -0.5]] as const;
    const [ours, theirs] = [circuitGradients(circuit, x, w, c), circuitGradients(same, x, w, c)];
    expect(largestDifference(ours.inputs, theirs.inputs)).toBeLessThan(1e-12);
    expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-12);
    expect(drawText(circuit)).toContain('twice(w0)');
  });

  it('what OpenQASM cannot say is refused', () => {
    const common = { wires: 1, inputs: 2, weights: 0, measurement: probabilities([0]) };
    const own = {
      form: 'matrix',
      wires: 1,
      matrix: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    const custom = { ...common, gates: [{ gate: 'mine', wires: [0], angles: [], definition: own }] };
    expect(() => toQasm(defineCircuit(custom))).toThrow('gates[0] (mine)');
    const amplitudes = { ...common, gates: [], initial: { kind: 'amplitude', features: 2, padding: 0 } as const };
    expect(() => toQasm(defineCircuit(amplitudes))).toThrow('not-exportable');
  });
});

describe('preparation of amplitudes', () => {
  it('gives every real state', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(), fc.boolean(), (wires, seed, sparse) => {
        const rng = createRng(seed);
        const values = Array.from({ length: 2 ** wires }, () => (sparse && rng.int(2) === 0 ? 0 : rng.normal()));
        const norm = Math.hypot(...values);
        fc.pre(norm > 0);
        const unit = values.map((value) => value / norm);
        const circuit = {
          wires,
          inputs: 0,
          weights: 0,
          gates: prepareAmplitudes(unit),
          measurement: expectationZ([0]),
        };
        const state = finalState(circuit, [], []);
        expect(largestDifference(state.re, unit)).toBeLessThan(1e-13);
        expect(largestDifference(state.im, new Float64Array(unit.length))).toBeLessThan(1e-13);
      }),
    );
  });
});
