import { defineMutation, replaceLayer } from '../../../core/index.js';
import { boundsOf, valuesOf } from '../bounds.js';
import { isCircuit } from '../genes.js';

/** Gives a random circuit another number of repetitions. */
export const changeRepetitions = defineMutation({
  id: 'paper/change-repetitions',
  summary: 'gives a circuit another number of repetitions',
  mutate(parent, context) {
    const { rng } = context;
    const places = parent.layers.flatMap((gene, index) => (isCircuit(gene) ? [{ gene, index }] : []));
    if (places.length === 0) return undefined;
    const { gene, index } = rng.pick(places);
    const others = valuesOf(boundsOf(context).repetitions).filter((count) => count !== gene.repetitions);
    return others.length === 0 ? undefined : replaceLayer(parent, index, { ...gene, repetitions: rng.pick(others) });
  },
});
