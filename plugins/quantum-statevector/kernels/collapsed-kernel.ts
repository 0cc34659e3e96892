import { i32, type BackwardAddresses, type FloatVector, type ForwardAddresses } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CollapsedContext } from './collapsed-context.js';
import { addEmbeddingGradients, embed } from './collapsed-embedding.js';
import { accumulateCotangent, applyMatrix, applyTransposed, storeMatrix } from './collapsed-matrix.js';
import { blockOf, bundleBytes, bundleOf, eachBlock } from './bundle.js';
import { knownLayer, type LayerPlace } from './circuit-context.js';
import { eachLayer } from './layer-runs.js';
import { passLayer, passLayerBack, readingOf, writeProduct } from './layers-kernel.js';
import { measureState, startCotangent } from './measurement.js';
import type { Pointer } from './pointer.js';
import { addProductGradients } from './product-gradients.js';
import { writeReductions } from './reductions.js';
import { writeTables } from './tables.js';
import type { WireState } from './wire-rotations.js';

/** psi = V m for every sample; V is made anew if the weights changed. */
export function writeCollapsedForward<V extends FloatVector>(context: CollapsedContext<V>, at: ForwardAddresses): void {
  const { fn, areas } = context;
  fn.if(i32.load(0, areas.stale), () => {
    fn.store(0, areas.stale, i32.constant(0));
    writeTables(context);
    eachColumnBundle(context, (firstBytes) => {
      const product = bundleOf(context, firstBytes).before(knownLayer(0));
      eachBlock(context, firstBytes, (columnBytes, own) => {
        const from = (wire: number): WireState<V> => columnState(context, columnBytes, wire);
        writeProduct(context, blockOf(context, columnBytes), from, own(product));
      });
    });
    eachLayer(context, 'forward', (layer) => {
      eachColumnBundle(context, (firstBytes) => {
        passLayer(context, bundleOf(context, firstBytes), layer);
      });
    });
    eachColumnBundle(context, (firstBytes) => {
      const { last } = bundleOf(context, firstBytes);
      eachBlock(context, firstBytes, (columnBytes, own) => {
        storeMatrix(context, own(last), columnBytes);
      });
    });
  });
  fn.loop(0, at.sampleBytes, 2 * vectorBytes, (pairBytes) => {
    fn.loop(pairBytes, i32.add(pairBytes, 2 * vectorBytes), vectorBytes, (sampleBytes) => {
      embed(context, at.inputs[0]!, sampleBytes);
    });
    applyMatrix(context, pairBytes);
    fn.loop(pairBytes, i32.add(pairBytes, 2 * vectorBytes), vectorBytes, (sampleBytes) => {
      measureState(readingOf(context), finalState(context, 'finalStates', sampleBytes), at.output, sampleBytes);
    });
  });
}

/**
 * G = dL/dV = sum over samples of lambda m^T, then one sweep back with the columns of G in the place of lambda; the inputs' gradients
 * come from V^dagger lambda.
 */
export function writeCollapsedBackward<V extends FloatVector>(
  context: CollapsedContext<V>,
  at: BackwardAddresses,
): void {
  const { fn, plan } = context;
  const rows = at.inputGradients[0];
  fn.loop(0, at.sampleBytes, 2 * vectorBytes, (pairBytes) => {
    fn.loop(pairBytes, i32.add(pairBytes, 2 * vectorBytes), vectorBytes, (sampleBytes) => {
      const [psi, lambda] = (['finalStates', 'finalCotangents'] as const).map((area) =>
        finalState(context, area, sampleBytes),
      );
      startCotangent(readingOf(context), psi!, lambda!, at.outputGradient, sampleBytes);
    });
    if (rows === undefined) return;
    applyTransposed(context, pairBytes);
    fn.loop(pairBytes, i32.add(pairBytes, 2 * vectorBytes), vectorBytes, (sampleBytes) => {
      addEmbeddingGradients(context, rows, i32.subtract(sampleBytes, pairBytes), sampleBytes);
    });
  });
  if (plan.circuit.weights === 0) return;
  const layers = plan.form.layers.length;
  eachColumnBundle(context, (firstBytes) => {
    const lambda = cotangentAt(context, knownLayer(layers), firstBytes);
    eachBlock(context, firstBytes, (columnBytes, own) => {
      accumulateCotangent(context, columnBytes, at.sampleBytes, own(lambda));
    });
  });
  eachLayer(context, 'backward', (layer) => {
    const next = { known: layer.known + 1, counter: layer.counter };
    eachColumnBundle(context, (firstBytes) => {
      const [after, before] = [next, layer].map((place) => cotangentAt(context, place, firstBytes));
      passLayerBack(context, bundleOf(context, firstBytes), layer, after!, before!);
    });
  });
  eachColumnBundle(context, (firstBytes) => {
    const lambda = cotangentAt(context, knownLayer(0), firstBytes);
    eachBlock(context, firstBytes, (columnBytes, own) => {
      addProductGradients(context, blockOf(context, columnBytes), own(lambda), undefined, columnBytes);
    });
  });
  writeReductions(context);
}

/**
 * The columns of V, a block for as many as a vector has lanes; the counter advances like bytes of a row. All of them take one layer
 * before the next one begins, so that the layer's instructions stay in the cache.
 */
function eachColumnBundle<V extends FloatVector>(
  context: CollapsedContext<V>,
  body: (firstBytes: ReturnType<typeof i32.constant>) => void,
): void {
  const { fn, ops, plan } = context;
  fn.loop(0, Math.max(plan.states, ops.lanes) * ops.elementBytes, bundleBytes(context), body);
}

/** State of a wire in a block of columns. */
function columnState<V extends FloatVector>(
  { fn, ops, plan, areas }: CollapsedContext<V>,
  columnBytes: ReturnType<typeof i32.constant>,
  wire: number,
): WireState<V> {
  const at = i32.multiply(columnBytes, plan.circuit.wires * 2);
  const first = areas.columnBits + wire * 2 * vectorBytes;
  const zero = ops.constant(0);
  return [
    { re: fn.let(ops.load(at, first)), im: zero },
    { re: fn.let(ops.load(at, first + vectorBytes)), im: zero },
  ];
}

/** Where lambda of a bundle of columns lies before a layer: two places in turns. */
function cotangentAt<V extends FloatVector>(
  { fn, plan, areas }: CollapsedContext<V>,
  { known, counter }: LayerPlace,
  firstBytes: ReturnType<typeof i32.constant>,
): Pointer {
  const { width } = plan;
  const size = plan.states * width * amplitudeBytes;
  const base = i32.multiply(firstBytes, (2 * size) / (width * vectorBytes));
  if (counter === undefined) return { base: fn.let(base), offset: areas.cotangents + (known % 2) * size, width };
  const turn = i32.multiply(i32.and(i32.add(counter, known), 1), size);
  return { base: fn.let(i32.add(base, turn)), offset: areas.cotangents, width };
}

function finalState<V extends FloatVector>(
  { fn, plan, areas }: CollapsedContext<V>,
  area: 'finalStates' | 'finalCotangents',
  sampleBytes: ReturnType<typeof i32.constant>,
): Pointer {
  return {
    base: fn.let(i32.multiply(sampleBytes, (plan.states * amplitudeBytes) / vectorBytes)),
    offset: areas[area],
  };
}
