import type { FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CircuitContext } from './circuit-context.js';
import { bitGroups, eachGroup, load, loadSplat, move, pointerTo, store, treeSum, type Pointer } from './pointer.js';

/**
 * One layer of RY rotations, in place, up to a factor that is in the layer's diagonal. RY is real, so that real and imaginary parts
 * are turned alike: a' = a - t b, b' = b + t a with t = tan of half the angle. Up to three wires per pass: 8 vectors are loaded,
 * turned in registers and stored.
 */
export function rotate<V extends FloatVector>(
  context: CircuitContext<V>,
  state: Pointer,
  layer: number,
  direction: 'forward' | 'inverse',
): void {
  const { fn, ops, plan } = context;
  for (const group of bitGroups(plan.circuit.wires, 3)) {
    const turned = rotatedBits(context, layer, group.first, group.size);
    if (turned.length === 0) continue;
    const step = 2 ** group.first * amplitudeBytes;
    eachGroup(fn, plan.states, group, amplitudeBytes, vectorBytes, (distance) => {
      const at = move(fn, state, distance);
      const vectors = Array.from({ length: 2 ** group.size }, (_, k) => fn.let(load(ops, at, k * step)));
      for (const { bit, tangent, quarter } of turned) {
        const t = quarter === 0 ? fn.let(loadSplat(ops, tangent)) : undefined;
        for (const [j, k] of pairs(vectors.length, bit)) {
          const [a, b] = [vectors[j]!, vectors[k]!];
          const falls = (direction === 'forward') !== quarter < 0;
          if (t === undefined) {
            vectors[j] = fn.let(falls ? ops.subtract(a, b) : ops.add(a, b));
            vectors[k] = fn.let(falls ? ops.add(b, a) : ops.subtract(b, a));
          } else {
            vectors[j] = fn.let(falls ? ops.negativeMultiplyAdd(t, b, a) : ops.multiplyAdd(t, b, a));
            vectors[k] = fn.let(falls ? ops.multiplyAdd(t, a, b) : ops.negativeMultiplyAdd(t, a, b));
          }
        }
      }
      vectors.forEach((vector, k) => {
        store(fn, at, vector, k * step);
      });
    });
  }
}

/**
 * Adds the gradient of every angle of an RY layer to its sum: lambda_1 psi_0 - lambda_0 psi_1 over the pairs of the angle's wire,
 * real and imaginary parts, with psi and lambda after the layer. Up to two wires per pass.
 */
export function addRotationGradients<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  lambda: Pointer,
  layer: number,
): void {
  const { fn, ops, plan, areas } = context;
  const { wires } = plan.circuit;
  for (const group of bitGroups(wires, 2)) {
    const turned = rotatedBits(context, layer, group.first, group.size).filter(({ trainable }) => trainable);
    if (turned.length === 0) continue;
    const step = 2 ** group.first * amplitudeBytes;
    fn.scope(() => {
      const targets = turned.map(({ wire }) =>
        pointerTo(areas.rotationGradients + (layer * wires + wire) * vectorBytes),
      );
      const sums = targets.map((target) => fn.let(load(ops, target)));
      eachGroup(fn, plan.states, group, amplitudeBytes, vectorBytes, (distance) => {
        const psiAt = move(fn, psi, distance);
        const lambdaAt = move(fn, lambda, distance);
        const members = Array.from({ length: 2 ** group.size }, (_, k) => k * step);
        const psis = members.map((member) => fn.let(load(ops, psiAt, member)));
        const lambdas = members.map((member) => fn.let(load(ops, lambdaAt, member)));
        turned.forEach(({ bit }, index) => {
          // Added up as a tree first: the chain from one group to the next is a single addition per angle.
          const terms = pairs(members.length, bit).map(([j, k]) =>
            ops.negativeMultiplyAdd(lambdas[j]!, psis[k]!, ops.multiply(lambdas[k]!, psis[j]!)),
          );
          fn.accumulate(sums[index]!, treeSum(ops, terms));
        });
      });
      targets.forEach((target, index) => {
        store(fn, target, sums[index]!);
      });
    });
  }
}

/**
 * The rotated wires of a group: bit number inside the group, where the tangent is, and 1 or -1 where the angle is always pi/2 or
 * -pi/2.
 */
function rotatedBits<V extends FloatVector>(
  { plan, areas, ops }: CircuitContext<V>,
  layer: number,
  first: number,
  size: number,
) {
  const { wires } = plan.circuit;
  return Array.from({ length: size }, (_, bit) => {
    const wire = wires - 1 - first - bit;
    const angle = plan.form.layers[layer]!.rotations[wire];
    return {
      bit,
      wire,
      rotates: angle !== undefined,
      trainable: (angle?.weights.length ?? 0) > 0,
      tangent: pointerTo(areas.tangents + (layer * wires + wire) * ops.elementBytes),
      quarter: plan.turns[layer] === 'quarter' ? Math.sign(angle?.constant ?? 0) : 0,
    };
  }).filter(({ rotates }) => rotates);
}

/** Numbers below `count` that differ in one bit, the one with 0 first. */
function pairs(count: number, bit: number): [number, number][] {
  const result: [number, number][] = [];
  for (let j = 0; j < count; j++) if (((j >> bit) & 1) === 0) result.push([j, j | (1 << bit)]);
  return result;
}
