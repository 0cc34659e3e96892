import type { FloatVector } from '../../../compiler/index.js';
import type { CollapsedAreaName, CollapsedPlan } from '../collapsed-plan.js';
import type { CircuitContext } from './circuit-context.js';

/** What every part of the kernel needs while it is written; the plan is that of the columns. */
export interface CollapsedContext<V extends FloatVector> extends CircuitContext<V> {
  readonly collapsed: CollapsedPlan;
  readonly areas: Readonly<Record<CollapsedAreaName, number>>;
}
