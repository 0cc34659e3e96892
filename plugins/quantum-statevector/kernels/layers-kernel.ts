import {
  i32,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { crossBoundary, crossBoundaryBack, permuted } from './boundaries.js';
import type { Block, CircuitContext } from './circuit-context.js';
import { measureState, startCotangent } from './measurement.js';
import type { Reading } from './reading.js';
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
    measureState(reading, sweep(sampleBytes).state(layers), at.output, sampleBytes);
  };
  if (!isWide(reading)) {
    fn.loop(0, at.sampleBytes, vectorBytes, single);
    return;
  }
  const wide = (wideBytes: Expression<'i32'>): void => {
    fn.loop(wideBytes, i32.add(wideBytes, wideBlocks * vectorBytes), vectorBytes, sweep);
    const state = blockOf(context, wideBytes).state(layers);
    measureWide(reading, state, (layers + 1) * plan.states * amplitudeBytes, at.output, wideBytes);
  };
  eachWide(reading, at.sampleBytes, wide, single);
}

/** The states of a block: the product, then after every layer. */
function sweepForward<V extends FloatVector>(context: CircuitContext<V>, block: Block, from: BlockInputs): void {
  writeProduct(context, block, from);
  context.plan.form.layers.forEach((_, layer) => {
    passLayer(context, block, layer);
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
  multiplyFactors(context, block, block.state(0));
}

/** The state of a block after a layer, from that before it. */
export function passLayer<V extends FloatVector>(context: CircuitContext<V>, block: Block, layer: number): void {
  crossBoundary(context, block.state(layer), block.state(layer + 1), layer);
  rotate(context, block.state(layer + 1), layer);
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
    const last = block.state(layers);
    startCotangent(readingOf(context), last, cotangentAt(context, layers), at.outputGradient, sampleBytes);
    for (let layer = layers - 1; layer >= 0; layer--) {
      passLayerBack(context, block, layer, cotangentAt(context, layer + 1), cotangentAt(context, layer));
    }
    addProductGradients(context, block, cotangentAt(context, 0), at.inputGradients[0], sampleBytes);
  });
  writeReductions(context);
}

/** Turns lambda of a block back from `after` a layer to `before` it, with the gradients of the layer's angles. */
export function passLayerBack<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  layer: number,
  after: Pointer,
  before: Pointer,
): void {
  rotateBack(context, block.state(layer + 1), after, layer);
  crossBoundaryBack(context, block.state(layer), after, before, layer);
}

/** Where lambda lies after layer - 1: of the block with this number of rows' bytes, where each has a place of its own. */
export function cotangentAt<V extends FloatVector>(
  { fn, plan, areas }: CircuitContext<V>,
  layer: number,
  blockBytes?: Expression<'i32'>,
): Pointer {
  const size = plan.states * amplitudeBytes;
  const offset = areas.cotangents + (layer % 2) * size;
  if (blockBytes === undefined) return pointerTo(offset);
  return { base: fn.let(i32.multiply(blockBytes, (2 * size) / vectorBytes)), offset };
}

/** The state after the last layer is read through the relabelling. */
export function readingOf<V extends FloatVector>(context: CircuitContext<V>): Reading<V> {
  const { fn, ops, plan, areas } = context;
  return {
    fn,
    ops,
    wires: plan.circuit.wires,
    states: plan.states,
    readout: plan.readout,
    measuredRows: plan.measuredRows,
    measuredRowsAt: areas.measuredRows,
    tree: areas.tree,
    relabelled(element) {
      const { counter, known } = permuted(context, plan.form.layers.length, element);
      const ratio = Math.log2(amplitudeBytes / vectorBytes);
      if (counter === undefined) return knownDistance(known >> ratio);
      return { counter: fn.let(i32.shiftRightUnsigned(counter, ratio)), known: 0 };
    },
  };
}

export function blockOf<V extends FloatVector>(
  { fn, plan, areas }: CircuitContext<V>,
  sampleBytes: Expression<'i32'>,
): Block {
  const stateBytes = plan.states * amplitudeBytes;
  // Bytes that a block keeps, for the vectorBytes that it advances in a row.
  const start = (area: number, bytes: number): Pointer => ({
    base: fn.let(i32.multiply(sampleBytes, bytes / vectorBytes)),
    offset: area,
  });
  const states = start(areas.states, (plan.form.layers.length + 1) * stateBytes);
  return {
    startAngles: start(areas.startAngles, plan.slotCount * 2 * vectorBytes),
    wireStates: start(areas.wireStates, plan.circuit.wires * 2 * amplitudeBytes),
    state: (layer) => ({ base: states.base, offset: states.offset + layer * stateBytes }),
  };
}
