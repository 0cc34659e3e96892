import { defineLayerKind, type Domains, type LayerDefinition, type LayerKind } from '../../core/index.js';
import type { TensorLayerDefinition, TensorParameter } from './tensor-layer.js';
import { tensorOp } from './tensor-op.js';
import type { Tensorflow } from './tensorflow.js';

/**
 * Makes a layer kind of a function of TensorFlow.js tensors; gradients come from its automatic differentiation.
 * The layer stands beside compiled ones in any genome. It costs some 10 to 100 times as much as compiled ops.
 */
export function defineTensorLayer<const D extends Domains, P extends string = never>(
  tensorflow: Tensorflow,
  definition: TensorLayerDefinition<D, P>,
): LayerKind {
  const { id, summary, hyper, notation } = definition;
  const op = tensorOp(tensorflow, definition);
  const layer: LayerDefinition<D> = {
    id,
    summary,
    hyper,
    ...(notation === undefined ? {} : { notation }),
    ...(definition.inputRows === undefined ? {} : { inputRows: definition.inputRows.bind(definition) }),
    outputRows: definition.outputRows.bind(definition),
    lower(values, graph, input, place) {
      const rows = definition.outputRows(values, input.rows, place);
      if (typeof rows !== 'number') throw new TypeError(`${id}: lowered where it refused to stand: ${rows.reason}`);
      const entries = Object.entries<TensorParameter>(definition.parameters?.(values, input.rows, place) ?? {});
      return graph.apply(
        op,
        [input],
        entries.map(([name, { shape, initialize }]) => graph.parameter(shape, initialize, name)),
        { hyper: values, rows, parameters: entries.map(([name, { shape }]) => [name, shape]) },
      );
    },
  };
  return defineLayerKind(layer);
}
