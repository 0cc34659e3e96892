import { defineLayerKind, defineMutation, definePlugin, defineSearchSpace, integer, refuse, sampleWithin } from 'hqnas';
import type { Gene, MutationContext } from 'hqnas';
import { defineElementwise, orthogonal } from 'hqnas/compiler';

/** y = x / (1 + |x|), dy/dx = 1 / (1 + |x|)^2 (Bergstra et al. 2009): like tanh, but slower to reach its bounds. */
const softsignOp = defineElementwise({
  id: 'demo/softsign-op',
  summary: 'x / (1 + |x|)',
  saves: ['inputs'],
  reference: {
    forward: (x) => x / (1 + Math.abs(x)),
    derivative: (x) => 1 / (1 + Math.abs(x)) ** 2,
  },
  kernel: {
    forward: ({ f32 }, x) => f32.divide(x, f32.add(f32.constant(1), f32.abs(x))),
    backward(fn, dy, x) {
      const { f32 } = fn;
      const slope = fn.let(f32.add(f32.constant(1), f32.abs(x)));
      return f32.divide(dy, f32.multiply(slope, slope));
    },
  },
});

/** y = softsign(W x + b). Written `S 8` in DNA. */
const softsign = defineLayerKind({
  id: 'demo/softsign',
  summary: 'linear map, then x / (1 + |x|)',
  hyper: { units: integer(1, 256, { help: 'numbers that come out' }) },
  notation: { symbol: 'S', fields: [{ hyper: 'units' }] },
  outputRows: ({ units }, _inputRows, { role }) =>
    role === 'hidden' ? units : refuse('its numbers lie between -1 and 1: it cannot be the head'),
  lower({ units }, graph, input, { gain }) {
    // The last column of the weights is the bias.
    const weights = graph.parameter([units, input.rows + 1], orthogonal(gain));
    return graph.apply(softsignOp, [graph.affine(input, weights)]);
  },
});

/** A dense or a softsign layer, each as often as the other; undefined where the limits leave no width. */
function hiddenLayer({ rng, kinds, limits }: MutationContext): Gene | undefined {
  return sampleWithin(rng.pick([softsign, kinds.get('classical/dense')]), limits, rng);
}

/** Gives a hidden layer another kind and width. */
const redrawLayer = defineMutation({
  id: 'demo/redraw-layer',
  summary: 'replaces a hidden layer by a dense or a softsign layer',
  mutate({ layers }, context) {
    if (layers.length < 2) return undefined;
    const index = context.rng.int(layers.length - 1);
    const gene = hiddenLayer(context);
    return gene === undefined ? undefined : { layers: layers.with(index, gene) };
  },
});

/** Dense and softsign layers in any order under a dense head: which activation does the task want, and where? */
const activations = defineSearchSpace({
  id: 'demo/activations',
  summary: 'networks of dense and softsign layers',
  limits: { layers: [2, 4], units: [2, 32] },
  mutations: ['classical/add-layer', 'classical/remove-layer', redrawLayer.id],
  constraints: [],
  random(context) {
    const { rng, limits } = context;
    const hidden = Array.from({ length: rng.between(...limits.layers) - 1 }, () => hiddenLayer(context));
    const head: Gene = { kind: 'classical/dense', units: 1, activation: 'identity' };
    return { layers: [...hidden.filter((gene) => gene !== undefined), head] };
  },
});

export default definePlugin({
  name: 'demo',
  requires: ['classical'],
  layers: [softsign],
  mutations: [redrawLayer],
  searchSpaces: [activations],
});
