import { choice, defineLayerKind, integer } from '../../core/index.js';
import { orthogonal } from '../../compiler/index.js';

export const activations = ['tanh', 'relu', 'identity'] as const;

/**
 * y = activation(W x + b). W starts orthogonal times the place's gain, b at zero. As head of a network it is linear and
 * gives the head's numbers: units and activation do not count there.
 */
export const dense = defineLayerKind({
  id: 'classical/dense',
  summary: 'linear map with activation; at the end of a network, its head',
  hyper: {
    units: integer(1, 4096, { help: 'numbers that come out of a hidden layer' }),
    activation: choice(activations, { help: 'applied to every number of a hidden layer' }),
  },
  notation: {
    symbol: 'C',
    fields: [
      { hyper: 'units' },
      { hyper: 'activation', letters: { tanh: 'T', relu: 'R', identity: 'I' }, omittedAtEnd: 'identity' },
    ],
  },
  outputRows: ({ units }, _inputRows, { role, rows }) => (role === 'hidden' ? units : (rows ?? units)),
  lower({ units, activation }, graph, input, { role, rows, gain }) {
    const outputs = role === 'hidden' ? units : (rows ?? units);
    // The last column of the weights is the bias.
    const weights = graph.parameter([outputs, input.rows + 1], orthogonal(gain));
    const linear = graph.affine(input, weights);
    if (role !== 'hidden' || activation === 'identity') return linear;
    return activation === 'tanh' ? graph.tanh(linear) : graph.relu(linear);
  },
  identity: ({ units, activation }, { role }) => (role === 'hidden' ? { units, activation } : {}),
});
