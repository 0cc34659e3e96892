import { HqnasError, defineSearchSpace, sampleWithin, type Gene } from '../../core/index.js';
import { dense } from './dense.js';
import { addLayer } from './mutations/add-layer.js';
import { changeActivation } from './mutations/change-activation.js';
import { removeLayer } from './mutations/remove-layer.js';
import { resizeLayer } from './mutations/resize-layer.js';

/** Networks of dense layers only: number of layers, widths and activations are uniform over their limits. */
export const mlp = defineSearchSpace({
  id: 'classical/mlp',
  summary: 'networks of dense layers',
  limits: { layers: [2, 5], units: [2, 128] },
  mutations: [addLayer.id, removeLayer.id, resizeLayer.id, changeActivation.id],
  constraints: [],
  random({ rng, limits }) {
    const layers: Gene[] = [];
    const count = rng.between(...limits.layers);
    while (layers.length < count - 1) {
      const gene = sampleWithin(dense, limits, rng);
      if (gene === undefined) {
        throw new HqnasError({
          code: 'impossible-limit',
          what: 'the limits leave no width to a dense layer',
          where: 'limits.units',
        });
      }
      layers.push(gene);
    }
    // Width and activation of the head do not count.
    return { layers: [...layers, { kind: dense.id, units: 1, activation: 'identity' }] };
  },
});
