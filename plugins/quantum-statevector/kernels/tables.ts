import { i32, sineCosine, smallSineCosine, type Expression, type FloatVector } from '../../../compiler/index.js';
import {
  amplitudeBytes,
  pairCount,
  parityIndex,
  rotationIndex,
  slotBytes,
  slotTotal,
  startIndex,
  termBytes,
  termCount,
} from '../layout.js';
import type { CircuitContext } from './circuit-context.js';
import { atMostOne, layersOf, reduced, writeDiagonals } from './diagonal-tables.js';
import { transformSigns } from './sign-transform.js';

/**
 * Computes everything that follows from the weights: cos and sin of the product's angles, tangents, diagonals and permutations.
 * Angles are added up in slots of float64, two layers side by side, whatever the precision of the circuit.
 */
export function writeTables<V extends FloatVector>(context: CircuitContext<V>): void {
  const { fn, plan, areas } = context;
  fn.loop(0, slotTotal(plan) * slotBytes, slotBytes, (at) => {
    fn.store(at, areas.slots, fn.f64.load(at, areas.slotConstants));
  });
  addWeights(context);
  for (let pair = 0; pair < pairCount(plan); pair++)
    fn.scope(() => {
      const scale = fn.let(fn.f64.load(areas.scales + pair * slotBytes));
      turnPair(context, pair, scale);
      transformSigns(fn, fn.f64, areas.slots + parityIndex(plan, pair, 0) * slotBytes, plan.states);
      writeDiagonals(context, pair, scale);
    });
  writeStarts(context);
}

/** slot += weight * factors, for every term. */
function addWeights<V extends FloatVector>({ fn, ops, plan, areas }: CircuitContext<V>): void {
  const { f64 } = fn;
  fn.loop(0, termCount(plan) * termBytes, termBytes, (at) => {
    const address = i32.load(at, areas.terms);
    const weight = ops.type === 'f32x4' ? f64.promote(fn.f32.loadSplat(address)) : f64.loadSplat(address);
    const slot = fn.let(i32.load(at, areas.terms + 4));
    fn.store(slot, 0, f64.multiplyAdd(weight, f64.load(at, areas.terms + 16), f64.load(slot)));
  });
}

/**
 * RY(t) = RY(t - k pi) RY(k pi) with |t - k pi| <= pi/2: for odd k the second factor flips the wire, up to a sign where it was 1,
 * which is a phase about the wire's parity before the permutation. What is left is cos(h) (1, -tan h; tan h, 1), whose cosine joins
 * the diagonal.
 */
