import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../compiler/compile.js';
import { finiteDifferences } from '../../../compiler/finite-differences.js';
import { Graph } from '../../../compiler/graph.js';
import { createReference } from '../../../compiler/reference.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import type { Gene, Place } from '../../../core/layer/layer-kind.js';
import type { Rows } from '../../../core/rows.js';
import { createRng } from '../../../core/random.js';
import { Registry } from '../../../core/registry.js';
import { ansatzes } from '../../../plugins/quantum-statevector/ansatz/ansatzes.js';
import { circuitLayer } from '../../../plugins/quantum-statevector/circuit-layer.js';
import { defineCircuitLayer } from '../../../plugins/quantum-statevector/define-circuit-layer.js';
import { encodings } from '../../../plugins/quantum-statevector/encodings/encodings.js';
import { largestDifference } from './compare.js';

const hidden = (rows?: number): Place => ({ role: 'hidden', rows, gain: 1 });
const head = (rows: number): Place => ({ role: 'policy', rows, gain: 1 });
const gene = (choices: Readonly<Record<string, string | number | boolean>> = {}): Gene => ({
  ...{ kind: 'quantum-statevector/circuit', qubits: 3, ansatz: 'strong', repetitions: 2 },
  ...choices,
});
const plan = (choices: Readonly<Record<string, string | number | boolean>> = {}) => circuitLayer.plan(gene(choices));

/** The layer as a graph, on `rows` inputs. */
function lowered(choices: Readonly<Record<string, string | number | boolean>>, rows: number, place: Place) {
  const graph = new Graph();
  const output = plan(choices).lower(graph, graph.input(rows), place);
  return { graph, output };
}

function startWeights(graph: Graph, seed = 1): Float64Array {
  const values = new Float64Array(graph.parameterCount);
  for (const { initialize, shape, offset, size } of graph.parameters) {
    initialize(values.subarray(offset, offset + size), shape, createRng(seed));
  }
  return values;
}

/** The layer's output for one sample, with its start weights. */
function run(choices: Readonly<Record<string, string | number | boolean>>, x: readonly number[], place: Place) {
  const { graph, output } = lowered(choices, x.length, place);
  return createReference(graph, { output }).forward([Float64Array.from(x)], startWeights(graph), 1)['output']!;
}

/** Random values in [-2, 2), as float32 holds them; [rows][samples]. */
function operands(graph: Graph, rows: number, outputRows: number, samples: number) {
  const rng = createRng(2);
  const draw = (length: number) => Float64Array.from({ length }, () => Math.fround(rng.uniform(-2, 2)));
  return {
    inputs: draw(rows * samples),
    parameters: draw(graph.parameterCount),
    cotangent: draw(outputRows * samples),
  };
}

function write({ data, rows, stride }: Rows, values: Float64Array, samples: number): void {
  for (let row = 0; row < rows; row++) data.set(values.subarray(row * samples, (row + 1) * samples), row * stride);
}

function read({ data, rows, stride }: Rows, samples: number): number[] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * stride, row * stride + samples)]).flat();
}

const x = [0.4, -2.5, 1.1];

