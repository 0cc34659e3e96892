import {
  i32,
  type Expression,
  type FloatVector,
  type FunctionBuilder,
  type VectorOperations,
} from '../../../compiler/index.js';
import type { Areas, CircuitPlan } from '../layout.js';
import type { Pointer } from './pointer.js';

/** What every part of a circuit's kernel needs while it is written. */
export interface CircuitContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: CircuitPlan;
  readonly areas: Areas;
}

/** Where the data lie that a block of samples keeps from forward to backward for its product. */
export interface Block {
  /** cos and sin vectors of the product's angles with inputs. */
  readonly startAngles: Pointer;
  /** Amplitudes of |0> and |1> of each wire of the product. */
  readonly wireStates: Pointer;
  /** Both factors of the product. */
  readonly products: Pointer;
}

/** Where the states lie that blocks keep from forward to backward, as many side by side as the plan says. */
export interface Bundle {
  /** The state before a layer; before layer 0 that is the product. */
  before(layer: LayerPlace): Pointer;
  after(layer: LayerPlace): Pointer;
  /** The state that is measured. */
  readonly last: Pointer;
}

/** A layer that is known when the kernel is written, or that a loop over layers alike counts. */
export interface LayerPlace {
  /** The layer; in a loop, the first of those that are alike. */
  readonly known: number;
  /** How many layers after it. */
  readonly counter: Expression<'i32'> | undefined;
}

export function knownLayer(known: number): LayerPlace {
  return { known, counter: undefined };
}

/** Where an area holds what belongs to a layer, with `bytes` for each. */
export function ofLayer(
  { fn }: { readonly fn: FunctionBuilder },
  area: number,
  { known, counter }: LayerPlace,
  bytes: number,
): Pointer {
  const offset = area + known * bytes;
  if (counter === undefined) return { base: i32.constant(0), offset };
  return { base: fn.let(i32.multiply(counter, bytes)), offset };
}
