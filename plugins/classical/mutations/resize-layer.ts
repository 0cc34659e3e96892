import { defineMutation, rangeOf, replaceLayer } from '../../../core/index.js';
import { dense } from '../dense.js';

/** Makes a random hidden dense layer wider or narrower: a fair coin between half and double, at least by one unit. */
export const resizeLayer = defineMutation({
  id: 'classical/resize-layer',
  summary: 'makes a dense layer up to twice as wide, or down to half as wide',
  mutate(parent, { rng, limits }) {
    const range = rangeOf(dense, 'units', limits);
    const places = parent.layers
      .slice(0, -1)
      .flatMap((gene, index) => (gene.kind === dense.id ? [{ gene, index }] : []));
    if (range === undefined || places.length === 0) return undefined;
    const { gene, index } = rng.pick(places);
    const units = Number(gene['units']);
    const [low, high] = rng.int(2) === 0 ? [Math.ceil(units / 2), units - 1] : [units + 1, units * 2];
    const [lowest, highest] = [Math.max(low, range[0]), Math.min(high, range[1])];
    return lowest > highest ? undefined : replaceLayer(parent, index, { ...gene, units: rng.between(lowest, highest) });
  },
});
