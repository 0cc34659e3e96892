import { defineMutation, definePlugin } from 'hqnas';

/** Swaps two neighbouring layers: does order matter, or only content? */
const swapNeighbours = defineMutation({
  id: 'demo/swap-neighbours',
  summary: 'swaps two neighbouring layers',
  mutate({ layers }, { rng }) {
    if (layers.length < 2) return undefined;
    const i = rng.int(layers.length - 1);
    return { layers: layers.with(i, layers[i + 1]!).with(i + 1, layers[i]!) };
  },
});

export default definePlugin({ name: 'demo', mutations: [swapNeighbours] });
