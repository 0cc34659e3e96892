import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import type { Areas, CircuitPlan } from '../layout.js';

/** What every part of a circuit's kernel needs while it is written. */
export interface CircuitContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: CircuitPlan;
  readonly areas: Areas;
}