describe('what a circuit layer may be asked for', () => {
  const everything = [
    ...Object.keys(ansatzes).map((ansatz) => ({ ansatz })),
    ...Object.keys(encodings).map((encoding) => ({ encoding })),
    ...['angle-x', 'hadamard-angle-z', 'iqp', 'basis'].map((encoding) => ({ encoding, reuploading: true })),
    ...['angle-x', 'iqp'].map((encoding) => ({ encoding, reuploading: true, inputScaling: true })),
    { inputScaling: true },
    { squashing: 'arctan' },
    { squashing: 'tanh' },
    { inputs: 'linear' },
    { inputs: 'truncate' },
    { observable: 'expectation' },
    { measurement: 'partial' },
    { probabilityScaling: true },
    { outputScaling: true },
    { outputScaling: true, probabilityScaling: true, squashing: 'tanh', inputs: 'linear', ansatz: 'ppo-q' },
  ];

  it.each(everything)('%j has right gradients, and the rows that it declares', (choices) => {
    const layer = plan(choices);
    const rows = layer.inputRows ?? 5;
    const { graph, output } = lowered(choices, rows, hidden());
    expect(output.rows).toBe(layer.outputRows(rows, hidden()));
    const at = operands(graph, rows, output.rows, 1);
    const { worst } = finiteDifferences(
      graph,
      { output },
      { inputs: [at.inputs], parameters: at.parameters, cotangents: { output: at.cotangent }, samples: 1 },
    );
    expect(worst).toBeLessThan(1e-7);
  });

  it.each(everything)('%j compiles to kernels that agree with the reference', (choices) => {
    for (const place of [hidden(), head(2)]) {
      const layer = plan(choices);
      const rows = layer.inputRows ?? 5;
      const samples = 5;
      const { graph, output } = lowered(choices, rows, place);
      const at = operands(graph, rows, output.rows, samples);
      const reference = createReference(graph, { output });
      const values = reference.forward([at.inputs], at.parameters, samples)['output']!;
      const gradients = reference.backward({ output: at.cotangent });
      const program = compile(graph, { outputs: { output }, inputGradients: true, capacity: 8 });
      program.parameters.set(at.parameters);
      program.parametersChanged();
      write(program.inputs[0]!, at.inputs, samples);
      write(program.outputGradients['output']!, at.cotangent, samples);
      program.forward(samples);
      program.backward(samples);
      const scale = (expected: Float64Array): number => Math.max(1, ...expected.map(Math.abs));
      const agree = (actual: ArrayLike<number>, expected: Float64Array): void => {
        expect(largestDifference(actual, expected) / scale(expected)).toBeLessThan(1e-5);
      };
      agree(read(program.outputs['output']!, samples), values);
      agree(program.gradients, gradients.parameters);
      agree(read(program.inputGradients![0]!, samples), gradients.inputs[0]!);
      program.release();
    }
  });

  it('squashes inputs', () => {
    const plain = { qubits: 3, ansatz: 'basic' };
    for (const place of [hidden(), head(2)]) {
      const arctans = run({ ...plain, squashing: 'arctan' }, x, place);
      expect(largestDifference(arctans, run(plain, x.map(Math.atan), place))).toBeLessThan(1e-12);
      const tanhs = run({ ...plain, squashing: 'tanh' }, x, place);
      expect(largestDifference(tanhs, run(plain, x.map((value) => Math.PI * Math.tanh(value)), place))).toBeLessThan(1e-12); // prettier-ignore
    }
  });

  it('scales outputs: probabilities by 2^n, anything by weights that start at 1', () => {
    const probabilitiesOf = run({}, x, hidden());
    expect(run({ probabilityScaling: true }, x, hidden())).toEqual(probabilitiesOf.map((value) => 8 * value));
    expect(run({ probabilityScaling: true }, x, head(2))).toEqual(run({}, x, head(2)));
    expect(run({ outputScaling: true }, x, head(2))).toEqual(run({}, x, head(2)));
    const { graph } = lowered({ outputScaling: true }, 3, head(2));
    expect(graph.parameters.map(({ shape }) => shape)).toEqual([[2, 3, 3], [2]]);
  });

  it('full: means of <Z>, so that every qubit counts', () => {
    const all = run({ observable: 'expectation' }, x, hidden());
    const [first, second] = run({ measurement: 'full' }, x, head(2));
    expect(first).toBeCloseTo((all[0]! + all[2]!) / 2, 12);
    expect(second).toBeCloseTo(all[1]!, 12);
    const [value] = run({ measurement: 'full' }, x, { role: 'value', rows: 1, gain: 1 });
    expect(value).toBeCloseTo((all[0]! + all[1]! + all[2]!) / 3, 12);
  });

  it('adapts its inputs', () => {
    expect(plan().inputRows).toBe(3);
    expect(plan({ encoding: 'amplitude' }).inputRows).toBe(8);
    expect(plan({ inputs: 'truncate' }).inputRows).toBeUndefined();
    expect(run({ inputs: 'truncate' }, [...x, 7, 8], hidden())).toEqual(run({}, x, hidden()));
    expect(run({ inputs: 'truncate' }, x.slice(0, 2), hidden())).toEqual(run({}, [...x.slice(0, 2), 0], hidden()));
    const { graph } = lowered({ inputs: 'linear' }, 5, hidden());
    expect(graph.parameters.map(({ shape }) => shape)).toEqual([
      [3, 6],
      [2, 3, 3],
    ]);
  });

  it('refuses what excludes each other', () => {
    const refusal = { ok: false };
    expect(plan({ encoding: 'amplitude', reuploading: true }).outputRows(8, hidden())).toMatchObject(refusal);
    expect(plan({ encoding: 'amplitude', inputScaling: true }).outputRows(8, hidden())).toMatchObject(refusal);
    expect(() => plan({ encoding: 'angle' })).toThrow('invalid-option');
    expect(() => plan({ squash: 'tanh' })).toThrow('unknown-option');
  });

  it('is written in DNA: letters for every ansatz, the general form for choices', () => {
    const kinds = new Registry('layer', [circuitLayer]);
    for (const letter of ['L', 'F', 'O', 'N', 'H', 'P', 'D']) {
      const dna = `Q 4 ${letter} 2`;
      expect(printDna(parseDna(dna, kinds), kinds)).toBe(dna);
    }
    const chosen = { layers: [gene({ measurement: 'full', outputScaling: true })] };
    const dna = printDna(chosen, kinds);
    expect(dna).toContain('"measurement":"full"');
    expect(printDna(parseDna(dna, kinds), kinds)).toBe(dna);
    // Choices that are the default leave the short form.
    expect(printDna({ layers: [gene({ measurement: 'automatic', encoding: 'angle-x' })] }, kinds)).toBe('Q 3 F 2');
  });
});

