import { defineMutation, replaceLayer } from '../../../core/index.js';
import { activations, dense } from '../dense.js';

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
    return replaceLayer(parent, index, {
      ...gene,
      activation: rng.pick(activations.filter((other) => other !== gene['activation'])),
    });
  },
});
