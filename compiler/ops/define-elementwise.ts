import type { Id } from '../../core/id.js';
import type { JsonObject } from '../../core/json.js';
import type { Expression } from '../kernel/expression.js';
import type { FunctionBuilder } from '../kernel/function-builder.js';
import { defineOp, type Op } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands } from './shape-rules.js';

type F32x4 = Expression<'f32x4'>;

/** An op of one input that treats each element by itself: one formula per direction. */
export interface ElementwiseDefinition<A extends JsonObject> {
  readonly id: Id;
  readonly summary: string;
  /** What the derivative is computed from. */
  readonly saves: readonly [] | readonly ['inputs'] | readonly ['output'];
  readonly reference: {
    readonly forward: (x: number, attributes: A) => number;
    /** dy/dx at `x`, where the output is `y`. */
    readonly derivative: (x: number, y: number, attributes: A) => number;
  };
  readonly kernel: {
    /** `x` is a local. */
    forward(fn: FunctionBuilder, x: F32x4, attributes: A): F32x4;
    /** dy times the derivative; `saved` is x or y, as `saves` says (0 if it saves nothing). Both are locals. */
    backward(fn: FunctionBuilder, dy: F32x4, saved: F32x4, attributes: A): F32x4;
  };
}

/** Makes an op from its formulas; loops, memory and fusion with neighbours are supplied. */
export function defineElementwise<A extends JsonObject = JsonObject>(definition: ElementwiseDefinition<A>): Op {
  const { id, summary, saves, reference, kernel } = definition;
  return defineOp<A>({
    id,
    summary,
    saves,
    shape(inputRows, parameterShapes) {
      requireOperands(id, inputRows, 1, parameterShapes);
      return inputRows[0]!;
    },
    reference: {
      forward: ([x], _parameters, _samples, attributes) => x!.map((value) => reference.forward(value, attributes)),
      backward: ([x], _parameters, output, dy, _samples, attributes) => ({
        inputs: [dy.map((cotangent, i) => cotangent * reference.derivative(x![i]!, output[i]!, attributes))],
        parameters: [],
      }),
    },
    kernel: {
      elementwise: kernel,
      single: {
        forward(fn, { inputs, output }, attributes) {
          fn.loop(0, output.rows * 4, 16, (position) => {
            const x = fn.let(fn.f32.load(position, inputs[0]!.address));
            fn.store(position, output.address, kernel.forward(fn, x, attributes));
          });
        },
      },
      forward(fn, { inputs, output, sampleBytes }, attributes) {
        mapVectors(fn, output, sampleBytes, output, (position, offset) =>
          kernel.forward(fn, fn.let(fn.f32.load(position, inputs[0]!.address + offset)), attributes),
        );
      },
      backward(fn, { inputs, output, outputGradient, inputGradients, sampleBytes }, attributes) {
        const target = inputGradients[0];
        if (target === undefined) return;
        const source = saves[0] === 'inputs' ? inputs[0]! : output;
        mapVectors(fn, output, sampleBytes, target, (position, offset) => {
          const dy = fn.let(fn.f32.load(position, outputGradient.address + offset));
          const saved =
            saves.length === 0 ? fn.f32.constant(0) : fn.let(fn.f32.load(position, source.address + offset));
          return kernel.backward(fn, dy, saved, attributes);
        });
      },
    },
  });
}