describe('random circuit layers', () => {
  it('vary in qubits, ansatz and repetitions alone', () => {
    const rng = createRng(7);
    const start = gene({ squashing: 'tanh' });
    const seen = new Set<string>();
    for (let k = 0; k < 100; k++) {
      const other = circuitLayer.perturb(start, rng);
      const { qubits, ansatz, repetitions, ...rest } = other;
      const { qubits: _q, ansatz: _a, repetitions: _r, ...before } = { ...circuitLayer.sample(createRng(1)), ...start };
      expect(rest).toEqual(before);
      if (qubits !== 3) seen.add('qubits');
      if (ansatz !== 'strong') seen.add('ansatz');
      if (repetitions !== 2) seen.add('repetitions');
    }
    expect([...seen].sort()).toEqual(['ansatz', 'qubits', 'repetitions']);
  });

  it("of a kind of one's own draw what it searches, from defaults of its own", () => {
    const kind = defineCircuitLayer({
      ...{ id: 'demo/circuit', summary: 'a circuit', ansatz: { strong: ansatzes.strong } },
      ...{ searched: ['measurement', 'reuploading'], defaults: { inputs: 'linear' } },
    });
    const rng = createRng(1);
    const drawn = Array.from({ length: 60 }, () => kind.sample(rng));
    expect(new Set(drawn.map(({ measurement }) => measurement)).size).toBe(3);
    expect(new Set(drawn.map(({ reuploading }) => reuploading)).size).toBe(2);
    expect(new Set(drawn.map(({ inputs, ansatz }) => `${inputs} ${ansatz}`))).toEqual(new Set(['linear strong']));
    const changes = drawn.map((one) => {
      const other = kind.perturb(one, rng);
      return Object.keys(one).find((name) => one[name] !== other[name]);
    });
    expect([...new Set(changes)].sort()).toEqual(['measurement', 'qubits', 'reuploading', 'repetitions'].sort());
  });
});

describe('the identity of a circuit layer', () => {
  const same = (choices: Readonly<Record<string, string | number | boolean>>, place: Place) => {
    expect(plan(choices).identity(place)).toEqual(plan().identity(place));
  };
  const other = (choices: Readonly<Record<string, string | number | boolean>>, place: Place) => {
    expect(plan(choices).identity(place)).not.toEqual(plan().identity(place));
  };

  it('knows what changes nothing', () => {
    same({ measurement: 'full' }, hidden());
    same({ measurement: 'full' }, hidden(8));
    same({ measurement: 'partial' }, head(2));
    same({ observable: 'probabilities' }, hidden());
    same({ observable: 'expectation' }, head(2));
    same({ probabilityScaling: true }, head(2));
    const once = { repetitions: 1 };
    expect(plan({ ...once, reuploading: true }).identity(hidden())).toEqual(plan(once).identity(hidden()));
    const own = { ansatz: 'ppo-q' };
    expect(plan({ ...own, encoding: 'iqp', reuploading: true, inputScaling: true }).identity(hidden())).toEqual(
      plan(own).identity(hidden()),
    );
  });

  it('knows what changes the network', () => {
    other({ measurement: 'full' }, head(2));
    other({ measurement: 'partial' }, hidden());
    other({ observable: 'expectation' }, hidden());
    other({ probabilityScaling: true }, hidden());
    for (const place of [hidden(), head(2)]) {
      other({ encoding: 'angle-y' }, place);
      other({ reuploading: true }, place);
      other({ inputScaling: true }, place);
      other({ squashing: 'tanh' }, place);
      other({ inputs: 'linear' }, place);
      other({ outputScaling: true }, place);
    }
  });
});
