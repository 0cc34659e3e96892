import { Graph } from '../../../compiler/graph.js';
import { compile } from '../../../compiler/compile.js';
import type { Program } from '../../../compiler/program.js';
import { circuitOp } from '../../../plugins/quantum-statevector/circuit-op.js';
import type { Circuit } from '../../../plugins/quantum-statevector/circuit.js';

export interface CompiledFacts {
  readonly capacity?: number;
  readonly backend?: 'wasm' | 'javascript';
  readonly inputGradients?: boolean;
}

/** A program that is nothing but the circuit. */
export function compileCircuit(circuit: Circuit, facts: CompiledFacts = {}): Program {
  const { capacity = 64, backend = 'wasm', inputGradients = true } = facts;
  const graph = new Graph();
  const input = graph.input(circuit.inputs);
  const weights = circuit.weights === 0 ? [] : [graph.parameter([circuit.weights], () => undefined)];
  const output = graph.apply(circuitOp, [input], weights, circuit);
  return compile(graph, { outputs: { output }, capacity, backend, inputGradients });
}

export interface Batch {
  /** [samples][inputs] */
  readonly inputs: readonly ArrayLike<number>[];
  readonly weights: ArrayLike<number>;
  /** [samples][rows] */
  readonly cotangents: readonly ArrayLike<number>[];
}

export interface BatchResult {
  readonly outputs: readonly number[][];
  readonly inputGradients: readonly number[][];
  readonly weightGradient: readonly number[];
}

/** Forward and backward of one batch. */
export function runBatch(program: Program, { inputs, weights, cotangents }: Batch): BatchResult {
  const samples = inputs.length;
  const [x, y] = [program.inputs[0]!, program.outputs['output']!];
  const dy = program.outputGradients['output']!;
  const dx = program.inputGradients?.[0];
  program.parameters.set(Array.from(weights));
  program.parametersChanged();
  dy.data.fill(0);
  x.data.fill(0);
  inputs.forEach((sample, s) => {
    Array.from(sample).forEach((value, row) => (x.data[row * x.stride + s] = value));
  });
  cotangents.forEach((sample, s) => {
    Array.from(sample).forEach((value, row) => (dy.data[row * dy.stride + s] = value));
  });
  program.zeroGradients();
  program.forward(samples);
  program.backward(samples);
  const columns = (rows: { data: Float32Array; stride: number; rows: number }): number[][] =>
    Array.from({ length: samples }, (_, s) =>
      Array.from({ length: rows.rows }, (__, row) => rows.data[row * rows.stride + s]!),
    );
  return {
    outputs: columns(y),
    inputGradients: dx === undefined ? [] : columns(dx),
    weightGradient: Array.from(program.gradients),
  };
}
