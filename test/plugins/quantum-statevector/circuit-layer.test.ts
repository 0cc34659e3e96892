import { describe, expect, it } from '@jest/globals';
import { Graph } from '../../../compiler/graph.js';
import type { Place } from '../../../core/layer/layer-kind.js';
import { createRng } from '../../../core/random.js';
import { buildCircuit, circuitLayer, readout } from '../../../plugins/quantum-statevector/circuit-layer.js';
import plugin, { expectationZ, probabilities } from '../../../plugins/quantum-statevector/index.js';

const hidden = (rows?: number): Place => ({ role: 'hidden', rows, gain: 1 });
const head = (rows: number): Place => ({ role: 'policy', rows, gain: 1 });
const gene = (qubits: number, ansatz = 'strong', repetitions = 2) =>
  ({ kind: 'quantum-statevector/circuit', qubits, ansatz, repetitions }) as const;

describe('the readout of the circuit layer', () => {
  it.each([
    [3, hidden(), probabilities([0, 1, 2])],
    [3, hidden(8), probabilities([0, 1, 2])],
    [3, hidden(2), expectationZ([0, 1])],
    [3, hidden(3), expectationZ([0, 1, 2])],
    [1, hidden(2), probabilities([0])],
    [2, hidden(2), expectationZ([0, 1])],
    [4, head(2), expectationZ([0, 1])],
    [2, head(1), expectationZ([0])],
    [1, head(1), expectationZ([0])],
  ])('of %i qubits in %j', (qubits, place, measurement) => {
    expect(readout(qubits, place)).toEqual(measurement);
  });

  it('refuses where it cannot give what is needed', () => {
    expect(circuitLayer.plan(gene(3)).outputRows(3, hidden(5))).toMatchObject({
      ok: false,
      reason:
        'a circuit of 3 qubits gives 8 probabilities or up to 3 expectation values, and the next layer needs 5 rows',
    });
    expect(circuitLayer.plan(gene(2)).outputRows(2, head(4))).toMatchObject({ ok: false });
  });

  it('counts its rows', () => {
    const plan = circuitLayer.plan(gene(3));
    expect(plan.inputRows).toBe(3);
    expect(plan.qubits).toBe(3);
    expect(plan.outputRows(3, hidden())).toBe(8);
    expect(plan.outputRows(3, head(2))).toBe(2);
  });
});

describe('the circuit layer', () => {
  it.each([
    ['basic', [2, 4]],
    ['strong', [2, 4, 3]],
    ['circular', [2, 4, 3]],
  ])('%s lowers to one op with its angles in [0, 2 pi)', (ansatz, shape) => {
    const graph = new Graph();
    const output = circuitLayer.plan(gene(4, ansatz)).lower(graph, graph.input(4), hidden());
    expect(output.rows).toBe(16);
    expect(graph.parameters).toHaveLength(1);
    const [parameter] = graph.parameters;
    expect(parameter!.shape).toEqual(shape);
    const values = new Float64Array(2000);
    parameter!.initialize(values, [2000], createRng(1));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(2 * Math.PI);
    const mean = values.reduce((sum, value) => sum + value, 0) / 2000;
    expect(Math.abs(mean - Math.PI)).toBeLessThan(0.2);
  });

  it("with nothing but the study's hyperparameters is the same network as ever", () => {
    const plan = circuitLayer.plan(gene(4));
    const bare = { qubits: 4, ansatz: 'strong', repetitions: 2 };
    for (const place of [hidden(), hidden(16), hidden(3), head(2), head(1)]) expect(plan.identity(place)).toEqual(bare);
    const rng = createRng(3);
    for (let k = 0; k < 50; k++) {
      const { kind, ...drawn } = circuitLayer.sample(rng);
      expect(circuitLayer.plan({ kind, ...drawn }).identity(hidden())).toEqual({
        qubits: drawn['qubits'],
        ansatz: drawn['qubits'] === 1 && drawn['ansatz'] === 'circular' ? 'strong' : drawn['ansatz'],
        repetitions: drawn['repetitions'],
      });
      expect(['basic', 'strong', 'circular']).toContain(drawn['ansatz']);
    }
  });

  it('entangles as the study says', () => {
    const pairs = (qubits: number, ansatz: 'basic' | 'strong' | 'circular', repetitions = 1) =>
      buildCircuit({ qubits, ansatz, repetitions }, expectationZ([0]))
        .circuit.gates.filter(({ gate }) => gate === 'CNOT')
        .map(({ wires }) => wires.join(''));
    expect(pairs(2, 'basic')).toEqual(['01']);
    expect(pairs(3, 'basic')).toEqual(['01', '12', '20']);
    expect(pairs(2, 'strong')).toEqual(['01', '10']);
    expect(pairs(3, 'strong', 3)).toEqual(['01', '12', '20', '02', '10', '21', '01', '12', '20']);
    expect(pairs(3, 'circular')).toEqual(['20', '01', '12']);
    for (const ansatz of ['basic', 'strong', 'circular'] as const) expect(pairs(1, ansatz)).toEqual([]);
  });

  it('has one identity for circuits without anything to entangle', () => {
    const identity = (qubits: number, ansatz: string) => circuitLayer.plan(gene(qubits, ansatz)).identity(hidden());
    expect(identity(1, 'circular')).toEqual(identity(1, 'strong'));
    expect(identity(2, 'circular')).not.toEqual(identity(2, 'strong'));
    expect(identity(1, 'basic')).not.toEqual(identity(1, 'strong'));
  });

  it('is written as Q, qubits, letter, repetitions', () => {
    expect(circuitLayer.notation!.symbol).toBe('Q');
    expect(circuitLayer.notation!.fields.map(({ hyper }) => hyper)).toEqual(['qubits', 'ansatz', 'repetitions']);
    expect(circuitLayer.notation!.fields[1]!.letters).toMatchObject({ basic: 'L', strong: 'F', circular: 'O' });
  });

  it('comes with the plugin', () => {
    expect(plugin.name).toBe('quantum-statevector');
    expect(plugin.layers).toEqual([circuitLayer]);
  });

  it('checks its hyperparameters', () => {
    expect(() => circuitLayer.plan(gene(11))).toThrow('invalid-option');
    expect(() => circuitLayer.plan(gene(2, 'weak'))).toThrow('invalid-option');
  });
});
