import {
  halfAngleSineCosine,
  sineCosine,
  type Expression,
  type FloatVector,
  type RowBuffer,
} from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { phasePointer } from './boundaries.js';
import type { CircuitContext } from './circuit-context.js';
import { eachElement, load, loadSplat, move, pointerTo, rowPointer, store, type Pointer } from './pointer.js';

/** cos at 0, sin at one vector further, of wire `wire` for one block. */
export function halfAngle(halfAngles: Pointer, wire: number): Pointer {
  return { base: halfAngles.base, offset: halfAngles.offset + wire * 2 * vectorBytes };
}

/** cos and sin of half the embedding's angles, for one block. */
export function storeHalfAngles<V extends FloatVector>(
  { fn, ops, plan, areas }: CircuitContext<V>,
  input: RowBuffer,
  sampleBytes: Expression<'i32'>,
  halfAngles: Pointer,
): void {
  plan.form.embedding.forEach(({ constant, weights, input: row }, wire) => {
    fn.scope(() => {
      const start = pointerTo(areas.starts + wire * 3 * ops.elementBytes);
      const target = halfAngle(halfAngles, wire);
      if (row === undefined) {
        store(fn, target, loadSplat(ops, start, ops.elementBytes));
        store(fn, target, loadSplat(ops, start, 2 * ops.elementBytes), vectorBytes);
        return;
      }
      const x = load(ops, rowPointer(input, row, sampleBytes));
      const shifted = constant !== 0 || weights.length > 0;
      const { sine, cosine } = shifted
        ? sineCosine(fn, ops, ops.multiplyAdd(x, ops.constant(0.5), loadSplat(ops, start)))
        : halfAngleSineCosine(fn, ops, x);
      store(fn, target, cosine);
      store(fn, target, sine, vectorBytes);
    });
  });
}

/** Level k of the tree of magnitudes: the products over the first k wires. */
export function magnitudes(base: number, level: number): Pointer {
  return pointerTo(base + 2 ** level * vectorBytes);
}

/** Builds the magnitudes of the first wires - 1 wires, level by level: R'[2j] = R[j] cos, R'[2j + 1] = R[j] sin. */
export function buildMagnitudes<V extends FloatVector>(
  { fn, ops, plan, areas }: CircuitContext<V>,
  halfAngles: Pointer,
): void {
  for (let wire = 0; wire < plan.circuit.wires - 1; wire++) {
    fn.scope(() => {
      const cosine = fn.let(load(ops, halfAngle(halfAngles, wire)));
      const sine = fn.let(load(ops, halfAngle(halfAngles, wire), vectorBytes));
      const target = magnitudes(areas.magnitudes, wire + 1);
      if (wire === 0) {
        store(fn, target, cosine);
        store(fn, target, sine, vectorBytes);
        return;
      }
      eachElement(fn, 2 ** wire, (element) => {
        const r = fn.let(load(ops, move(fn, magnitudes(areas.magnitudes, wire), element, 2)));
        const to = move(fn, target, element, 3);
        store(fn, to, ops.multiply(r, cosine));
        store(fn, to, ops.multiply(r, sine), vectorBytes);
      });
    });
  }
}

/** The product state of one block times diagonal 0. */
export function embed<V extends FloatVector>(context: CircuitContext<V>, halfAngles: Pointer, state: Pointer): void {
  const { fn, ops, plan, areas } = context;
  const last = plan.circuit.wires - 1;
  const { isIdentity } = plan.form.diagonals[0]!;
  buildMagnitudes(context, halfAngles);
  fn.scope(() => {
    const factors = [0, vectorBytes].map((distance) => fn.let(load(ops, halfAngle(halfAngles, last), distance)));
    eachElement(fn, 2 ** last, (element) => {
      const r = last === 0 ? undefined : fn.let(load(ops, move(fn, magnitudes(areas.magnitudes, last), element, 2)));
      const to = move(fn, state, element, 4);
      const phase = phasePointer(context, 0, element, true);
      factors.forEach((factor, bit) => {
        const magnitude = r === undefined ? factor : fn.let(ops.multiply(r, factor));
        const at = bit * 2 * vectorBytes;
        if (isIdentity) {
          store(fn, to, magnitude, at);
          store(fn, to, ops.constant(0), at + vectorBytes);
          return;
        }
        const entry = bit * 2 * ops.elementBytes;
        store(fn, to, ops.multiply(magnitude, loadSplat(ops, phase, entry)), at);
        store(fn, to, ops.multiply(magnitude, loadSplat(ops, phase, entry + ops.elementBytes)), at + vectorBytes);
      });
    });
  });
}
