import { i32, type FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CircuitContext } from './circuit-context.js';
import {
  eachElement,
  knownDistance,
  load,
  loadSplat,
  move,
  pointerTo,
  store,
  type Distance,
  type Pointer,
} from './pointer.js';

/** Shifts from 4 bytes per element to the sizes used here. */
const toAmplitudes = 3;
const toVectors = 2;

/** Where basis state `element` goes before layer `layer`, or before the measurement after the last one: a distance between amplitudes. */
export function permuted<V extends FloatVector>(
  { fn, plan, areas }: CircuitContext<V>,
  layer: number,
  element: Distance,
): Distance {
  const { counter, known } = element;
  // Flips that turns need change the table with the weights.
  if (counter === undefined && plan.turns[layer] !== 'tangent')
    return knownDistance((plan.form.layers[layer]?.permutation ?? plan.form.relabelling)[known / 4]! * amplitudeBytes);
  const entry = i32.load(counter ?? 0, areas.permutations + layer * plan.states * 4 + known);
  return { counter: fn.let(entry), known: 0 };
}

/** The phase of basis state `element` before layer `layer`: real part, and imaginary part one number later. */
function phasePointer<V extends FloatVector>(
  { fn, plan, areas, ops }: CircuitContext<V>,
  layer: number,
  element: Distance,
): Pointer {
  const phaseBytes = 2 * ops.elementBytes;
  return move(fn, pointerTo(areas.diagonals + layer * plan.states * phaseBytes), element, Math.log2(phaseBytes / 4));
}

/** next[P[p]] = d_p psi[p]: diagonal and permutation of a layer in one pass. */
export function crossBoundary<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  next: Pointer,
  layer: number,
): void {
  const { fn, ops, plan } = context;
  eachElement(fn, plan.states, (element) => {
    const from = move(fn, psi, element, toAmplitudes);
    const to = move(fn, next, permuted(context, layer, element));
    const phase = phasePointer(context, layer, element);
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
  layer: number,
): void {
  const { fn, ops, plan, areas } = context;
  const trainable = plan.form.layers[layer]!.diagonal.terms.length > 0;
  const sums = pointerTo(areas.phaseGradients + layer * plan.states * vectorBytes);
  eachElement(fn, plan.states, (element) => {
    const from = move(fn, lambda, permuted(context, layer, element));
    const to = move(fn, next, element, toAmplitudes);
    const phase = phasePointer(context, layer, element);
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
