import { defineMutation, replaceLayer } from '../../../core/index.js';
import { ansatzes, isCircuit } from '../genes.js';

/** Gives a random circuit another template: with it, another pattern of entangling gates. */
export const changeEntanglement = defineMutation({
  id: 'paper/change-entanglement',
  summary: 'gives a circuit another template (basic, strong, circular)',
  mutate(parent, { rng }) {
    const places = parent.layers.flatMap((gene, index) => (isCircuit(gene) ? [{ gene, index }] : []));
    if (places.length === 0) return undefined;
    const { gene, index } = rng.pick(places);
    const ansatz = rng.pick(ansatzes.filter((other) => other !== gene.ansatz));
    return replaceLayer(parent, index, { ...gene, ansatz });
  },
});
