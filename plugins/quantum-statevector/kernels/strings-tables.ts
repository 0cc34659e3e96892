import { i32, sineCosine, type Expression, type FloatVector } from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { angleCount, turnBytes, weightTermBytes, weightTermCount } from '../string-layout.js';
import { sumOfLanes } from './reductions.js';
import type { StringsContext } from './strings-context.js';
import { storePair } from './tables.js';

/** Computes everything that follows from the weights, in float64: cos and sin of all angles, and the coefficients. */
export function writeStringTables<V extends FloatVector>(context: StringsContext<V>): void {
  const { fn, ops, plan, areas } = context;
  const { f64 } = fn;
  const angleBytes = Math.ceil(angleCount(plan) / 2) * 16;
  fn.loop(0, angleBytes, 16, (at) => {
    fn.store(at, areas.angles, f64.load(at, areas.angleConstants));
  });
  fn.loop(0, weightTermCount(plan) * weightTermBytes, weightTermBytes, (at) => {
    const address = i32.load(at, areas.terms);
    const weight = ops.type === 'f32x4' ? f64.promote(fn.f32.loadSplat(address)) : f64.loadSplat(address);
    const angle = fn.let(i32.load(at, areas.terms + 4));
    const sum = f64.multiplyAdd(weight, f64.loadSplat(at, areas.terms + 16), f64.loadSplat(angle));
    fn.store(angle, 0, f64.lane(sum, 0));
  });
  fn.loop(0, angleBytes, 16, (at) => {
    const { sine, cosine } = sineCosine(fn, f64, f64.load(at, areas.angles));
    fn.store(at, areas.angleCosines, cosine);
    fn.store(at, areas.angleSines, sine);
  });
  writeStarts(context);
  writeCoefficients(context);
}

/** The angles of the rotations from |0>, their cos and sin, in the circuit's precision. */
function writeStarts<V extends FloatVector>(context: StringsContext<V>): void {
  const { fn, ops, plan, areas } = context;
  const first = plan.angles.length * 8;
  fn.loop(0, Math.ceil(plan.startCount / 2) * 16, 16, (at) => {
    const to = fn.let(i32.shiftRightUnsigned(at, ops.type === 'f32x4' ? 1 : 0));
    storePair(context, to, areas.startAngleValues, fn.let(fn.f64.load(at, areas.angles + first)));
    storePair(context, to, areas.startCosines, fn.let(fn.f64.load(at, areas.angleCosines + first)));
    storePair(context, to, areas.startSines, fn.let(fn.f64.load(at, areas.angleSines + first)));
  });
}

function writeCoefficients<V extends FloatVector>({ fn, ops, plan, areas }: StringsContext<V>): void {
  const { f64 } = fn;
  const strings = plan.terms.length;
  fn.loop(0, strings * vectorBytes, vectorBytes, (at) => {
    fn.store(at, areas.coefficients, f64.load(at, areas.firstCoefficients));
  });
  fn.loop(0, plan.turns.length * turnBytes, turnBytes, (at) => {
    const [a, b] = [fn.let(i32.load(at, areas.turns)), fn.let(i32.load(at, areas.turns + 4))];
    const angle = fn.let(i32.load(at, areas.turns + 8));
    const cosine = fn.let(f64.loadSplat(angle, areas.angleCosines));
    const sine = fn.let(f64.loadSplat(angle, areas.angleSines));
    const [u, v] = [fn.let(f64.load(a, areas.coefficients)), fn.let(f64.load(b, areas.coefficients))];
    fn.store(a, areas.coefficients, f64.negativeMultiplyAdd(sine, v, f64.multiply(cosine, u)));
    fn.store(b, areas.coefficients, f64.multiplyAdd(sine, u, f64.multiply(cosine, v)));
  });
  fn.loop(0, strings * 8, 8, (at) => {
    const coefficient = f64.loadSplat(i32.shiftLeft(at, 1), areas.coefficients);
    const value = fn.let(f64.multiply(coefficient, f64.loadSplat(at, areas.signs)));
    if (ops.type === 'f64x2') fn.store(at, areas.factors, f64.lane(value, 0));
    else fn.store(i32.shiftRightUnsigned(at, 1), areas.factors, fn.f32.lane(f64.demote(value), 0));
  });
}

