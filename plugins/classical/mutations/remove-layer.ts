import { defineMutation, removeLayer as without } from '../../../core/index.js';

/** Drops a random layer other than the head. */
export const removeLayer = defineMutation({
  id: 'classical/remove-layer',
  summary: 'drops a layer before the head',
  mutate(parent, { rng, limits }) {
    const hidden = parent.layers.length - 1;
    return parent.layers.length <= limits.layers[0] || hidden < 1 ? undefined : without(parent, rng.int(hidden));
  },
});
