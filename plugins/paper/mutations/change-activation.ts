import { defineMutation, replaceLayer } from '../../../core/index.js';
import { activations, isDense } from '../genes.js';

/** Gives a random hidden dense layer the other activation. */
export const changeActivation = defineMutation({
  id: 'paper/change-activation',
  summary: 'swaps ReLU and tanh in a dense layer',
  mutate(parent, { rng }) {
    const { layers } = parent;
    const places = layers.flatMap((gene, index) =>
      isDense(gene) && index < layers.length - 1 ? [{ gene, index }] : [],
    );
    if (places.length === 0) return undefined;
    const { gene, index } = rng.pick(places);
    return replaceLayer(parent, index, {
      ...gene,
      activation: rng.pick(activations.filter((other) => other !== gene.activation)),
    });
  },
});