/**
 * Adds the sums of the backward pass to the weights' gradients and clears them. The derivatives by the coefficients go back through
 * the turns together with the coefficients themselves, each pair in one vector.
 */
export function writeStringReductions<V extends FloatVector>(context: StringsContext<V>): void {
  const { fn, ops, plan, areas } = context;
  const { f64 } = fn;
  if (weightTermCount(plan) === 0) return;
  fn.loop(0, angleCount(plan) * 8, 8, (at) => {
    fn.store(at, areas.angleGradients, f64.lane(f64.constant(0), 0));
  });
  if (plan.turns.length > 0) turnBack(context);
  fn.loop(0, plan.startCount * vectorBytes, vectorBytes, (at) => {
    const to = i32.shiftRightUnsigned(at, 1);
    fn.store(to, areas.angleGradients + plan.angles.length * 8, f64.lane(total(context, at, areas.startSums), 0));
    fn.store(at, areas.startSums, ops.constant(0));
  });
  fn.loop(0, weightTermCount(plan) * weightTermBytes, weightTermBytes, (at) => {
    const angle = f64.loadSplat(i32.load(at, areas.terms + 12));
    const gained = fn.let(f64.multiply(angle, f64.loadSplat(at, areas.terms + 16)));
    const target = fn.let(i32.load(at, areas.terms + 8));
    if (ops.type === 'f64x2') fn.store(target, 0, f64.lane(f64.add(f64.loadSplat(target), gained), 0));
    else fn.store(target, 0, fn.f32.lane(fn.f32.add(fn.f32.loadSplat(target), f64.demote(gained)), 0));
  });
}

function turnBack<V extends FloatVector>(context: StringsContext<V>): void {
  const { fn, ops, plan, areas } = context;
  const { f64 } = fn;
  fn.loop(0, plan.terms.length * vectorBytes, vectorBytes, (at) => {
    const sign = f64.loadSplat(i32.shiftRightUnsigned(at, 1), areas.signs);
    const derivative = fn.let(f64.multiply(total(context, at, areas.termSums), sign));
    fn.store(at, areas.work, f64.shuffle(f64.load(at, areas.coefficients), derivative, [0, 2]));
    fn.store(at, areas.termSums, ops.constant(0));
  });
  const bytes = plan.turns.length * turnBytes;
  fn.loop(0, bytes, turnBytes, (passed) => {
    const at = fn.let(i32.subtract(i32.constant(bytes - turnBytes), passed));
    const [a, b] = [fn.let(i32.load(at, areas.turns)), fn.let(i32.load(at, areas.turns + 4))];
    const angle = fn.let(i32.load(at, areas.turns + 8));
    const cosine = fn.let(f64.loadSplat(angle, areas.angleCosines));
    const sine = fn.let(f64.loadSplat(angle, areas.angleSines));
    const [u, v] = [fn.let(f64.load(a, areas.work)), fn.let(f64.load(b, areas.work))];
    // da' = -b', db' = a'.
    const products = fn.let(f64.multiply(u, f64.shuffle(v, v, [1, 0])));
    const slope = f64.subtract(products, f64.shuffle(products, products, [1, 0]));
    const sum = f64.add(f64.loadSplat(angle, areas.angleGradients), slope);
    fn.store(angle, areas.angleGradients, f64.lane(sum, 0));
    fn.store(a, areas.work, f64.multiplyAdd(sine, v, f64.multiply(cosine, u)));
    fn.store(b, areas.work, f64.negativeMultiplyAdd(sine, u, f64.multiply(cosine, v)));
  });
}

/** The sum of a vector's lanes, in both lanes. */
function total<V extends FloatVector>(
  context: StringsContext<V>,
  at: Expression<'i32'>,
  area: number,
): Expression<'f64x2'> {
  const { f64 } = context.fn;
  const halves = context.fn.let(sumOfLanes(context, at, area));
  return context.fn.let(f64.add(halves, f64.shuffle(halves, halves, [1, 0])));
}
