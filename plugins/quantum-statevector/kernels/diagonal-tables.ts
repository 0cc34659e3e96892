import {
  i32,
  sineCosine,
  sineCosineOfRest,
  type Expression,
  type FloatVector,
  type FunctionBuilder,
  type VectorOperations,
} from '../../../compiler/index.js';
import { parityIndex, slotBytes } from '../layout.js';
import type { CircuitContext } from './circuit-context.js';

/** Adding it rounds to an integer that the low bits of the sum hold. */
const rounding = 6755399441055744;
/** pi/2 in two parts. */
const [halfPi, halfPiRest] = [1.5707963267948966, 6.123233995736766e-17];

/**
 * An angle of float64 as right angles, in the low bits of `magic`, and a rest of at most pi/4. Both are locals. Angles beyond 1e15 have
 * no digits left for the rest, which can be anything then: `atMostOne` keeps it finite.
 */
export function reduced(
  fn: FunctionBuilder,
  angle: Expression<'f64x2'>,
): { readonly magic: Expression<'f64x2'>; readonly rest: Expression<'f64x2'> } {
  const { f64 } = fn;
  const magic = fn.let(f64.multiplyAdd(angle, f64.constant(2 / Math.PI), f64.constant(rounding)));
  const quarters = fn.let(f64.subtract(magic, f64.constant(rounding)));
  const near = f64.negativeMultiplyAdd(quarters, f64.constant(halfPi), angle);
  return { magic, rest: fn.let(f64.negativeMultiplyAdd(quarters, f64.constant(halfPiRest), near)) };
}

/** The rest of an angle, limited to what rests are; NaN stays. */
export function atMostOne<V extends FloatVector>(ops: VectorOperations<V>, rest: Expression<V>): Expression<V> {
  return ops.minimum(ops.maximum(rest, ops.constant(-1)), ops.constant(1));
}

/** Layers of a pair, with their lanes. */
export function layersOf<V extends FloatVector>({ plan }: Pick<CircuitContext<V>, 'plan'>, pair: number) {
  return [2 * pair, 2 * pair + 1].flatMap((layer, lane) => (layer < plan.form.layers.length ? [{ layer, lane }] : []));
}

/** Factors of the basis states of a pair of layers, from the sums of their angles: phases times the layers' scales. */
export function writeDiagonals<V extends FloatVector>(
  context: CircuitContext<V>,
  pair: number,
  scale: Expression<'f64x2'>,
): void {
  if (context.ops.type === 'f64x2') writeDoubles(context, pair, scale);
  else writeSingles(context, pair, scale);
}

function writeDoubles<V extends FloatVector>(
  context: CircuitContext<V>,
  pair: number,
  scale: Expression<'f64x2'>,
): void {
  const { fn, plan, areas } = context;
  const { f64 } = fn;
  const phaseBytes = 16;
  fn.loop(0, plan.states * slotBytes, slotBytes, (at) => {
    const angles = f64.load(at, areas.slots + parityIndex(plan, pair, 0) * slotBytes);
    const { sine, cosine } = sineCosine(fn, f64, angles);
    const re = fn.let(f64.multiply(cosine, scale));
    const im = fn.let(f64.multiply(sine, scale));
    for (const { layer, lane } of layersOf(context, pair)) {
      fn.store(at, areas.diagonals + layer * plan.states * phaseBytes, f64.shuffle(re, im, [lane, 2 + lane]));
    }
  });
}

/** Two basis states at a time, in both layers of the pair: angles are reduced in float64, which has the digits, and then rounded. */
function writeSingles<V extends FloatVector>(
  context: CircuitContext<V>,
  pair: number,
  scale: Expression<'f64x2'>,
): void {
  const { fn, plan, areas } = context;
  const { f32, f64 } = fn;
  const phaseBytes = 8;
  const rounded = fn.let(f64.demote(scale));
  const scales = fn.let(f32.shuffle(rounded, rounded, [0, 1, 0, 1]));
  fn.loop(0, plan.states * phaseBytes, 2 * phaseBytes, (to) => {
    const from = fn.let(i32.shiftLeft(to, Math.log2(slotBytes / phaseBytes)));
    const [first, second] = [0, slotBytes].map((next) =>
      reduced(fn, fn.let(f64.load(from, areas.slots + parityIndex(plan, pair, 0) * slotBytes + next))),
    );
    const rests = f32.shuffle(f64.demote(first!.rest), f64.demote(second!.rest), [0, 1, 4, 5]);
    const [a, b] = [first!, second!].map(({ magic }): Expression<'f32x4'> => ({
      op: 'reinterpret',
      type: 'f32x4',
      a: magic,
    }));
    const quarters = f32.asIntegers(f32.shuffle(a!, b!, [0, 2, 4, 6]));
    const { sine, cosine } = sineCosineOfRest(fn, f32, fn.let(atMostOne(f32, rests)), quarters);
    const re = fn.let(f32.multiply(cosine, scales));
    const im = fn.let(f32.multiply(sine, scales));
    for (const { layer, lane } of layersOf(context, pair)) {
      const phases = f32.shuffle(re, im, [lane, 4 + lane, 2 + lane, 6 + lane]);
      fn.store(to, areas.diagonals + layer * plan.states * phaseBytes, phases);
    }
  });
}
