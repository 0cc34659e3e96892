import type { Tensorflow } from '../plugins/tfjs/index.js';
import { matricesOf, type DenseShape } from './networks.js';

/**
 * The same dense network in TensorFlow.js ops, outputs and gradients of all weights in one call, as a PPO written with
 * TensorFlow.js would do it. Nothing is read back.
 */
export class TensorflowNetwork {
  readonly #tensorflow: Tensorflow;
  readonly #shape: DenseShape;
  readonly #weights;
  readonly #x;
  readonly #cotangents;

  constructor(
    tensorflow: Tensorflow,
    shape: DenseShape,
    parameters: Float64Array,
    input: Float64Array,
    samples: number,
  ) {
    const { tf } = tensorflow;
    this.#tensorflow = tensorflow;
    this.#shape = shape;
    let offset = 0;
    this.#weights = matricesOf(shape).map(({ rows, depth }) => {
      const flat = tf.tensor2d(Float32Array.from(parameters.subarray(offset, (offset += rows * (depth + 1)))), [
        rows,
        depth + 1,
      ]);
      const [matrix, bias] = tf.split<import('@tensorflow/tfjs').Tensor2D>(flat, [depth, 1], 1);
      return { matrix: tf.variable(matrix!.transpose()), bias: tf.variable(bias!.reshape([rows])) };
    });
    this.#x = tf.tensor2d(Float32Array.from(input.subarray(0, samples * shape.inputs)), [samples, shape.inputs]);
    this.#cotangents = shape.heads.map((rows) => tf.fill([samples, rows], 0.01));
  }

  forwardAndBackward(): void {
    const { tf } = this.#tensorflow;
    tf.tidy(() => {
      tf.variableGrads(() => {
        const outputs = this.#forward();
        const [first, second] = outputs.map((output, head) => output.mul(this.#cotangents[head]!).sum());
        return first!.add(second!).asScalar();
      });
    });
  }

  /** Outputs, row-major [sample][row]. */
  outputs(): Float32Array[] {
    const { tf } = this.#tensorflow;
    return tf.tidy(() => this.#forward()).map((output) => output.dataSync<'float32'>());
  }

  #forward() {
    const { trunk } = this.#shape;
    const { tf } = this.#tensorflow;
    let x = this.#x;
    trunk.forEach(({ activation }, layer) => {
      const { matrix, bias } = this.#weights[layer]!;
      const y = tf.matMul(x, matrix).add<import('@tensorflow/tfjs').Tensor2D>(bias);
      x = activation === 'tanh' ? tf.tanh(y) : tf.relu(y);
    });
    return this.#weights.slice(trunk.length).map(({ matrix, bias }) => tf.matMul(x, matrix).add(bias));
  }
}
