import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import type { StringAreaName } from '../string-layout.js';
import type { StringPlan } from '../string-plan.js';
import type { Pointer } from './pointer.js';

/** What every part of the kernel needs while it is written. */
export interface StringsContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: StringPlan;
  readonly areas: Readonly<Record<StringAreaName, number>>;
}

/** Where the data lie that a block of samples keeps from forward to backward. */
export interface StringsBlock {
  /** cos and sin vectors of the angles with inputs. */
  readonly startAngles: Pointer;
  /** x, y, z of each wire. */
  readonly blochVectors: Pointer;
  readonly products: Pointer;
}
