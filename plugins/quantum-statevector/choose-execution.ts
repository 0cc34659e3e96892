import type { Circuit } from './circuit.js';
import { planCollapsed } from './collapsed-plan.js';
import { byColumns, byGates, byLayers, byStrings, type Execution, type ExecutionPath } from './execution.js';
import { planGates } from './gates-plan.js';
import { planCircuit, type CircuitPlan } from './layout.js';
import { planStrings, type StringPlan } from './string-plan.js';

/**
 * The way to compute a circuit with up to `capacity` samples a call: `gates` where there is no canonical form; else the cheapest of
 * `layers`, `collapsed` (V m for every sample, a sweep over the columns of V for all of them) and `strings`.
 */
export function chooseExecution(circuit: Circuit, capacity: number): Execution {
  const plan = planCircuit(circuit);
  if (plan === undefined) return byGates(planGates(circuit));
  const candidates = [{ cost: sweepCost(plan), execution: byLayers(plan) }];
  const collapsed = planCollapsed(plan);
  if (collapsed !== undefined) {
    const columns = (sweepCost(collapsed.columns) * Math.max(plan.states, 4)) / capacity;
    candidates.push({ cost: collapsedCost(plan) + columns, execution: byColumns(collapsed) });
  }
  const strings = planStrings(plan);
  if (strings !== undefined) candidates.push({ cost: stringsCost(strings, capacity), execution: byStrings(strings) });
  return candidates.reduce((best, other) => (other.cost < best.cost ? other : best)).execution;
}

/** One path, or undefined where it cannot compute the circuit. */
export function executionBy(path: ExecutionPath, circuit: Circuit): Execution | undefined {
  if (path === 'gates') return byGates(planGates(circuit));
  const plan = planCircuit(circuit);
  if (plan === undefined) return undefined;
  if (path === 'layers') return byLayers(plan);
  if (path === 'strings') {
    const strings = planStrings(plan);
    return strings === undefined ? undefined : byStrings(strings);
  }
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

/** The same for V m, V^dagger lambda and lambda m^T: 2 each per entry of V, with multiplication and addition; then fitted. */
function collapsedCost({ states, starts }: CircuitPlan): number {
  return 100 + starts.length * 60 + 12 * states * states + 24 * states;
}

/** Products and terms for every block; coefficients, forward and back, for all of them. */
function stringsCost({ startCount, products, terms, turns, angles }: StringPlan, capacity: number): number {
  return (
    startCount * 30 +
    products.length * 10 +
    terms.length * 16 +
    ((turns.length * 45 + angles.length * 60) * 4) / capacity
  );
}
