import { i32, type Expression, type FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, factorAmplitudes, vectorBytes } from '../layout.js';
import {
  knownLayer,
  ofLayer,
  type Block,
  type Bundle,
  type CircuitContext,
  type LayerPlace,
} from './circuit-context.js';
import { move, type Pointer } from './pointer.js';

/** Bytes of a row that the blocks of a bundle take. */
export function bundleBytes<V extends FloatVector>({ plan }: Pick<CircuitContext<V>, 'plan'>): number {
  return plan.width * vectorBytes;
}

/** The bundle whose first block starts `firstBytes` into a row. */
export function bundleOf<V extends FloatVector>(context: CircuitContext<V>, firstBytes: Expression<'i32'>): Bundle {
  const { fn, plan, areas } = context;
  const { width, states } = plan;
  const layers = plan.form.layers.length;
  // A block has as many amplitudes as a bundle.
  const base = fn.let(i32.multiply(firstBytes, ((layers + 1) * states * amplitudeBytes) / vectorBytes));
  const before = (layer: LayerPlace): Pointer => {
    const place = ofLayer(context, areas.states, layer, states * width * amplitudeBytes);
    return { ...place, base: layer.counter === undefined ? base : fn.let(i32.add(base, place.base)), width };
  };
  return {
    before,
    after: ({ known, counter }) => before({ known: known + 1, counter }),
    last: before(knownLayer(layers)),
  };
}

/** A block by itself. */
export function blockOf<V extends FloatVector>(context: CircuitContext<V>, sampleBytes: Expression<'i32'>): Block {
  const { fn, plan, areas } = context;
  // Bytes that a block keeps, for the vectorBytes that it advances in a row.
  const start = (area: number, bytes: number): Pointer => ({
    base: fn.let(i32.multiply(sampleBytes, bytes / vectorBytes)),
    offset: area,
  });
  return {
    startAngles: start(areas.startAngles, plan.slotCount * 2 * vectorBytes),
    wireStates: start(areas.wireStates, plan.circuit.wires * 2 * amplitudeBytes),
    products: start(areas.products, 2 * factorAmplitudes(plan) * amplitudeBytes),
  };
}

/** Visits the blocks of a bundle one after the other; `own` finds a block's part of a state of the bundle. */
export function eachBlock<V extends FloatVector>(
  context: CircuitContext<V>,
  firstBytes: Expression<'i32'>,
  body: (sampleBytes: Expression<'i32'>, own: (state: Pointer) => Pointer) => void,
): void {
  const { fn, plan } = context;
  if (plan.width === 1) {
    body(firstBytes, (state) => state);
    return;
  }
  fn.loop(0, bundleBytes(context), vectorBytes, (block) => {
    body(fn.let(i32.add(firstBytes, block)), (state) => move(fn, state, { counter: block, known: 0 }));
  });
}
