import type { Initializer } from '../../compiler/index.js';
import { defineLayerKind, refuse } from '../../core/index.js';

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, arXiv 1607.06450): every sample gets mean 0 and variance 1 over its
 * rows, then each row its own trainable gain and shift, which start at 1 and 0.
 */
export const layerNorm = defineLayerKind({
  id: 'classical/layer-norm',
  summary: 'normalises the rows of each sample, with trainable gain and shift',
  hyper: {},
  outputRows: (_hyper, inputRows, { rows }) =>
    rows === undefined || rows === inputRows
      ? inputRows
      : refuse(`keeps its ${inputRows} rows, and ${rows} are needed`),
  lower(_hyper, graph, input) {
    return graph.layerNorm(input, graph.parameter([2, input.rows], gainsThenShifts));
  },
});

const gainsThenShifts: Initializer = (values) => {
  values.fill(1, 0, values.length / 2);
  values.fill(0, values.length / 2);
};
