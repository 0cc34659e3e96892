import {
  i32,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { crossBoundary, crossBoundaryBack, permutation } from './boundaries.js';
import { blockOf, bundleBytes, bundleOf, eachBlock } from './bundle.js';
import { knownLayer, type Block, type Bundle, type CircuitContext, type LayerPlace } from './circuit-context.js';
import { measureState, startCotangent } from './measurement.js';
import { readingWith, type Reading } from './reading.js';
import { knownDistance, pointerTo, type Pointer } from './pointer.js';
import { addProductGradients } from './product-gradients.js';
import { buildFactors, multiplyFactors } from './product.js';
import { writeReductions } from './reductions.js';
import { rotate, rotateBack } from './rotations.js';
import { writeTables } from './tables.js';
import { eachWide, isWide, measureWide, wideBlocks } from './wide-readout.js';
import { turnWires } from './wire-rotations.js';

/** Makes the tables if the weights changed. */
export function refreshTables<V extends FloatVector>(context: CircuitContext<V>): void {
  const { fn, areas } = context;
  fn.if(i32.load(0, areas.stale), () => {
    fn.store(0, areas.stale, i32.constant(0));
    writeTables(context);
  });
}

/** Runs the circuit, one bundle of blocks after the other; keeps the product and the state after every layer. */
export function writeLayersForward<V extends FloatVector>(context: CircuitContext<V>, at: ForwardAddresses): void {
  const { fn, plan } = context;
  refreshTables(context);
  const reading = readingOf(context);
  const layers = plan.form.layers.length;
  const sweep = (firstBytes: Expression<'i32'>): Bundle => {
    const bundle = bundleOf(context, firstBytes);
    eachBlock(context, firstBytes, (sampleBytes, own) => {
      const from = { rows: at.inputs[0]!, sampleBytes };
      writeProduct(context, blockOf(context, sampleBytes), from, own(bundle.before(knownLayer(0))));
    });
    plan.form.layers.forEach((_, layer) => {
      passLayer(context, bundle, knownLayer(layer));
    });
    return bundle;
  };
  const single = (firstBytes: Expression<'i32'>): void => {
    const { last } = sweep(firstBytes);
    eachBlock(context, firstBytes, (sampleBytes, own) => {
      measureState(reading, own(last), at.output, sampleBytes);
    });
  };
  if (!isWide(reading)) {
    fn.loop(0, at.sampleBytes, bundleBytes(context), single);
    return;
  }
  const wide = (wideBytes: Expression<'i32'>): void => {
    fn.loop(wideBytes, i32.add(wideBytes, wideBlocks * vectorBytes), vectorBytes, sweep);
    const { last } = bundleOf(context, wideBytes);
    measureWide(reading, last, (layers + 1) * plan.states * amplitudeBytes, at.output, wideBytes);
  };
  eachWide(reading, at.sampleBytes, wide, single);
}

/** The product state of a block. */
export function writeProduct<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  from: Parameters<typeof turnWires<V>>[2],
  state: Pointer,
): void {
  turnWires(context, block, from);
  buildFactors(context, block);
  multiplyFactors(context, block, state);
}

/** The state of a bundle after a layer, from that before it. */
export function passLayer<V extends FloatVector>(context: CircuitContext<V>, bundle: Bundle, layer: LayerPlace): void {
  crossBoundary(context, bundle.before(layer), bundle.after(layer), layer);
  rotate(context, bundle.after(layer), layer);
}

/**
 * The adjoint sweep, one bundle after the other. Only lambda is turned back, because the state after every layer was kept. lambda is
 * half of that in the reference; the factor 2 of the pairs' derivatives makes up for it.
 */
export function writeLayersBackward<V extends FloatVector>(context: CircuitContext<V>, at: BackwardAddresses): void {
  const { fn, plan } = context;
  const layers = plan.form.layers.length;
  fn.loop(0, at.sampleBytes, bundleBytes(context), (firstBytes) => {
    const bundle = bundleOf(context, firstBytes);
    const lambda = (boundary: number): Pointer => cotangentAt(context, boundary);
    eachBlock(context, firstBytes, (sampleBytes, own) => {
      startCotangent(readingOf(context), own(bundle.last), own(lambda(layers)), at.outputGradient, sampleBytes);
    });
    for (let layer = layers - 1; layer >= 0; layer--) {
      passLayerBack(context, bundle, knownLayer(layer), lambda(layer + 1), lambda(layer));
    }
    eachBlock(context, firstBytes, (sampleBytes, own) => {
      const block = blockOf(context, sampleBytes);
      addProductGradients(context, block, own(lambda(0)), at.inputGradients[0], sampleBytes);
    });
  });
  writeReductions(context);
}

/** Turns lambda of a bundle back from `after` a layer to `before` it, with the gradients of the layer's angles. */
export function passLayerBack<V extends FloatVector>(
  context: CircuitContext<V>,
  bundle: Bundle,
  layer: LayerPlace,
  after: Pointer,
  before: Pointer,
): void {
  rotateBack(context, bundle.after(layer), after, layer);
  crossBoundaryBack(context, bundle.before(layer), after, before, layer);
}

/** Where lambda lies before a layer: two places in turns. */
function cotangentAt<V extends FloatVector>({ plan, areas }: CircuitContext<V>, layer: number): Pointer {
  const { states, width } = plan;
  return { ...pointerTo(areas.cotangents + (layer % 2) * states * width * amplitudeBytes), width };
}

/** The state after the last layer is read through the relabelling. */
export function readingOf<V extends FloatVector>(context: CircuitContext<V>): Reading<V> {
  const { fn, plan } = context;
  return readingWith(context, (element) => {
    const { counter, known } = permutation(context, knownLayer(plan.form.layers.length))(element);
    const ratio = Math.log2((plan.width * amplitudeBytes) / vectorBytes);
    if (counter === undefined) return knownDistance(known >> ratio);
    return { counter: fn.let(i32.shiftRightUnsigned(counter, ratio)), known: 0 };
  });
}
