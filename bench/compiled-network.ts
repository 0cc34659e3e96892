import { compile, Graph, normal, type CompileOptions, type Program } from '../compiler/index.js';
import { createRng } from '../core/index.js';
import { matricesOf, type DenseShape } from './networks.js';

/** A dense network with outputs `policy` and `value`, compiled; start values from a fixed seed. */
export function compileDense(shape: DenseShape, capacity: number, options: Partial<CompileOptions> = {}): Program {
  const { graph, outputs } = denseGraph(shape);
  const program = compile(graph, { ...options, outputs, capacity });
  program.initialize(createRng(1));
  return program;
}

export function denseGraph(shape: DenseShape): { readonly graph: Graph; readonly outputs: CompileOptions['outputs'] } {
  const graph = new Graph();
  const matrices = matricesOf(shape);
  const affine = (x: Parameters<Graph['affine']>[0], index: number) => {
    const { rows, depth } = matrices[index]!;
    return graph.affine(x, graph.parameter([rows, depth + 1], normal(1 / Math.sqrt(depth))));
  };
  let x = graph.input(shape.inputs);
  shape.trunk.forEach(({ activation }, layer) => {
    const y = affine(x, layer);
    x = activation === 'tanh' ? graph.tanh(y) : graph.relu(y);
  });
  return { graph, outputs: { policy: affine(x, shape.trunk.length), value: affine(x, shape.trunk.length + 1) } };
}

/** Fills inputs and cotangents with numbers in [-1, 1) that depend on row and sample alone. */
export function fillRows(program: Program, samples: number): void {
  for (const { data, stride, rows } of [...program.inputs, ...Object.values(program.outputGradients)]) {
    for (let row = 0; row < rows; row++) {
      for (let sample = 0; sample < samples; sample++) data[row * stride + sample] = someNumber(row, sample);
    }
  }
}

/** A number in [-1, 1) that looks random. */
export function someNumber(row: number, sample: number): number {
  const bits = Math.imul(Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(sample + 1, 0x85ebca6b), 0xc2b2ae35);
  return bits / 2 ** 31;
}
