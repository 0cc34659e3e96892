import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../compiler/compile.js';
import { Graph } from '../../../compiler/graph.js';
import { arctan } from '../../../plugins/quantum-statevector/arctan.js';

describe('the arcus tangent', () => {
  it('in float32 is within 5e-7 of the exact one, odd, and lets NaN through', () => {
    const graph = new Graph();
    const output = graph.apply(arctan, [graph.input(1)]);
    const program = compile(graph, { outputs: { output }, capacity: 4096 });
    const { data } = program.inputs[0]!;
    const values = Float32Array.from({ length: 4096 }, (_, k) => {
      const size = 10 ** (((k >> 1) / 2048) * 42 - 4);
      return k % 2 === 0 ? size : -size;
    });
    values.set([0, NaN, Infinity, -Infinity]);
    data.set(values);
    program.forward(4096);
    const result = program.outputs['output']!.data;
    const wrong = [...values.keys()].filter((k) => {
      const [actual, exact] = [result[k]!, Math.atan(values[k]!)];
      return Number.isNaN(exact) ? !Number.isNaN(actual) : !(Math.abs(actual - exact) < 5e-7);
    });
    expect(wrong).toEqual([]);
    program.release();
  });
});
