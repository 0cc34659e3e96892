import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import type { GatesAreaName, GatesPlan } from '../gates-plan.js';

/** What every part of the kernel needs while it is written. */
export interface GatesContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: GatesPlan;
  readonly areas: Readonly<Record<GatesAreaName, number>>;
}
