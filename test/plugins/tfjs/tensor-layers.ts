import { normal } from '../../../compiler/index.js';
import { choice, integer, type LayerKind, type Place } from '../../../core/index.js';
import { defineTensorLayer, type Tensorflow } from '../../../plugins/tfjs/index.js';

export const hidden: Place = { rows: undefined, role: 'hidden', gain: 1 };

/** Weights as the compiled op has them, bias last, so that equal draws give equal networks. */
export const denseWeights = (units: number, inputRows: number) => ({
  shape: [units, inputRows + 1],
  initialize: normal(0.5),
});

/** A dense layer in TensorFlow.js ops. */
export function tensorDense(tensorflow: Tensorflow): LayerKind {
  return defineTensorLayer(tensorflow, {
    id: 'demo/tensor-dense',
    summary: 'dense layer in TensorFlow.js ops',
    hyper: { units: integer(1, 64), activation: choice(['tanh', 'relu', 'none']) },
    outputRows: ({ units }, _inputRows, place) => place.rows ?? units,
    parameters: ({ units }, inputRows, place) => ({ weights: denseWeights(place.rows ?? units, inputRows) }),
    forward({ tf, x, parameters, hyper }) {
      const extended = tf.concat([x, tf.ones([x.shape[0], 1])], 1);
      const y = tf.matMul(extended, parameters.weights, false, true);
      return hyper.activation === 'none' ? y : hyper.activation === 'tanh' ? tf.tanh(y) : tf.relu(y);
    },
  });
}

/** The square of each row: a layer without parameters. */
export function tensorSquare(tensorflow: Tensorflow): LayerKind {
  return defineTensorLayer(tensorflow, {
    id: 'demo/square',
    summary: 'square of each row',
    hyper: {},
    outputRows: (_hyper, inputRows) => inputRows,
    forward: ({ tf, x }) => tf.square(x),
  });
}
