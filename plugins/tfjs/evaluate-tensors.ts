import { HqnasError, type Domains, type JsonObject, type ValuesOf } from '../../core/index.js';
import type * as tfjs from '@tensorflow/tfjs';
import type { TensorLayerDefinition } from './tensor-layer.js';
import type { Tensorflow } from './tensorflow.js';

/** What one tensor layer of a network is, as data. */
export interface TensorAttributes extends JsonObject {
  readonly hyper: JsonObject;
  /** Rows of the output. */
  readonly rows: number;
  /** Name and shape of each parameter, in order. */
  readonly parameters: readonly (readonly [name: string, shape: readonly number[]])[];
}

/** Float32 values, row-major in their shape. */
export interface Operand {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Evaluates a layer on [x, ...parameters]: [y], or with `dy` the cotangents of all operands. */
export type Run = (attributes: TensorAttributes, operands: readonly Operand[], dy?: Operand) => readonly Float32Array[];

/** The layer as a function of typed arrays. All tensors that it makes are gone when it returns. */
export function evaluator<D extends Domains, P extends string>(
  { tf }: Tensorflow,
  definition: TensorLayerDefinition<D, P>,
): Run {
  const layer =
    ({ hyper, rows, parameters }: TensorAttributes) =>
    (x: tfjs.Tensor, ...values: tfjs.Tensor[]): tfjs.Tensor => {
      const named = Object.fromEntries(parameters.map(([name], index) => [name, values[index]!]));
      const y = definition.forward({
        tf,
        x: x as tfjs.Tensor2D, // the first operand is [samples, rows]
        parameters: named as Record<P, tfjs.Tensor>, // the names are the keys of definition.parameters()
        hyper: hyper as ValuesOf<D>, // parsed against D before the layer was lowered
      });
      if (y.rank === 2 && y.shape[0] === x.shape[0] && y.shape[1] === rows) return y;
      throw new HqnasError({
        code: 'tensor-layer-shape',
        what: `${definition.id} gave a tensor of the wrong shape`,
        expected: `[samples, outputRows] = [${x.shape[0]}, ${rows}]`,
        got: `[${y.shape.join(', ')}]`,
        remedy: 'Make forward and outputRows agree.',
      });
    };
  const tensor = ({ values, shape }: Operand) => tf.tensor(values, [...shape], 'float32');

  return (attributes, operands, dy) => {
    const results = tf.tidy(() => {
      const tensors = operands.map(tensor);
      if (dy !== undefined) return tf.grads(layer(attributes))(tensors, tensor(dy));
      return [layer(attributes)(tensors[0]!, ...tensors.slice(1))];
    });
    try {
      return results.map((result) => result.dataSync<'float32'>());
    } finally {
      tf.dispose(results);
    }
  };
}
