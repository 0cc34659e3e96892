import { defineMutation, insertLayer } from '../../../core/index.js';
import { boundsOf } from '../bounds.js';
import { drawDense, firstOf, settle } from '../settle.js';

/** Inserts a dense layer at a random place; after the head, the old head becomes a layer of random width. */
export const addClassical = defineMutation({
  id: 'paper/add-classical',
  summary: 'inserts a dense layer anywhere',
  mutate(parent, context) {
    const bounds = boundsOf(context);
    const { rng } = context;
    if (parent.layers.length >= bounds.layers[1]) return undefined;
    const places = Array.from({ length: parent.layers.length + 1 }, (_, index) => index);
    return firstOf(places, rng, (index) => {
      const gene = drawDense(bounds, rng);
      return gene === undefined ? undefined : settle(insertLayer(parent, index, gene).layers, bounds, rng);
    });
  },
});
