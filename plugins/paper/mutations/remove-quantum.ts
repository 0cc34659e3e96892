import { defineMutation, removeLayer } from '../../../core/index.js';
import { boundsOf } from '../bounds.js';
import { isCircuit } from '../genes.js';
import { firstOf, settle } from '../settle.js';

/** Drops a circuit; its neighbours are fitted to each other. */
export const removeQuantum = defineMutation({
  id: 'paper/remove-quantum',
  summary: 'drops a circuit',
  mutate(parent, context) {
    const bounds = boundsOf(context);
    if (parent.layers.length <= bounds.layers[0]) return undefined;
    const places = parent.layers.flatMap((gene, index) => (isCircuit(gene) ? [index] : []));
    return firstOf(places, context.rng, (index) => settle(removeLayer(parent, index).layers, bounds, context.rng));
  },
});
