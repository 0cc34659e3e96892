import {
  sineCosine,
  type Expression,
  type FloatVector,
  type RowBuffer,
  type SineCosine,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes, type StartRotation } from '../layout.js';
import type { Block, CircuitContext } from './circuit-context.js';
import { ComplexOperations, type ComplexVector } from './complex-vector.js';
import { load, loadSplat, pointerTo, rowPointer, store, type Pointer } from './pointer.js';

/** Amplitudes of |0> and |1> of one wire. */
export type WireState<V extends FloatVector> = readonly [ComplexVector<V>, ComplexVector<V>];

/** Where a block keeps the state of a wire of the product: |0>, and |1> one amplitude later. */
export function wireStateAt({ wireStates: { base, offset } }: Block, wire: number): Pointer {
  return { base, offset: offset + wire * 2 * amplitudeBytes };
}

/** What the angles of the rotations from |0> need. */
export type StartContext<V extends FloatVector> = Pick<CircuitContext<V>, 'fn' | 'ops'> & {
  readonly areas: Pick<CircuitContext<V>['areas'], 'startAngleValues' | 'startCosines' | 'startSines'>;
};

/** Inputs of a block of samples. */
export interface BlockInputs {
  readonly rows: RowBuffer;
  readonly sampleBytes: Expression<'i32'>;
}

/**
 * Turns every wire as the product says, and keeps the results: from |0> and by inputs, or from the states that are given, where no
 * input turns anything.
 */
export function turnWires<V extends FloatVector>(
  context: CircuitContext<V>,
  block: Block,
  from: BlockInputs | ((wire: number) => WireState<V>),
): void {
  const { fn, ops, plan } = context;
  const complex = new ComplexOperations(fn, ops);
  plan.starts.forEach((rotations, wire) => {
    fn.scope(() => {
      const zero = ops.constant(0);
      const isZero = typeof from === 'object';
      let state: WireState<V> = isZero
        ? [
            { re: ops.constant(1), im: zero },
            { re: zero, im: zero },
          ]
        : from(wire);
      rotations.forEach((rotation, number) => {
        const angle = isZero
          ? keepAngle(context, block, rotation, from, inputFactor(rotation))
          : keptAngle(context, block, rotation);
        state =
          number === 0 && isZero
            ? [
                { re: angle.cosine, im: zero },
                { re: angle.sine, im: zero },
              ]
            : turnWire(complex, state, rotation.axis, angle, 'forward');
      });
      const at = wireStateAt(block, wire);
      complex.store(at, state[0]);
      complex.store(at, state[1], amplitudeBytes);
    });
  });
}

/** One rotation of a wire: RY by twice the given angle, or diag(1, e^{it}) by the angle itself. */
export function turnWire<V extends FloatVector>(
  complex: ComplexOperations<V>,
  [zero, one]: WireState<V>,
  axis: 'Y' | 'Z',
  { sine, cosine }: SineCosine<V>,
  direction: 'forward' | 'inverse',
): WireState<V> {
  const forward = direction === 'forward';
  if (axis === 'Y')
    return [complex.turn(cosine, zero, sine, one, forward), complex.turn(cosine, one, sine, zero, !forward)];
  const phase = { re: cosine, im: sine };
  return [zero, forward ? complex.multiply(phase, one) : complex.conjugateMultiply(phase, one)];
}

/** cos and sin of a rotation's angle (half of it about y): from memory, except that `keepAngle` computed those with inputs. */
export function keptAngle<V extends FloatVector>(
  { fn, ops, areas }: StartContext<V>,
  block: Pick<Block, 'startAngles'>,
  { index, slot }: StartRotation,
): SineCosine<V> {
  if (slot === undefined) {
    const entry = index * ops.elementBytes;
    return {
      cosine: fn.let(loadSplat(ops, pointerTo(areas.startCosines + entry))),
      sine: fn.let(loadSplat(ops, pointerTo(areas.startSines + entry))),
    };
  }
  const at = slotAt(block, slot);
  return { cosine: fn.let(load(ops, at)), sine: fn.let(load(ops, at, vectorBytes)) };
}

/** The same; those with inputs are computed, with each input times `factor`, and kept. */
export function keepAngle<V extends FloatVector>(
  context: StartContext<V>,
  block: Pick<Block, 'startAngles'>,
  rotation: StartRotation,
  { rows, sampleBytes }: BlockInputs,
  factor: number,
): SineCosine<V> {
  const { fn, ops, areas } = context;
  const { angle, index, slot } = rotation;
  if (slot === undefined || angle.input === undefined) return keptAngle(context, block, rotation);
  const x = load(ops, rowPointer(rows, angle.input.index, sampleBytes));
  const shared = loadSplat(ops, pointerTo(areas.startAngleValues + index * ops.elementBytes));
  const shifted = angle.constant !== 0 || angle.weights.length > 0;
  const own = factor === 1 ? x : ops.multiply(x, ops.constant(factor));
  const result = sineCosine(fn, ops, shifted ? ops.add(own, shared) : own);
  const at = slotAt(block, slot);
  store(fn, at, result.cosine);
  store(fn, at, result.sine, vectorBytes);
  return result;
}

/** What an input is multiplied by where it becomes an angle: half for y. */
export function inputFactor({ axis, angle }: StartRotation): number {
  return (angle.input?.factor ?? 0) * (axis === 'Y' ? 0.5 : 1);
}

function slotAt({ startAngles: { base, offset } }: Pick<Block, 'startAngles'>, slot: number): Pointer {
  return { base, offset: offset + slot * 2 * vectorBytes };
}
