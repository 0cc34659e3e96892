import { i32, type Expression, type FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { bundleBytes, eachBlock } from './bundle.js';
import { ofLayer, type CircuitContext, type LayerPlace } from './circuit-context.js';
import {
  bitGroups,
  eachGroup,
  load,
  loadSplat,
  move,
  store,
  treeSum,
  type BitGroup,
  type Distance,
  type Pointer,
} from './pointer.js';

/** Bits of the chunks of a state that are worked on while they are near: 64 amplitudes are 2 kB. */
const chunkBits = 6;

/**
 * One layer of RY rotations, in place, up to a factor that is in the layer's diagonal. RY is real, so that real and imaginary parts
 * are turned alike: a' = a - t b, b' = b + t a with t = tan of half the angle.
 */
export function rotate<V extends FloatVector>(context: CircuitContext<V>, state: Pointer, layer: LayerPlace): void {
  const { low, high } = bitsOf(context);
  eachChunk(context, low, [state], ([chunk]) => {
    for (const group of bitGroups(low, 3)) rotateGroup(context, chunk!, 2 ** low, layer, group, 'forward');
  });
  for (const group of high(3)) rotateGroup(context, state, context.plan.states, layer, group, 'forward');
}

/** Adds the gradient of every angle of an RY layer to its sum, and turns lambda back. psi is the state after the layer. */
export function rotateBack<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  lambda: Pointer,
  layer: LayerPlace,
): void {
  const { states } = context.plan;
  const { low, high } = bitsOf(context);
  // All gradients of a part come before its first turn.
  for (const group of high(2)) addGradients(context, psi, lambda, states, layer, group);
  eachChunk(context, low, [psi, lambda], ([psiChunk, lambdaChunk]) => {
    for (const group of bitGroups(low, 2)) addGradients(context, psiChunk!, lambdaChunk!, 2 ** low, layer, group);
    for (const group of bitGroups(low, 3)) rotateGroup(context, lambdaChunk!, 2 ** low, layer, group, 'inverse');
  });
  for (const group of high(3)) rotateGroup(context, lambda, states, layer, group, 'inverse');
}

/** Bits inside a chunk, and the groups of the bits above. */
function bitsOf<V extends FloatVector>({ plan }: CircuitContext<V>) {
  const { wires } = plan.circuit;
  const low = wires > chunkBits + 1 ? chunkBits : wires;
  const high = (most: number): BitGroup[] =>
    wires === low ? [] : bitGroups(wires - low, most).map(({ first, size }) => ({ first: first + low, size }));
  return { low, high };
}

/** Visits the chunks of states one after another. */
function eachChunk<V extends FloatVector>(
  { fn, plan }: CircuitContext<V>,
  low: number,
  states: readonly Pointer[],
  body: (chunks: readonly Pointer[]) => void,
): void {
  const bytes = plan.width * amplitudeBytes;
  fn.loop(0, plan.states * bytes, 2 ** low * bytes, (counter) => {
    body(states.map((state) => (2 ** low === plan.states ? state : move(fn, state, { counter, known: 0 }))));
  });
}

