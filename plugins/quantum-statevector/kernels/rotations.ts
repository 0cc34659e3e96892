import type { FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CircuitContext } from './circuit-context.js';
import { bitGroups, eachGroup, load, loadSplat, move, pointerTo, store, treeSum, type Pointer } from './pointer.js';

/**
 * One layer of RY rotations, in place. RY is real, so that real and imaginary parts are rotated alike: a' = c a - s b, b' = s a +
 * c b. Up to three wires per pass: 8 vectors are loaded, turned in registers and stored.
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
      for (const { bit, angle } of turned) {
        const c = fn.let(loadSplat(ops, angle));
        const s = fn.let(loadSplat(ops, angle, ops.elementBytes));
        for (const [j, k] of pairs(vectors.length, bit)) {
          const [a, b] = [vectors[j]!, vectors[k]!];
          const [ca, cb] = [ops.multiply(c, a), ops.multiply(c, b)];
          const forward = direction === 'forward';
          vectors[j] = fn.let(forward ? ops.negativeMultiplyAdd(s, b, ca) : ops.multiplyAdd(s, b, ca));
          vectors[k] = fn.let(forward ? ops.multiplyAdd(s, a, cb) : ops.negativeMultiplyAdd(s, a, cb));
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

/** The rotated wires of a group: bit number inside the group, and where cos and sin of half the angle are. */
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
    const entry = areas.rotations + (layer * wires + wire) * 2 * ops.elementBytes;
    return {
      bit,
      wire,
      rotates: angle !== undefined,
      trainable: (angle?.weights.length ?? 0) > 0,
      angle: pointerTo(entry),
    };
  }).filter(({ rotates }) => rotates);
}

/** Numbers below `count` that differ in one bit, the one with 0 first. */
function pairs(count: number, bit: number): [number, number][] {
  const result: [number, number][] = [];
  for (let j = 0; j < count; j++) if (((j >> bit) & 1) === 0) result.push([j, j | (1 << bit)]);
  return result;
}
