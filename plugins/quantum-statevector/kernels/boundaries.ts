import { i32, type FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { ofLayer, type CircuitContext, type LayerPlace } from './circuit-context.js';
import { eachElement, knownDistance, load, loadSplat, move, store, type Distance, type Pointer } from './pointer.js';

/** Shifts from 4 bytes per element to the sizes used here. */
const toAmplitudes = 3;
const toVectors = 2;

/** Where basis states go before a layer, or before the measurement after the last one: distances between amplitudes. */
export function permutation<V extends FloatVector>(
  context: CircuitContext<V>,
  layer: LayerPlace,
): (element: Distance) => Distance {
  const { fn, plan, areas } = context;
  const table = ofLayer(context, areas.permutations, layer, plan.states * 4);
  return (element) => {
    // Flips that turns need change the table with the weights.
    if (element.counter === undefined && layer.counter === undefined && plan.turns[layer.known] !== 'tangent') {
      const { permutation: targets } = plan.form.layers[layer.known] ?? { permutation: plan.form.relabelling };
      return knownDistance(targets[element.known / 4]! * amplitudeBytes);
    }
    const entry = move(fn, table, element);
    return { counter: fn.let(i32.load(entry.base, entry.offset)), known: 0 };
  };
}

/** The phases of basis states before a layer: real part, and imaginary part one number later. */
function phases<V extends FloatVector>(context: CircuitContext<V>, layer: LayerPlace): (element: Distance) => Pointer {
  const phaseBytes = 2 * context.ops.elementBytes;
  const table = ofLayer(context, context.areas.diagonals, layer, context.plan.states * phaseBytes);
  return (element) => move(context.fn, table, element, Math.log2(phaseBytes / 4));
}

/** next[P[p]] = d_p psi[p]: diagonal and permutation of a layer in one pass. */
export function crossBoundary<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  next: Pointer,
  layer: LayerPlace,
): void {
  const { fn, ops, plan } = context;
  const [permuted, phaseOf] = [permutation(context, layer), phases(context, layer)];
  eachElement(fn, plan.states, (element) => {
    const from = move(fn, psi, element, toAmplitudes);
    const to = move(fn, next, permuted(element));
    const phase = phaseOf(element);
    const [re, im] = [fn.let(load(ops, from)), fn.let(load(ops, from, vectorBytes))];
    const [phaseRe, phaseIm] = [fn.let(loadSplat(ops, phase)), fn.let(loadSplat(ops, phase, ops.elementBytes))];
    store(fn, to, ops.negativeMultiplyAdd(im, phaseIm, ops.multiply(re, phaseRe)));
    store(fn, to, ops.multiplyAdd(im, phaseRe, ops.multiply(re, phaseIm)), vectorBytes);
  });
}

/**
 * The way back: lambda'_p = conj(d_p) lambda[P[p]]. Where the diagonal has weights, adds Im(conj(lambda'_p) psi_p) to the sums
 * E[layer][p], from which all its angles get their gradients; psi is the state before the boundary.
 */
export function crossBoundaryBack<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  lambda: Pointer,
  next: Pointer,
  layer: LayerPlace,
): void {
  const { fn, ops, plan, areas } = context;
  const trainable = plan.form.layers[layer.known]!.diagonal.terms.length > 0;
  const sums = ofLayer(context, areas.phaseGradients, layer, plan.states * vectorBytes);
  const [permuted, phaseOf] = [permutation(context, layer), phases(context, layer)];
  eachElement(fn, plan.states, (element) => {
    const from = move(fn, lambda, permuted(element));
    const to = move(fn, next, element, toAmplitudes);
    const phase = phaseOf(element);
    const [a, b] = [fn.let(load(ops, from)), fn.let(load(ops, from, vectorBytes))];
    const [phaseRe, phaseIm] = [fn.let(loadSplat(ops, phase)), fn.let(loadSplat(ops, phase, ops.elementBytes))];
    const re = fn.let(ops.multiplyAdd(b, phaseIm, ops.multiply(a, phaseRe)));
    const im = fn.let(ops.negativeMultiplyAdd(a, phaseIm, ops.multiply(b, phaseRe)));
    store(fn, to, re);
    store(fn, to, im, vectorBytes);
    if (!trainable) return;
    const psiAt = move(fn, psi, element, toAmplitudes);
    const sum = move(fn, sums, element, toVectors);
    const gained = ops.multiplyAdd(re, load(ops, psiAt, vectorBytes), load(ops, sum));
    store(fn, sum, ops.negativeMultiplyAdd(im, load(ops, psiAt), gained));
  });
}
