import { defineMutation, removeLayer } from '../../../core/index.js';
import { boundsOf } from '../bounds.js';
import { isCircuit, isDense } from '../genes.js';
import { firstOf, settle } from '../settle.js';

/** Drops a dense layer: not the first one, not one between two circuits, and never below two dense layers. */
export const removeClassical = defineMutation({
  id: 'paper/remove-classical',
  summary: 'drops a dense layer',
  mutate(parent, context) {
    const { layers } = parent;
    const bounds = boundsOf(context);
    if (layers.length <= bounds.layers[0] || layers.filter(isDense).length <= 2) return undefined;
    const places = layers.flatMap((gene, index) => {
      const betweenCircuits = isCircuit(layers[index - 1]) && isCircuit(layers[index + 1]);
      return index > 0 && isDense(gene) && !betweenCircuits ? [index] : [];
    });
    return firstOf(places, context.rng, (index) => settle(removeLayer(parent, index).layers, bounds, context.rng));
  },
});
