import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import type { Areas, CircuitPlan } from '../layout.js';
import type { Pointer } from './pointer.js';

/** What every part of a circuit's kernel needs while it is written. */
export interface CircuitContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: CircuitPlan;
  readonly areas: Areas;
}

/** Where the data lie that a block of samples keeps from forward to backward. */
export interface Block {
  /** cos and sin vectors of the product's angles with inputs. */
  readonly startAngles: Pointer;
  /** Amplitudes of |0> and |1> of each wire of the product. */
  readonly wireStates: Pointer;
  /** The product (0), and the state after layer - 1. */
  state(layer: number): Pointer;
}
