import { i32, type Expression, type FloatVector } from '../../../compiler/index.js';
import {
  pairCount,
  parityIndex,
  rotationIndex,
  slotBytes,
  startIndex,
  termBytes,
  termCount,
  vectorBytes,
} from '../layout.js';
import type { CircuitContext } from './circuit-context.js';
import { transformSigns } from './sign-transform.js';

/**
 * Adds the sums of the backward pass to the weights' gradients and clears them. Sums become derivatives with respect to the slots
 * that the tables were made from: of an angle a_p of e^{i a_p} it is -2 E_p, and of its parities the transform of that.
 */
export function writeReductions<V extends FloatVector>(context: CircuitContext<V>): void {
  const { fn, ops, plan, areas } = context;
  if (termCount(plan) === 0) return;
  const { wires } = plan.circuit;
  for (let pair = 0; pair < pairCount(plan); pair++) {
    const sums = (area: number, perLayer: number) =>
      [2 * pair, 2 * pair + 1].map((layer) => (layer < plan.form.layers.length ? area + layer * perLayer : undefined));
    if ([2 * pair, 2 * pair + 1].some((layer) => (plan.form.layers[layer]?.diagonal.terms.length ?? 0) > 0)) {
      const first = areas.slots + parityIndex(plan, pair, 0) * slotBytes;
      takeSums(context, first, sums(areas.phaseGradients, plan.states * vectorBytes), plan.states, -2);
      transformSigns(fn, fn.f64, first, plan.states);
    }
    const first = areas.slots + rotationIndex(plan, pair, 0) * slotBytes;
    takeSums(context, first, sums(areas.rotationGradients, wires * vectorBytes), wires, 2);
  }
  fn.loop(0, Math.ceil(plan.startCount / 2) * slotBytes, slotBytes, (at) => {
    const even = fn.let(i32.shiftLeft(at, 1));
    const values = [0, vectorBytes].map((offset) => sumOfLanes(context, even, areas.startGradients + offset));
    fn.store(at, areas.slots + startIndex(plan, 0) * slotBytes, besideEachOther(context, values));
    for (const offset of [0, vectorBytes]) fn.store(even, areas.startGradients + offset, ops.constant(0));
  });
  addGradients(context);
}

/** slot k = factor times the sums k of two layers. */
function takeSums<V extends FloatVector>(
  context: CircuitContext<V>,
  slots: number,
  sums: readonly (number | undefined)[],
  count: number,
  factor: number,
): void {
  const { fn, ops } = context;
  fn.loop(0, count * slotBytes, slotBytes, (at) => {
    const values = sums.map((sum) => (sum === undefined ? fn.f64.constant(0) : sumOfLanes(context, at, sum)));
    fn.store(at, slots, fn.f64.multiply(besideEachOther(context, values), fn.f64.constant(factor)));
    for (const sum of sums) if (sum !== undefined) fn.store(at, sum, ops.constant(0));
  });
}

/** Two numbers whose sum is that of all lanes. */
export function sumOfLanes<V extends FloatVector>(
  { fn, ops }: Pick<CircuitContext<V>, 'fn' | 'ops'>,
  address: Expression<'i32'>,
  offset: number,
): Expression<'f64x2'> {
  const { f32, f64 } = fn;
  if (ops.type === 'f64x2') return fn.let(f64.load(address, offset));
  const lanes = fn.let(f32.load(address, offset));
  return fn.let(f64.add(f64.promote(lanes), f64.promote(f32.shuffle(lanes, lanes, [2, 3, 2, 3]))));
}

function besideEachOther<V extends FloatVector>(
  { fn: { f64 } }: CircuitContext<V>,
  [a, b]: readonly Expression<'f64x2'>[],
): Expression<'f64x2'> {
  return f64.add(f64.shuffle(a!, b!, [0, 2]), f64.shuffle(a!, b!, [1, 3]));
}

/** gradient += slot . factors, for every term. */
function addGradients<V extends FloatVector>({ fn, ops, plan, areas }: CircuitContext<V>): void {
  const { f32, f64 } = fn;
  fn.loop(0, termCount(plan) * termBytes, termBytes, (at) => {
    const slot = f64.load(i32.load(at, areas.terms + 4));
    const parts = fn.let(f64.multiply(slot, f64.load(at, areas.terms + 16)));
    const sum = f64.add(parts, f64.shuffle(parts, parts, [1, 0]));
    const target = fn.let(i32.load(at, areas.terms + 8));
    if (ops.type === 'f64x2') fn.store(target, 0, f64.lane(f64.add(f64.loadSplat(target), sum), 0));
    else fn.store(target, 0, f32.lane(f32.add(f32.loadSplat(target), f64.demote(sum)), 0));
  });
}
