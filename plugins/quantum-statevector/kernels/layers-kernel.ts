import {
  i32,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { crossBoundary, crossBoundaryBack, permutation } from './boundaries.js';
import { knownLayer, ofLayer, type Block, type CircuitContext, type LayerPlace } from './circuit-context.js';
import { measureState, startCotangent } from './measurement.js';
import { readingWith, type Reading } from './reading.js';
import { knownDistance, pointerTo, type Pointer } from './pointer.js';
import { addProductGradients } from './product-gradients.js';
import { buildFactors, multiplyFactors } from './product.js';
import { writeReductions } from './reductions.js';
import { rotate, rotateBack } from './rotations.js';
import { writeTables } from './tables.js';
import { eachWide, isWide, measureWide, wideBlocks } from './wide-readout.js';
import { turnWires, type BlockInputs } from './wire-rotations.js';

/** Makes the tables if the weights changed. */
export function refreshTables<V extends FloatVector>(context: CircuitContext<V>): void {
  const { fn, areas } = context;
  fn.if(i32.load(0, areas.stale), () => {
    fn.store(0, areas.stale, i32.constant(0));
    writeTables(context);
  });
}

/** Runs the circuit, one block of samples after the other; keeps the product and the state after every layer. */
export function writeLayersForward<V extends FloatVector>(context: CircuitContext<V>, at: ForwardAddresses): void {
  const { fn, plan } = context;
  refreshTables(context);
  const reading = readingOf(context);
  const layers = plan.form.layers.length;
  const sweep = (sampleBytes: Expression<'i32'>): Block => {
    const block = blockOf(context, sampleBytes);
    sweepForward(context, block, { rows: at.inputs[0]!, sampleBytes });
    return block;
  };
  const single = (sampleBytes: Expression<'i32'>): void => {
    measureState(reading, sweep(sampleBytes).last, at.output, sampleBytes);
  };
  if (!isWide(reading)) {
    fn.loop(0, at.sampleBytes, vectorBytes, single);
    return;
  }
  const wide = (wideBytes: Expression<'i32'>): void => {
    fn.loop(wideBytes, i32.add(wideBytes, wideBlocks * vectorBytes), vectorBytes, sweep);
    const { last } = blockOf(context, wideBytes);
    measureWide(reading, last, (layers + 1) * plan.states * amplitudeBytes, at.output, wideBytes);
  };
  eachWide(reading, at.sampleBytes, wide, single);
}

/** The states of a block: the product, then after every layer. */
function sweepForward<V extends FloatVector>(context: CircuitContext<V>, block: Block, from: BlockInputs): void {
  writeProduct(context, block, from);
  context.plan.form.layers.forEach((_, layer) => {
    passLayer(context, block, knownLayer(layer));
  });
}

/** The product state of a block. */
export function writeProduct<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  from: Parameters<typeof turnWires<V>>[2],
): void {
  turnWires(context, block, from);
  buildFactors(context, block);
  multiplyFactors(context, block, block.before(knownLayer(0)));
}

/** The state of a block after a layer, from that before it. */
export function passLayer<V extends FloatVector>(context: CircuitContext<V>, block: Block, layer: LayerPlace): void {
  crossBoundary(context, block.before(layer), block.after(layer), layer);
  rotate(context, block.after(layer), layer);
}

/**
 * The adjoint sweep, one block after the other. Only lambda is turned back, because the state after every layer was kept. lambda is
 * half of that in the reference; the factor 2 of the pairs' derivatives makes up for it.
 */
export function writeLayersBackward<V extends FloatVector>(context: CircuitContext<V>, at: BackwardAddresses): void {
  const { fn, plan } = context;
  const layers = plan.form.layers.length;
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const block = blockOf(context, sampleBytes);
    const lambda = (boundary: number): Pointer => pointerTo(cotangentOffset(context, boundary));
    startCotangent(readingOf(context), block.last, lambda(layers), at.outputGradient, sampleBytes);
    for (let layer = layers - 1; layer >= 0; layer--) {
      passLayerBack(context, block, knownLayer(layer), lambda(layer + 1), lambda(layer));
    }
    addProductGradients(context, block, lambda(0), at.inputGradients[0], sampleBytes);
  });
  writeReductions(context);
}

/** Turns lambda of a block back from `after` a layer to `before` it, with the gradients of the layer's angles. */
export function passLayerBack<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  layer: LayerPlace,
  after: Pointer,
  before: Pointer,
): void {
  rotateBack(context, block.after(layer), after, layer);
  crossBoundaryBack(context, block.before(layer), after, before, layer);
}

/** Where lambda lies before a layer: two places in turns. */
function cotangentOffset<V extends FloatVector>({ plan, areas }: CircuitContext<V>, layer: number): number {
  return areas.cotangents + (layer % 2) * plan.states * amplitudeBytes;
}

/** The state after the last layer is read through the relabelling. */
export function readingOf<V extends FloatVector>(context: CircuitContext<V>): Reading<V> {
  const { fn, plan } = context;
  return readingWith(context, (element) => {
    const { counter, known } = permutation(context, knownLayer(plan.form.layers.length))(element);
    const ratio = Math.log2(amplitudeBytes / vectorBytes);
    if (counter === undefined) return knownDistance(known >> ratio);
    return { counter: fn.let(i32.shiftRightUnsigned(counter, ratio)), known: 0 };
  });
}

export function blockOf<V extends FloatVector>(context: CircuitContext<V>, sampleBytes: Expression<'i32'>): Block {
  const { fn, plan, areas } = context;
  const stateBytes = plan.states * amplitudeBytes;
  const layers = plan.form.layers.length;
  // Bytes that a block keeps, for the vectorBytes that it advances in a row.
  const start = (area: number, bytes: number): Pointer => ({
    base: fn.let(i32.multiply(sampleBytes, bytes / vectorBytes)),
    offset: area,
  });
  const states = start(areas.states, (layers + 1) * stateBytes);
  const before = (layer: LayerPlace): Pointer => {
    const { base, offset } = ofLayer(context, states.offset, layer, stateBytes);
    return { base: layer.counter === undefined ? states.base : fn.let(i32.add(states.base, base)), offset };
  };
  return {
    startAngles: start(areas.startAngles, plan.slotCount * 2 * vectorBytes),
    wireStates: start(areas.wireStates, plan.circuit.wires * 2 * amplitudeBytes),
    before,
    after: ({ known, counter }) => before({ known: known + 1, counter }),
    last: before(knownLayer(layers)),
  };
}
