import type { Circuit } from './circuit.js';
import { planCollapsed } from './collapsed-plan.js';
import { byColumns, byGates, byLayers, type Execution, type ExecutionPath } from './execution.js';
import { planGates } from './gates-plan.js';
import { planCircuit, type CircuitPlan } from './layout.js';

/**
 * The way to compute a circuit with up to `capacity` samples a call: `gates` where there is no canonical form; `collapsed` where
 * V m costs less than a sweep over the layers for each sample, with the sweep over the columns of V shared by all samples; else
 * `layers`.
 */
export function chooseExecution(circuit: Circuit, capacity: number): Execution {
  const plan = planCircuit(circuit);
  if (plan === undefined) return byGates(planGates(circuit));
  const collapsed = planCollapsed(plan);
  if (collapsed === undefined) return byLayers(plan);
  const sweep = sweepCost(plan);
  const columns = (sweepCost(collapsed.columns) * Math.max(plan.states, 4)) / capacity;
  return collapsedCost(plan) + columns < sweep ? byColumns(collapsed) : byLayers(plan);
}

/** One path, or undefined where it cannot compute the circuit. */
export function executionBy(path: ExecutionPath, circuit: Circuit): Execution | undefined {
  if (path === 'gates') return byGates(planGates(circuit));
  const plan = planCircuit(circuit);
  if (plan === undefined) return undefined;
  if (path === 'layers') return byLayers(plan);
  const collapsed = planCollapsed(plan);
  return collapsed === undefined ? undefined : byColumns(collapsed);
}

/** Operations on vectors for one block of samples, forward and backward, by the layers. */
function sweepCost({ states, starts, form, turns }: CircuitPlan): number {
  const layers = form.layers.reduce((sum, { rotations }, layer) => {
    const turned = rotations.filter((angle) => angle !== undefined).length;
    return sum + 24 + turned * (turns[layer] === 'quarter' ? 4 : 13);
  }, 0);
  return starts.flat().length * 40 + states * (100 + layers);
}

/** The same for V m, V^dagger lambda and lambda m^T: 2 each per entry of V, with multiplication and addition. */
function collapsedCost({ states, starts }: CircuitPlan): number {
  return starts.length * 40 + 12 * states * states + 20 * states;
}