/** Up to three wires in one pass: 8 vectors are loaded, turned in registers and stored. */
function rotateGroup<V extends FloatVector>(
  context: CircuitContext<V>,
  state: Pointer,
  states: number,
  layer: LayerPlace,
  group: BitGroup,
  direction: 'forward' | 'inverse',
): void {
  const { fn, ops, plan, areas } = context;
  const turned = rotatedBits(context, layer, group.first, group.size);
  if (turned.length === 0) return;
  const tangents = ofLayer(context, areas.tangents, layer, plan.circuit.wires * ops.elementBytes);
  const bytes = plan.width * amplitudeBytes;
  const step = 2 ** group.first * bytes;
  fn.scope(() => {
    const ts = turned.map(({ wire, quarter }) =>
      quarter === 0 ? fn.let(loadSplat(ops, tangents, wire * ops.elementBytes)) : undefined,
    );
    const turn = (vectors: Expression<V>[]): void => {
      turned.forEach(({ bit, quarter }, index) => {
        const t = ts[index];
        const falls = (direction === 'forward') !== quarter < 0;
        for (const [j, k] of pairs(vectors.length, bit)) {
          const [a, b] = [vectors[j]!, vectors[k]!];
          if (t === undefined) {
            vectors[j] = fn.let(falls ? ops.subtract(a, b) : ops.add(a, b));
            vectors[k] = fn.let(falls ? ops.add(b, a) : ops.subtract(b, a));
          } else {
            vectors[j] = fn.let(falls ? ops.negativeMultiplyAdd(t, b, a) : ops.multiplyAdd(t, b, a));
            vectors[k] = fn.let(falls ? ops.multiplyAdd(t, a, b) : ops.negativeMultiplyAdd(t, a, b));
          }
        }
      });
    };
    const members = Array.from({ length: 2 ** group.size }, (_, k) => k * step);
    // Neighbouring vectors that are stored after all of them are computed can be joined to 256 bits.
    const beside = fn.wide ? [0, vectorBytes] : [0];
    const turnGroup = (distance: Distance): void => {
      const at = move(fn, state, distance);
      const sides = beside.map((side) => members.map((member): Expression<V> => fn.let(load(ops, at, member + side))));
      sides.forEach(turn);
      members.forEach((member, k) => {
        sides.forEach((vectors, side) => {
          store(fn, at, vectors[k]!, member + beside[side]!);
        });
      });
    };
    eachGroup(fn, states, group, bytes, beside.length * vectorBytes, turnGroup, group.size < 3 ? 2 / beside.length : 1);
  });
}

/**
 * lambda_1 psi_0 - lambda_0 psi_1 over the pairs of each angle's wire, real and imaginary parts, with psi and lambda after the layer.
 * Up to two wires per pass.
 */
function addGradients<V extends FloatVector>(
  context: CircuitContext<V>,
  psi: Pointer,
  lambda: Pointer,
  states: number,
  layer: LayerPlace,
  group: BitGroup,
): void {
  const { fn, ops, plan, areas } = context;
  const { wires } = plan.circuit;
  const turned = rotatedBits(context, layer, group.first, group.size).filter(({ trainable }) => trainable);
  if (turned.length === 0) return;
  const bytes = plan.width * amplitudeBytes;
  const step = 2 ** group.first * bytes;
  fn.scope(() => {
    const sumsAt = ofLayer(context, areas.rotationGradients, layer, wires * vectorBytes);
    const sums = turned.map(({ wire }) => fn.let(load(ops, sumsAt, wire * vectorBytes)));
    const addBlock = (psiOf: Pointer, lambdaOf: Pointer): void =>
      eachGroup(fn, states, group, bytes, bundleBytes(context), (distance) => {
        const psiAt = move(fn, psiOf, distance);
        const lambdaAt = move(fn, lambdaOf, distance);
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
    // One block after the other, so that sums do not depend on how many lie side by side.
    eachBlock(context, i32.constant(0), (_, own) => {
      addBlock(own(psi), own(lambda));
    });
    turned.forEach(({ wire }, index) => {
      store(fn, sumsAt, sums[index]!, wire * vectorBytes);
    });
  });
}

/**
 * The rotated wires of a group: bit number inside the group, and 1 or -1 where the angle is always pi/2 or -pi/2.
 */
function rotatedBits<V extends FloatVector>(
  { plan }: CircuitContext<V>,
  layer: LayerPlace,
  first: number,
  size: number,
) {
  const { wires } = plan.circuit;
  return Array.from({ length: size }, (_, bit) => {
    const wire = wires - 1 - first - bit;
    const angle = plan.form.layers[layer.known]!.rotations[wire];
    return {
      bit,
      wire,
      rotates: angle !== undefined,
      trainable: (angle?.weights.length ?? 0) > 0,
      quarter: plan.turns[layer.known] === 'quarter' ? Math.sign(angle?.constant ?? 0) : 0,
    };
  }).filter(({ rotates }) => rotates);
}

/** Numbers below `count` that differ in one bit, the one with 0 first. */
function pairs(count: number, bit: number): [number, number][] {
  const result: [number, number][] = [];
  for (let j = 0; j < count; j++) if (((j >> bit) & 1) === 0) result.push([j, j | (1 << bit)]);
  return result;
}
