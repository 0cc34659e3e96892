import { defineMutation, insertLayer, sampleWithin } from '../../../core/index.js';
import { dense } from '../dense.js';

/** Inserts a dense layer of random width and activation anywhere before the head. */
export const addLayer = defineMutation({
  id: 'classical/add-layer',
  summary: 'inserts a dense layer before the head',
  mutate(parent, { rng, limits }) {
    if (parent.layers.length >= limits.layers[1]) return undefined;
    const gene = sampleWithin(dense, limits, rng);
    return gene === undefined ? undefined : insertLayer(parent, rng.int(parent.layers.length), gene);
  },
});
