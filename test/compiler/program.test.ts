import { describe, expect, it } from '@jest/globals';
import { compile, createReference, Graph, type HeadKernel, orthogonal, type Tensor } from '../../compiler/index.js';
import { sha256Bytes } from '../../core/json.js';
import { createRng } from '../../core/random.js';
import { code, fill, network } from './small-network.js';

describe('a program', () => {
  it('computes only what one output needs', () => {
    const graph = new Graph();
    const x = graph.input(3);
    const branch = (): Tensor => graph.tanh(graph.affine(x, graph.parameter([4, 4], orthogonal(1))));
    const program = compile(graph, { outputs: { policy: branch(), value: branch() } });
    fill(program);
    program.forward(8, 'policy');
    expect(program.outputs['policy']!.data[0]).not.toBe(0);
    expect(program.outputs['value']!.data.every((value) => value === 0)).toBe(true);
    program.forward(8);
    expect(program.outputs['value']!.data[0]).not.toBe(0);
    expect(
      code(() => {
        program.forward(8, 'valve');
      }),
    ).toBe('unknown-output');
  });

  it('sums gradients over calls, and Adam consumes them', () => {
    const { graph, outputs } = network();
    const program = compile(graph, { outputs });
    fill(program);
    program.forward(16);
    program.backward(16);
    const once = program.gradients.slice();
    const norm = program.gradientNormSquared();
    expect(norm / once.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    program.backward(16);
    program.gradients.forEach((value, i) => {
      expect(value).toBeCloseTo(2 * once[i]!, 3);
    });
    program.adam(1e-3, 1e-8, 1);
    expect(program.gradients.every((value) => value === 0)).toBe(true);
    program.backward(16);
    program.zeroGradients();
    expect(program.gradientNormSquared()).toBe(0);
  });

  it('takes the step of the textbook Adam with decay', () => {
    const { graph, outputs } = network([3]);
    const program = compile(graph, { outputs });
    fill(program);
    const count = program.parameterCount;
    const [m, v, w] = [new Float64Array(count), new Float64Array(count), Float64Array.from(program.parameters)];
    for (let t = 1; t <= 5; t++) {
      program.forward(8);
      program.backward(8);
      program.gradients.forEach((gradient, i) => {
        const g = gradient * 0.5;
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        w[i] = w[i]! * (1 - 1e-4) - (0.01 * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-5);
      });
      const correction = Math.sqrt(1 - 0.999 ** t);
      program.adam((0.01 * correction) / (1 - 0.9 ** t), 1e-5 * correction, 0.5, 1e-4);
      program.parameters.forEach((value, i) => {
        expect(Math.abs(value - w[i]!)).toBeLessThan(2e-6);
      });
    }
  });

  it('leaves no denormal in the moments of dead units', () => {
    const { graph, outputs } = network([4, 6]);
    const program = compile(graph, { outputs });
    fill(program);
    program.forward(8);
    program.backward(8);
    for (let step = 0; step < 1000; step++) program.adam(1e-5, 1e-8, 1);
    for (const moment of program.moments) {
      expect(moment.every((value) => value === 0 || Math.abs(value) > 1.2e-38)).toBe(true);
    }
    expect(program.moments[0].every((value) => Math.abs(value) < 1e-30)).toBe(true);
  });

  it('passes NaN and infinities on', () => {
    const { graph, outputs } = network();
    const program = compile(graph, { outputs });
    fill(program);
    program.inputs[0]!.data[3] = NaN;
    program.forward(8);
    expect(program.outputs['policy']!.data[3]).toBeNaN();
    expect(program.outputs['policy']!.data[2]).not.toBeNaN();
    program.backward(8);
    expect(program.gradientNormSquared()).toBeNaN();
  });

  it('ignores columns whose cotangent is zero', () => {
    const { graph, outputs } = network();
    const program = compile(graph, { outputs });
    fill(program);
    for (const { data, stride, rows } of Object.values(program.outputGradients)) {
      for (let r = 0; r < rows; r++) data.fill(0, r * stride + 5, r * stride + 8);
    }
    program.forward(5);
    program.backward(5);
    const five = program.gradients.slice();
    program.zeroGradients();
    for (let r = 0; r < 4; r++) program.inputs[0]!.data.fill(9, r * 64 + 5, r * 64 + 8);
    program.forward(5);
    program.backward(5);
    expect(program.gradients).toEqual(five);
  });

  it('refuses other numbers of samples', () => {
    const { graph, outputs } = network();
    const program = compile(graph, { outputs, capacity: 12 });
    expect(program.capacity).toBe(16);
    for (const samples of [0, -1, 17, 1.5, NaN])
      expect(() => {
        program.forward(samples);
      }).toThrow(RangeError);
    program.forward(16);
  });

  it('has no kernel for gradients that nobody needs', () => {
    const { graph, outputs } = network([5, 5]);
    const length = (inputGradients: boolean): number => compile(graph, { outputs, inputGradients }).dump().length;
    expect(length(true)).toBeGreaterThan(length(false));
    const program = compile(graph, { outputs });
    expect(program.inputGradients).toBe(undefined);
    expect(program.dump().includes('forward 1 trunk/0 affine')).toBe(true);
    // The derivative of a tanh with one reader is part of that reader's gradient.
    expect(program.dump().includes('backward 2 trunk/0 tanh')).toBe(false);
    expect(program.dump().includes('backward 4 trunk/1 relu')).toBe(true);
  });

  it('runs heads with their rows, scalars and statistics', () => {
    const head: HeadKernel = {
      name: 'square',
      rows: { target: 1 },
      scalars: ['factor'],
      statistics: ['loss'],
      key: '1',
      emit(fn, { outputs, outputGradients, rows, scalars, statistics, sampleBytes }) {
        const factor = fn.let(fn.f32.splat(scalars['factor']!));
        fn.loop(0, sampleBytes, 16, (at) => {
          const target = fn.f32.load(at, rows['target']!.address);
          const error = fn.let(fn.f32.subtract(fn.f32.load(at, outputs['value']!.address), target));
          fn.store(at, outputGradients['value']!.address, fn.f32.multiply(error, factor));
          const sum = fn.f32.multiplyAdd(error, error, fn.f32.load(0, statistics['loss']));
          fn.store(0, statistics['loss']!, sum);
        });
      },
    };
    for (const backend of ['wasm', 'javascript'] as const) {
      const { graph, outputs } = network();
      const program = compile(graph, { outputs, heads: [head], backend });
      fill(program);
      program.forward(8);
      const square = program.heads['square']!;
      for (let s = 0; s < 8; s++) square.rows['target']!.data[s] = s;
      square.run(8, 2);
      const statistics = new Float64Array(1);
      square.readStatistics(statistics);
      let loss = 0;
      for (let s = 0; s < 8; s++) {
        const error = program.outputs['value']!.data[s]! - s;
        loss += error * error;
        expect(program.outputGradients['value']!.data[s]).toBeCloseTo(2 * error, 4);
      }
      expect(statistics[0]).toBeCloseTo(loss, 3);
      square.readStatistics(statistics);
      expect(statistics[0]).toBe(0);
    }
    const { graph, outputs } = network();
    const scalars = Array.from({ length: 9 }, (_, i) => `s${i}`);
    expect(code(() => compile(graph, { outputs, heads: [{ ...head, scalars }] }))).toBe('invalid-head');
  });

  it('drops elements while dropout is on', () => {
    const graph = new Graph();
    const x = graph.input(6);
    const program = compile(graph, { outputs: { y: graph.dropout(x, 0.25) }, capacity: 200, inputGradients: true });
    program.inputs[0]!.data.fill(3);
    program.outputGradients['y']!.data.fill(1);
    const y = program.outputs['y']!.data;
    program.forward(200);
    expect(y.every((value) => value === 3)).toBe(true);
    program.setDropout(createRng(5));
    program.forward(200);
    program.backward(200);
    const first = y.slice();
    expect([...new Set(first)].sort()).toEqual([0, 4]);
    expect(program.inputGradients![0]!.data).toEqual(first.map((value) => Math.fround(value / 3)));
    const kept = first.filter((value) => value !== 0).length / first.length;
    expect(Math.abs(kept - 0.75)).toBeLessThan(0.05);
    program.forward(200);
    expect(y).not.toEqual(first);
    program.setDropout(createRng(5));
    program.forward(200);
    expect(y).toEqual(first);
    program.setDropout(undefined);
    program.forward(200);
    expect(y.every((value) => value === 3)).toBe(true);
  });

  it('starts every parameter from a stream of its own', () => {
    const { graph, outputs } = network();
    const programs = [1, 1, 2].map((seed) => {
      const program = compile(graph, { outputs });
      program.initialize(createRng(seed));
      return program.parameters.slice();
    });
    expect(programs[0]).toEqual(programs[1]);
    expect(programs[0]).not.toEqual(programs[2]);
  });

  it('agrees with the reference at 1 to 17 samples', () => {
    const { graph, outputs } = network([7, 5, 3]);
    const program = compile(graph, { outputs, capacity: 24 });
    fill(program);
    const reference = createReference(graph, outputs);
    for (let samples = 1; samples <= 17; samples++) {
      const x = Float64Array.from(
        { length: 4 * samples },
        (_, i) => program.inputs[0]!.data[Math.floor(i / samples) * 24 + (i % samples)]!,
      );
      const { value } = reference.forward([x], Float64Array.from(program.parameters), samples);
      program.forward(samples);
      value!.forEach((exact, s) => {
        expect(Math.abs(program.outputs['value']!.data[s]! - exact)).toBeLessThan(2e-6);
      });
    }
  });
});

it('a short training ends with the same bits on every machine', () => {
  const graph = new Graph();
  const x = graph.input(4);
  const trunk = graph.tanh(graph.affine(x, graph.parameter([13, 5], orthogonal(1))));
  const gated = graph.multiply(trunk, graph.sigmoid(graph.affine(trunk, graph.parameter([13, 14], orthogonal(1)))));
  const policy = graph.logSoftmax(graph.affine(graph.gelu(gated), graph.parameter([3, 14], orthogonal(1))));
  const program = compile(graph, { outputs: { policy }, capacity: 40 });
  // Values that depend on nothing else in this repository.
  const spread = (values: Float32Array, scale: number): void => {
    values.forEach((_, i) => (values[i] = scale * ((Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5)));
  };
  spread(program.parameters, 1);
  spread(program.inputs[0]!.data, 4);
  spread(program.outputGradients['policy']!.data, 1);
  program.parametersChanged();
  for (let step = 0; step < 50; step++) {
    program.forward(40);
    program.backward(40);
    program.adam(1e-3, 1e-7, Math.min(1, 0.5 / (Math.sqrt(program.gradientNormSquared()) + 1e-6)));
  }
  // Changes only together with `compilerVersion`.
  const { buffer, byteOffset, byteLength } = program.parameters;
  expect(sha256Bytes(new Uint8Array(buffer, byteOffset, byteLength))).toBe(
    '380cf8dbea751e723b8ec12d9bc901d3e0f1f5d41dc2e6ec2ebda016c849a457',
  );
});

it('bad graphs and options are refused', () => {
  const { graph, outputs } = network();
  const x = graph.input(3);
  expect(code(() => graph.affine(x, graph.parameter([2, 3], orthogonal(1))))).toBe('invalid-shape');
  expect(code(() => graph.add(x, graph.input(2)))).toBe('invalid-shape');
  expect(code(() => graph.slice(x, 2, 2))).toBe('invalid-shape');
  expect(code(() => graph.dropout(x, 1))).toBe('invalid-shape');
  expect(code(() => graph.tanh(new Graph().input(1)))).toBe('foreign-tensor');
  expect(code(() => compile(graph, { outputs: {} }))).toBe('invalid-outputs');
  expect(code(() => compile(new Graph(), { outputs }))).toBe('invalid-outputs');
  expect(code(() => compile(graph, { outputs, capacity: 0 }))).toBe('invalid-capacity');
});
