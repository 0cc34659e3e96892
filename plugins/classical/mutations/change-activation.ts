import { defineMutation, replaceLayer } from '../../../core/index.js';
import { dense } from '../dense.js';

/** Gives a random hidden dense layer another activation. */
export const changeActivation = defineMutation({
  id: 'classical/change-activation',
  summary: 'gives a dense layer another activation',
  mutate(parent, { rng }) {
    const places = parent.layers
      .slice(0, -1)
      .flatMap((gene, index) => (gene.kind === dense.id ? [{ gene, index }] : []));
    if (places.length === 0) return undefined;
    const { gene, index } = rng.pick(places);
    // The domain's other values are all that perturb can give.
    const activation = dense.hyper['activation']!.perturb(gene['activation'] ?? 'identity', rng);
    return replaceLayer(parent, index, { ...gene, activation: String(activation) });
  },
});
