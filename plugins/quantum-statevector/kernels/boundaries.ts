import { i32, type Expression, type FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { ofLayer, type CircuitContext, type LayerPlace } from './circuit-context.js';
import { ComplexOperations, type ComplexVector } from './complex-vector.js';
import {
  amplitudeAt,
  eachElement,
  knownDistance,
  load,
  loadSplat,
  move,
  store,
  writtenOut,
  type Distance,
  type Pointer,
} from './pointer.js';

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
      return knownDistance(targets[element.known / 4]! * plan.width * amplitudeBytes);
    }
    const entry = move(fn, table, element);
    return { counter: fn.let(i32.load(entry.base, entry.offset)), known: 0 };
  };
}

/** The phase of a basis state before a layer: real part, and imaginary part one number later. */
function phaseOf<V extends FloatVector>(
  { fn, ops, plan, areas }: CircuitContext<V>,
  layer: LayerPlace,
): (element: Distance) => ComplexVector<V> {
  const phaseBytes = 2 * ops.elementBytes;
  const table = ofLayer({ fn }, areas.diagonals, layer, plan.states * phaseBytes);
  return (element) => {
    const at = move(fn, table, element, Math.log2(phaseBytes / 4));
    return { re: fn.let(loadSplat(ops, at)), im: fn.let(loadSplat(ops, at, ops.elementBytes)) };
  };
}

/** next[P[p]] = d_p psi[p]: diagonal and permutation of a layer in one pass. */
export function crossBoundary<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  next: Pointer,
  layer: LayerPlace,
): void {
  const { fn, ops, plan } = context;
  const complex = new ComplexOperations(fn, ops);
  const [permuted, phaseAt] = [permutation(context, layer), phaseOf(context, layer)];
  eachElement(
    fn,
    plan.states,
    (element) => {
      const from = amplitudeAt(fn, psi, element);
      const to = move(fn, next, permuted(element));
      const phase = phaseAt(element);
      for (let block = 0; block < plan.width; block++) {
        const distance = block * vectorBytes;
        complex.store(to, complex.multiply(complex.load(from, distance), phase), distance);
      }
    },
    writtenOut / plan.width,
  );
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
  const complex = new ComplexOperations(fn, ops);
  const trainable = plan.form.layers[layer.known]!.diagonal.terms.length > 0;
  const sums = ofLayer(context, areas.phaseGradients, layer, plan.states * vectorBytes);
  const [permuted, phaseAt] = [permutation(context, layer), phaseOf(context, layer)];
  eachElement(
    fn,
    plan.states,
    (element) => {
      const from = move(fn, lambda, permuted(element));
      const to = amplitudeAt(fn, next, element);
      const psiAt = amplitudeAt(fn, psi, element);
      const phase = phaseAt(element);
      const sumAt = move(fn, sums, element, 2);
      let sum: Expression<V> | undefined = trainable ? load(ops, sumAt) : undefined;
      for (let block = 0; block < plan.width; block++) {
        const distance = block * vectorBytes;
        const value = complex.conjugateMultiply(phase, complex.load(from, distance));
        complex.store(to, value, distance);
        if (sum === undefined) continue;
        const { re, im } = complex.load(psiAt, distance);
        sum = fn.let(ops.negativeMultiplyAdd(value.im, re, ops.multiplyAdd(value.re, im, sum)));
      }
      if (sum !== undefined) store(fn, sumAt, sum);
    },
    writtenOut / plan.width,
  );
}
