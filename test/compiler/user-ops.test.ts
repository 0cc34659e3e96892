import { describe, expect, it } from '@jest/globals';
import {
  compile,
  createModuleCache,
  createReference,
  defineElementwise,
  defineOp,
  finiteDifferences,
  Graph,
  type Op,
  orthogonal,
  sumLanes,
  scalar,
  type Tensor,
} from '../../compiler/index.js';
import { createRng } from '../../core/random.js';

const softsign = (wrong = false): Op =>
  defineElementwise({
    id: 'demo/softsign',
    summary: 'x / (1 + |x|)',
    saves: ['inputs'],
    reference: {
      forward: (x) => x / (1 + Math.abs(x)),
      derivative: (x) => (wrong ? 1 : 1) / (1 + Math.abs(x)) ** (wrong ? 1 : 2),
    },
    kernel: {
      forward: ({ f32 }, x) => f32.divide(x, f32.add(f32.constant(1), f32.abs(x))),
      backward(fn, dy, x) {
        const d = fn.let(fn.f32.add(fn.f32.constant(1), fn.f32.abs(x)));
        return fn.f32.divide(dy, fn.f32.multiply(d, d));
      },
    },
  });

/** y = x^2 in TypeScript. */
const hostSquare = defineOp({
  id: 'demo/host-square',
  summary: 'square, in TypeScript',
  saves: ['inputs'],
  shape: ([rows]) => rows!,
  reference: {
    forward: ([x]) => x!.map((value) => value * value),
    backward: ([x], _parameters, _output, dy) => ({ inputs: [dy.map((c, i) => 2 * c * x![i]!)], parameters: [] }),
  },
  kernel: {
    host: true,
    forward({ f32 }, { inputs, output, samples }) {
      for (let r = 0; r < output.rows; r++) {
        const [from, to] = [inputs[0]!.address + r * output.strideBytes, output.address + r * output.strideBytes];
        for (let s = 0; s < samples; s++) f32[to / 4 + s] = f32[from / 4 + s]! ** 2;
      }
    },
    backward({ f32 }, { inputs, outputGradient, inputGradients, samples }) {
      const dx = inputGradients[0];
      if (dx === undefined) return;
      for (let r = 0; r < dx.rows; r++) {
        const row = (r * dx.strideBytes) / 4;
        for (let s = 0; s < samples; s++) {
          const gradient = 2 * f32[inputs[0]!.address / 4 + row + s]! * f32[outputGradient.address / 4 + row + s]!;
          const at = dx.address / 4 + row + s;
          f32[at] = dx.accumulate ? f32[at]! + gradient : gradient;
        }
      }
    },
  },
});

/** y = e^w x with one weight: `prepare` computes the factor, `reduce` folds the accumulator through it. */
const prepared = defineOp({
  id: 'demo/prepared',
  summary: 'multiplication by the square of a weight',
  saves: ['inputs'],
  shape: ([rows]) => rows!,
  workspace: () => ({ factor: { bytes: 4 }, sum: { bytes: 16 } }),
  reference: {
    forward: ([x], [w]) => x!.map((value) => value * w![0]! ** 2),
    backward: ([x], [w], _output, dy) => ({
      inputs: [dy.map((c) => c * w![0]! ** 2)],
      parameters: [Float64Array.of(2 * w![0]! * dy.reduce((sum, c, i) => sum + c * x![i]!, 0))],
    }),
  },
  kernel: {
    prepare: ({ f32 }, { parameters, workspace }) =>
      void (f32[workspace['factor']! / 4] = f32[parameters[0]! / 4]! ** 2),
    forward(fn, { inputs, output, workspace, sampleBytes }) {
      fn.loop(0, sampleBytes, 16, (at) => {
        fn.store(
          at,
          output.address,
          fn.f32.multiply(fn.f32.load(at, inputs[0]!.address), fn.f32.loadSplat(0, workspace['factor'])),
        );
      });
    },
    backward(fn, { inputs, outputGradient, inputGradients, workspace, sampleBytes }) {
      fn.loop(0, sampleBytes, 16, (at) => {
        const dy = fn.let(fn.f32.load(at, outputGradient.address));
        const product = fn.f32.multiply(dy, fn.f32.load(at, inputs[0]!.address));
        fn.store(0, workspace['sum']!, scalar.add(fn.f32.loadElement(0, workspace['sum']), sumLanes(fn, product)));
        const dx = inputGradients[0];
        if (dx !== undefined) fn.store(at, dx.address, fn.f32.multiply(dy, fn.f32.loadSplat(0, workspace['factor'])));
      });
    },
    reduce({ f32 }, { parameters, parameterGradients, workspace }) {
      const sum = workspace['sum']! / 4;
      f32[parameterGradients[0]! / 4]! += 2 * f32[parameters[0]! / 4]! * f32[sum]!;
      f32[sum] = 0;
    },
  },
});