function turnPair<V extends FloatVector>(context: CircuitContext<V>, pair: number, scale: Expression<'f64x2'>): void {
  const { fn, ops, plan, areas } = context;
  const turned = layersOf(context, pair).filter(({ layer }) => plan.turns[layer] === 'tangent');
  if (turned.length === 0) return;
  const { f64 } = fn;
  const { wires } = plan.circuit;
  const flips = fn.let(f64.integerConstant(0));
  const signs = fn.let(f64.integerConstant(0));
  fn.loop(0, wires * slotBytes, slotBytes, (at) => {
    const half = fn.let(f64.load(at, areas.slots + rotationIndex(plan, pair, 0) * slotBytes));
    const { magic, rest } = reduced(fn, half);
    const { tangents, cosine } = tangentOf(context, rest);
    fn.set(scale, f64.multiply(scale, cosine));
    const odd = fn.let(
      f64.integer(
        'subtract',
        f64.integerConstant(0),
        f64.integer('and', f64.asIntegers(magic), f64.integerConstant(1)),
      ),
    );
    const masksAt = (first: number) => f64.asIntegers(f64.load(at, areas.wireMasks + first * slotBytes));
    fn.set(flips, f64.integer('xor', flips, f64.integer('and', odd, masksAt(0))));
    fn.set(signs, f64.integer('xor', signs, f64.integer('and', odd, masksAt((1 + pair) * wires))));
    const element = i32.shiftRightUnsigned(at, ops.type === 'f32x4' ? 2 : 1);
    for (const { layer, lane } of turned)
      fn.store(element, areas.tangents + layer * wires * ops.elementBytes, tangents[lane]!);
  });
  fn.store(0, areas.scratch, flips);
  fn.store(0, areas.scratch + slotBytes, signs);
  for (const { layer, lane } of turned) {
    fn.scope(() => {
      const slot = fn.let(i32.shiftLeft(i32.load(0, areas.scratch + slotBytes + lane * 8), Math.log2(slotBytes)));
      const angles = areas.slots + parityIndex(plan, pair, 0) * slotBytes;
      const turn = f64.load(areas.scales + (pairCount(plan) + lane) * slotBytes);
      fn.store(slot, angles, f64.add(f64.load(slot, angles), turn));
      const shift = Math.log2(plan.width * amplitudeBytes);
      fn.store(0, areas.scratch + lane * 8, i32.shiftLeft(i32.load(0, areas.scratch + lane * 8), shift));
      const flip = fn.let(fn.f32.asIntegers(fn.f32.loadSplat(areas.scratch + lane * 8)));
      const table = layer * plan.states * 4;
      fn.loop(0, plan.states * 4, 16, (at) => {
        const base = fn.f32.asIntegers(fn.f32.load(at, areas.basePermutations + table));
        fn.store(at, areas.permutations + table, fn.f32.integer('xor', base, flip));
      });
    });
  }
}

/** Both tangents, in the circuit's precision, and the cosines of two angles of at most pi/4. */
function tangentOf<V extends FloatVector>(
  { fn, ops }: CircuitContext<V>,
  angle: Expression<'f64x2'>,
): { readonly tangents: readonly Expression[]; readonly cosine: Expression<'f64x2'> } {
  const { f32, f64 } = fn;
  if (ops.type === 'f64x2') {
    const { sine, cosine } = smallSineCosine(fn, f64, fn.let(atMostOne(f64, angle)));
    const tangent = fn.let(f64.divide(sine, cosine));
    return { tangents: [0, 1].map((lane) => f64.lane(tangent, lane)), cosine };
  }
  const { sine, cosine } = smallSineCosine(fn, f32, fn.let(atMostOne(f32, f64.demote(angle))));
  const tangent = fn.let(f32.divide(sine, cosine));
  return { tangents: [0, 1].map((lane) => f32.lane(tangent, lane)), cosine: f64.promote(cosine) };
}

/** Angle as it is used, cos and sin of the product's rotations. */
function writeStarts<V extends FloatVector>(context: CircuitContext<V>): void {
  const { fn, ops, plan, areas } = context;
  fn.loop(0, Math.ceil(plan.startCount / 2) * slotBytes, slotBytes, (at) => {
    const angles = fn.let(fn.f64.load(at, areas.slots + startIndex(plan, 0) * slotBytes));
    const { sine, cosine } = sineCosine(fn, fn.f64, angles);
    const to = fn.let(i32.shiftRightUnsigned(at, ops.type === 'f32x4' ? 1 : 0));
    storePair(context, to, areas.startAngleValues, angles);
    storePair(context, to, areas.startCosines, cosine);
    storePair(context, to, areas.startSines, sine);
  });
}

/** Both lanes, in the circuit's precision, one after the other. */
export function storePair<V extends FloatVector>(
  { fn, ops }: Pick<CircuitContext<V>, 'fn' | 'ops'>,
  address: Expression<'i32'>,
  offset: number,
  values: Expression<'f64x2'>,
): void {
  if (ops.type === 'f64x2') {
    fn.store(address, offset, values);
    return;
  }
  // Two floats are the bits of one double.
  const both: Expression<'f64x2'> = { op: 'reinterpret', type: 'f64x2', a: fn.f64.demote(values) };
  fn.store(address, offset, fn.f64.lane(both, 0));
}
