import type { Expression, FloatVector } from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { phasePointer } from './boundaries.js';
import type { CircuitContext } from './circuit-context.js';
import { buildMagnitudes, halfAngle, magnitudes } from './embedding.js';
import { load, loadSplat, move, pointerTo, store, sumElements, type Distance, type Pointer } from './pointer.js';

/** Takes the gradient of the embedding's angle on one wire, a vector of samples. */
export type TakeGradient<V extends FloatVector> = (wire: number, gradient: Expression<V>) => void;

/**
 * Gradients of diagonal 0 and of the embedding's angles, from lambda of the embedded state. The magnitudes form a tree by wires,
 * differentiated in reverse from v_p = Re(conj(D0_p) lambda_p): with bc = sum v[2j] R[j] and bs = sum v[2j+1] R[j], the angle of the
 * last wire gets bs cos - bc sin, and v[j] = v[2j] cos + v[2j+1] sin continues with the wire before.
 *
 * @param wanted wires whose gradients are taken
 */
export function addEmbeddingGradients<V extends FloatVector>(
  context: CircuitContext<V>,
  halfAngles: Pointer,
  lambda: Pointer,
  wanted: readonly number[],
  take: TakeGradient<V>,
): void {
  const { fn, ops, plan, areas } = context;
  const last = plan.circuit.wires - 1;
  const first = Math.min(last, ...wanted);
  buildMagnitudes(context, halfAngles);
  for (let wire = last; wire >= first; wire--) {
    fn.scope(() => {
      const cosine = fn.let(load(ops, halfAngle(halfAngles, wire)));
      const sine = fn.let(load(ops, halfAngle(halfAngles, wire), vectorBytes));
      const [ofCosine, ofSine] = sumElements(fn, ops, 2 ** wire, 2, (element) => {
        const r =
          wire === 0 ? ops.constant(1) : fn.let(load(ops, move(fn, magnitudes(areas.magnitudes, wire), element, 2)));
        const [even, odd] =
          wire === last
            ? realCotangents(
                context,
                lambda,
                element,
                [cosine, sine].map((factor) => ops.multiply(r, factor)),
              )
            : [0, vectorBytes].map((bit) => fn.let(load(ops, move(fn, pointerTo(areas.tree), element, 3), bit)));
        if (wire > first) {
          const folded = ops.multiplyAdd(odd!, sine, ops.multiply(even!, cosine));
          store(fn, move(fn, pointerTo(areas.tree), element, 2), folded);
        }
        return wire === 0 ? [even!, odd!] : [ops.multiply(even!, r), ops.multiply(odd!, r)];
      });
      if (wanted.includes(wire)) take(wire, ops.negativeMultiplyAdd(ofCosine!, sine, ops.multiply(ofSine!, cosine)));
    });
  }
}

/** v_p = Re(conj(d_p) lambda_p) for the two states of a pair, and E[0][p] += R_p Im(conj(lambda_p) d_p). */
function realCotangents<V extends FloatVector>(
  context: CircuitContext<V>,
  lambda: Pointer,
  pair: Distance,
  magnitudesOfPair: readonly Expression<V>[],
): Expression<V>[] {
  const { fn, ops, plan, areas } = context;
  const { isIdentity, trainable } = plan.form.diagonals[0]!;
  const at = move(fn, lambda, pair, 4);
  const phases = phasePointer(context, 0, pair, true);
  return magnitudesOfPair.map((magnitude, bit) => {
    const re = fn.let(load(ops, at, bit * 2 * vectorBytes));
    if (isIdentity) return re;
    const im = fn.let(load(ops, at, (bit * 2 + 1) * vectorBytes));
    const phaseRe = fn.let(loadSplat(ops, phases, bit * 2 * ops.elementBytes));
    const phaseIm = fn.let(loadSplat(ops, phases, (bit * 2 + 1) * ops.elementBytes));
    if (trainable) {
      const sum = move(fn, pointerTo(areas.phaseGradients + bit * vectorBytes), pair, 3);
      const turned = ops.negativeMultiplyAdd(im, phaseRe, ops.multiply(re, phaseIm));
      store(fn, sum, ops.multiplyAdd(turned, magnitude, load(ops, sum)));
    }
    return fn.let(ops.multiplyAdd(im, phaseIm, ops.multiply(re, phaseRe)));
  });
}
