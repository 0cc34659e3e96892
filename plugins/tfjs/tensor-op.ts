import type { Domains, JsonObject } from '../../core/index.js';
import {
  defineOp,
  type HostAddresses,
  type HostKernel,
  type MemoryViews,
  type Op,
  type OpReference,
} from '../../compiler/index.js';
import type { TensorLayerDefinition } from './tensor-layer.js';
import { evaluator, type Operand, type Run, type TensorAttributes } from './evaluate-tensors.js';
import { addRows, readRows, transpose, writeRows } from './tensor-rows.js';
import type { Tensorflow } from './tensorflow.js';

/** The op of a tensor layer. It runs between two compiled kernels and copies what it needs in and out. */
export function tensorOp<D extends Domains, P extends string>(
  tensorflow: Tensorflow,
  definition: TensorLayerDefinition<D, P>,
): Op {
  const run = evaluator(tensorflow, definition);
  return defineOp<TensorAttributes>({
    id: definition.id,
    summary: definition.summary,
    saves: ['inputs'],
    shape: (_inputRows, _parameterShapes, { rows }) => rows,
    kernel: kernel(run, { tensorflow: tensorflow.version, tensorflowBackend: tensorflow.backend }),
    reference: reference(run),
  });
}

function kernel(run: Run, conditions: JsonObject): HostKernel<TensorAttributes> {
  return {
    host: true,
    conditions,
    forward(memory, at, attributes) {
      const samples = padded(at.samples);
      const [y] = run(attributes, operandsOf(memory, at, samples, attributes));
      writeRows(memory, at.output, samples, y!);
    },
    backward(memory, at, attributes) {
      const [inputGradient] = at.inputGradients;
      if (inputGradient === undefined && attributes.parameters.length === 0) return;
      const samples = padded(at.samples);
      const dy = { values: readRows(memory, at.outputGradient, samples), shape: [samples, attributes.rows] };
      const [dx, ...gradients] = run(attributes, operandsOf(memory, at, samples, attributes), dy);
      if (inputGradient?.accumulate === true) addRows(memory, inputGradient, samples, dx!);
      else if (inputGradient !== undefined) writeRows(memory, inputGradient, samples, dx!);
      gradients.forEach((values, index) => {
        const start = at.parameterGradients[index]! / 4;
        for (let i = 0; i < values.length; i++) memory.f32[start + i]! += values[i]!;
      });
    },
  };
}

/** Samples as the kernels around it see them: their gradients sum over the padding too, which must not be stale. */
function padded(samples: number): number {
  return (samples + 7) & ~7;
}

function operandsOf(
  memory: MemoryViews,
  at: HostAddresses,
  samples: number,
  { parameters }: TensorAttributes,
): Operand[] {
  const x = at.inputs[0]!;
  return [
    { values: readRows(memory, x, samples), shape: [samples, x.rows] },
    ...parameters.map(([, shape], index) => {
      const start = at.parameters[index]! / 4;
      return { values: memory.f32.slice(start, start + sizeOf(shape)), shape };
    }),
  ];
}

/** TensorFlow.js has no float64, so this is the same function at float32 precision: compare with tolerances of 1e-4. */
function reference(run: Run): OpReference<TensorAttributes> {
  const operands = (
    [x]: readonly Float64Array[],
    values: readonly Float64Array[],
    samples: number,
    { parameters }: TensorAttributes,
  ) => {
    const rows = x!.length / samples;
    return [
      { values: transpose(x!, rows, samples, new Float32Array(x!.length)), shape: [samples, rows] },
      ...parameters.map(([, shape], index) => ({ values: new Float32Array(values[index]!), shape })),
    ];
  };
  return {
    forward(inputs, parameters, samples, attributes) {
      const [y] = run(attributes, operands(inputs, parameters, samples, attributes));
      return transpose(y!, samples, attributes.rows, new Float64Array(y!.length));
    },
    backward(inputs, parameters, _output, dy, samples, attributes) {
      const { rows } = attributes;
      const cotangent = { values: transpose(dy, rows, samples, new Float32Array(dy.length)), shape: [samples, rows] };
      const [dx, ...gradients] = run(attributes, operands(inputs, parameters, samples, attributes), cotangent);
      return {
        inputs: [transpose(dx!, samples, dx!.length / samples, new Float64Array(dx!.length))],
        parameters: gradients.map((values) => new Float64Array(values)),
      };
    },
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