function checkAgainstReference(graph: Graph, y: Tensor, samples: number): void {
  for (const backend of ['wasm', 'javascript'] as const) {
    const program = compile(graph, { outputs: { y }, backend, inputGradients: true, modules: createModuleCache() });
    const rng = createRng(4);
    program.initialize(rng);
    const draw = (rows: number): Float64Array =>
      Float64Array.from({ length: rows * samples }, () => Math.fround(rng.normal()));
    const put = (rows: { data: Float32Array; rows: number; stride: number }, values: Float64Array): void => {
      values.forEach((value, i) => (rows.data[Math.floor(i / samples) * rows.stride + (i % samples)] = value));
    };
    const reference = createReference(graph, { y });
    for (let step = 0; step < 2; step++) {
      const [x, dy] = [draw(program.inputs[0]!.rows), draw(y.rows)];
      put(program.inputs[0]!, x);
      put(program.outputGradients['y']!, dy);
      reference.forward([x], Float64Array.from(program.parameters), samples);
      const exact = reference.backward({ y: dy });
      program.forward(samples);
      program.backward(samples);
      exact.parameters.forEach((value, i) => {
        expect(program.gradients[i]).toBeCloseTo(value, 4);
      });
      const dx = program.inputGradients![0]!;
      exact.inputs[0]!.forEach((value, i) => {
        expect(dx.data[Math.floor(i / samples) * dx.stride + (i % samples)]).toBeCloseTo(value, 4);
      });
      program.adam(0.05, 1e-8, 1);
    }
  }
}

describe('ops of plugins', () => {
  it('elementwise, from one formula per direction', () => {
    const graph = new Graph();
    const x = graph.input(3);
    const hidden = graph.apply(softsign(), [graph.affine(x, graph.parameter([5, 4], orthogonal(1)))]);
    checkAgainstReference(
      graph,
      graph.apply(softsign(), [graph.affine(hidden, graph.parameter([2, 6], orthogonal(1)))]),
      11,
    );
  });

  it('in TypeScript between kernels, also with a shared input', () => {
    const graph = new Graph();
    const x = graph.input(3);
    const hidden = graph.tanh(graph.affine(x, graph.parameter([4, 4], orthogonal(1))));
    const squared = graph.apply(hostSquare, [hidden]);
    checkAgainstReference(graph, graph.affine(graph.add(squared, hidden), graph.parameter([2, 5], orthogonal(1))), 9);
  });

  it('see padding columns too, so that no gradient of an earlier call is left in them', () => {
    const graph = new Graph();
    const hidden = graph.affine(graph.input(2), graph.parameter([3, 3], orthogonal(1)));
    const y = graph.affine(graph.apply(hostSquare, [hidden]), graph.parameter([1, 4], orthogonal(1)));
    const gradients = (earlier: number): Float32Array => {
      const program = compile(graph, { outputs: { y } });
      program.initialize(createRng(1));
      program.inputs[0]!.data.forEach((_, i, data) => (data[i] = Math.cos(i)));
      program.outputGradients['y']!.data.fill(1);
      program.forward(earlier);
      program.backward(earlier);
      program.zeroGradients();
      program.outputGradients['y']!.data.fill(0, 5);
      program.forward(5);
      program.backward(5);
      const result = program.gradients.slice();
      program.release();
      return result;
    };
    expect(gradients(16)).toEqual(gradients(5));
  });

  it('with work per minibatch before and after the kernels', () => {
    const graph = new Graph();
    const x = graph.input(1);
    checkAgainstReference(
      graph,
      graph.apply(prepared, [graph.tanh(x)], [graph.parameter([1], (values) => values.fill(1.3))]),
      10,
    );
  });
});

describe('planted errors are caught', () => {
  const at = (graph: Graph, rows: number) => ({
    samples: 2,
    parameters: Float64Array.from({ length: graph.parameterCount }, (_, i) => Math.sin(i)),
    inputs: [Float64Array.from({ length: rows * 2 }, (_, i) => 0.3 + i)],
    cotangents: { y: Float64Array.from({ length: 4 }, (_, i) => 1 + i) },
  });
  const build = (op: Op): { graph: Graph; y: Tensor } => {
    const graph = new Graph();
    const y = graph.apply(op, [graph.affine(graph.input(3), graph.parameter([2, 4], orthogonal(1)))]);
    return { graph, y };
  };
  it('a wrong derivative in the reference, by differences', () => {
    for (const wrong of [false, true]) {
      const { graph, y } = build(softsign(wrong));
      const { worst } = finiteDifferences(graph, { y }, at(graph, 3));
      expect(worst > 1e-7).toBe(wrong);
    }
  });
  it('a wrong derivative in the kernel, by the reference', () => {
    const right = softsign();
    const kernel = right.kernel as typeof right.kernel & { host?: undefined };
    const wrong: Op = {
      ...right,
      kernel: {
        ...kernel,
        elementwise: { backward: (_fn, dy) => dy },
        backward: (fn, where) => {
          fn.store(0, where.inputGradients[0]!.address, fn.f32.constant(1));
        },
      },
    };
    const { graph, y } = build(wrong);
    expect(() => {
      checkAgainstReference(graph, y, 4);
    }).toThrow();
  });
});
