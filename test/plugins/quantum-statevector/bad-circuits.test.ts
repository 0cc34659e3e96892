import { describe, expect, it } from '@jest/globals';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { input, type Angle } from '../../../plugins/quantum-statevector/angle.js';
import { constant, defineCircuit, gate, weight, type Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { controlledGate, defineGate } from '../../../plugins/quantum-statevector/gates/define-gate.js';
import { definitionOf } from '../../../plugins/quantum-statevector/gates/gates.js';
import { expectationZ, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';

const good: Circuit = {
  wires: 2,
  inputs: 1,
  weights: 1,
  gates: [gate('RX', [0], input(0)), gate('CNOT', [0, 1]), gate('RY', [1], weight(0))],
  measurement: expectationZ([0, 1]),
};

/** The message of the error that a changed circuit gives. */
function messageOf(change: Partial<Circuit>): string {
  try {
    defineCircuit({ ...good, ...change });
  } catch (error) {
    return String(error);
  }
  return 'no error';
}

describe('a circuit that does not add up', () => {
  it.each<[string, Partial<Circuit>]>([
    ['wires', { wires: 0 }],
    ['wires', { wires: 1.5 }],
    ['inputs', { inputs: -1 }],
    ['gates[0].wires', { gates: [gate('X', [2])] }],
    ['gates[1].wires', { gates: [gate('X', [0]), gate('CNOT', [1, 1])] }],
    ['gates[0].wires', { gates: [gate('CNOT', [1])] }],
    ['gates[0].wires', { gates: [gate('MultiRZ', [], constant(1))] }],
    ['gates[0].angles', { gates: [gate('RX', [1])] }],
    ['gates[0].angles[0]', { gates: [gate('RX', [1], weight(1))] }],
    ['gates[0].angles[0]', { gates: [gate('RX', [1], constant(NaN))] }],
    [
      'gates[0].angles[2]',
      {
        gates: [
          gate('Rot', [1], input(0), input(0), {
            source: 'product',
            factor: 1,
            of: [input(7) as { source: 'input'; index: number }],
          } satisfies Angle),
        ],
      },
    ],
    ['gates[0].gate', { gates: [{ gate: 'CNOTT', wires: [0, 1], angles: [] }] }],
    ['initial.bits', { initial: { kind: 'basis', bits: [0] } }],
    ['initial.bits', { initial: { kind: 'basis', bits: [0, 2] } }],
    ['initial.features', { initial: { kind: 'amplitude', features: 2, padding: 0 } }],
    ['initial.padding', { initial: { kind: 'amplitude', features: 1, padding: Infinity } }],
    ['measurement', { measurement: expectationZ([]) }],
    ['measurement.wires', { measurement: probabilities([0, 2]) }],
    ['measurement.parts[1].wires', { measurement: { kind: 'mixture', parts: [expectationZ([0]), expectationZ([3])] } }],
    ['measurement', { measurement: { kind: 'mixture', parts: [] } }],
  ])('is refused at %s', (where, change) => {
    const message = messageOf(change);
    expect(message).toContain(`${where}: `);
    expect(message).toContain('[invalid-circuit]');
  });

  it('suggests the gate that was meant', () => {
    expect(messageOf({ gates: [{ gate: 'CNOTT', wires: [0, 1], angles: [] }] })).toContain('Did you mean "CNOT"?');
  });
});

describe('values that do not fit a circuit', () => {
  const codes = (run: () => unknown, where: string) => {
    expect(run).toThrow(/\[invalid-circuit-values\]/);
    expect(run).toThrow(where);
  };

  it('are refused by name and number', () => {
    codes(() => runCircuit(good, [NaN], [1]), 'inputs[0]: ');
    codes(() => runCircuit(good, [1], [Infinity]), 'weights[0]: ');
    codes(() => runCircuit(good, [1, 2], [1]), 'inputs: ');
    codes(() => runCircuit(good, [1], []), 'weights: ');
    codes(() => circuitGradients(good, [1], [1], [1]), 'cotangent: ');
    codes(() => circuitGradients(good, [1], [1], [1, NaN]), 'cotangent[1]: ');
  });
});

describe('gates of your own', () => {
  it('are refused when they are not unitary, or misshapen, or named like another', () => {
    const codes = (define: () => unknown, words: RegExp) => {
      expect(define).toThrow(/\[invalid-circuit\]/);
      expect(define).toThrow(words);
    };
    codes(() => defineGate('CNOT', { matrix: [[1]] }), /of this name/);
    codes(() => defineGate('Half', { matrix: [[0.5, 0], [0, 1]] }), /not unitary/); // prettier-ignore
    codes(() => defineGate('Wide', { matrix: [[1, 0], [0]] }), /2 rows of 2/); // prettier-ignore
    codes(() => defineGate('Sum', { generator: [[1, 1], [1, 1]] }), /not unitary/); // prettier-ignore
    codes(
      () => defineGate('Far', { wires: 1, angles: 1, gates: (t) => [gate('RX', [1], t)] }),
      /Far\.gates\[0\]\.wires/,
    );
    codes(() => defineGate('Lost', { wires: 1, angles: 1, gates: () => [gate('RX', [0], input(1))] }), /input 1/);
  });

  it('can be controlled', () => {
    const turn = defineGate('TurnX', { generator: [[0, 1], [1, 0]] }); // prettier-ignore
    const controlled = definitionOf(controlledGate('CTurnX', turn)([0, 1], constant(0)));
    const known = definitionOf(gate('CRX', [0, 1], constant(0)));
    expect(controlled.matrix([0.7])).toEqual(known.matrix([0.7]));
    expect(controlled.derivative([0.7], 0)).toEqual(known.derivative([0.7], 0));
  });
});
