import type { HostAddresses, MemoryViews } from '../../compiler/index.js';
import type { Diagonal } from './boundary.js';
import type { Circuit } from './circuit.js';
import { areasOf, planCircuit, vectorBytes, type CircuitPlan } from './layout.js';
import { oddParity } from './prepare.js';

/** Adds the sums of the backward pass to the weights' gradients and clears them. */
export function reduceCircuit({ f32 }: MemoryViews, at: HostAddresses, circuit: Circuit): void {
  const plan = planCircuit(circuit);
  const areas = areasOf(at.workspace);
  const first = (at.parameterGradients[0] ?? 0) / 4;
  const { wires } = circuit;
  for (const rotations of plan.starts) {
    for (const { angle, index } of rotations)
      addTo(f32, first, angle.weights, areas.startGradients + index * vectorBytes);
  }
  const scratch = scratchOf(plan);
  plan.form.layers.forEach(({ rotations, diagonal, permutation }, layer) => {
    rotations.forEach((angle, wire) => {
      if (angle === undefined) return;
      addTo(f32, first, angle.weights, areas.rotationGradients + (layer * wires + wire) * vectorBytes);
    });
    if (!diagonal.trainable) return;
    takeSums(f32, areas.phaseGradients + layer * plan.states * vectorBytes, scratch.sums);
    addPhaseGradients(f32, first, diagonal, permutation, scratch);
  });
}

/** Adds the four lanes at an address to the gradients of `weights`, and clears them. */
function addTo(f32: Float32Array, firstGradient: number, weights: readonly number[], address: number): void {
  if (weights.length === 0) return;
  const sum = takeSum(f32, address / 4);
  for (const weight of weights) f32[firstGradient + weight]! += sum;
}

function takeSum(f32: Float32Array, first: number): number {
  const sum = f32[first]! + f32[first + 1]! + (f32[first + 2]! + f32[first + 3]!);
  f32.fill(0, first, first + 4);
  return sum;
}

function takeSums(f32: Float32Array, address: number, sums: Float64Array): void {
  const first = address / 4;
  for (let k = 0; k < sums.length; k++) {
    const lane = first + 4 * k;
    sums[k] = f32[lane]! + f32[lane + 1]! + (f32[lane + 2]! + f32[lane + 3]!);
  }
  f32.fill(0, first, first + 4 * sums.length);
}

interface Scratch {
  readonly sums: Float64Array;
  readonly folded: Float64Array;
  /** Sum over all states of +-E, by wire. */
  readonly signed: Float64Array;
}

const scratches = new WeakMap<CircuitPlan, Scratch>();

function scratchOf(plan: CircuitPlan): Scratch {
  const known = scratches.get(plan);
  if (known !== undefined) return known;
  const states = (): Float64Array => new Float64Array(plan.states);
  const scratch = { sums: states(), folded: states(), signed: new Float64Array(plan.circuit.wires) };
  scratches.set(plan, scratch);
  return scratch;
}

/**
 * An RZ angle whose phase is e^{-i t/2 s_p} has the gradient sum_p s_p E_p. The sums over single wires come from one halving tree;
 * for wires after the permutation, E is read through it.
 */
function addPhaseGradients(
  f32: Float32Array,
  firstGradient: number,
  { before, after, others }: Diagonal,
  permutation: Int32Array,
  { sums, folded, signed }: Scratch,
): void {
  if (before.length > 0) {
    folded.set(sums);
    foldSigned(folded, signed);
    for (const { wire, weight, sign } of before) f32[firstGradient + weight]! += sign * signed[wire]!;
  }
  if (after.length > 0) {
    for (let state = 0; state < sums.length; state++) folded[permutation[state]!] = sums[state]!;
    foldSigned(folded, signed);
    for (const { wire, weight, sign } of after) f32[firstGradient + weight]! += sign * signed[wire]!;
  }
  for (const { mask, weight, sign } of others) {
    let total = 0;
    for (let state = 0; state < sums.length; state++) total += oddParity(mask & state) ? -sums[state]! : sums[state]!;
    f32[firstGradient + weight]! += sign * total;
  }
}

/** signed[wire] = sum of values with + where the wire's bit is 0 and - where it is 1; overwrites the values. */
function foldSigned(values: Float64Array, signed: Float64Array): void {
  let count = values.length;
  for (let wire = signed.length - 1; wire >= 0; wire--) {
    count >>= 1;
    let difference = 0;
    for (let k = 0; k < count; k++) {
      const even = values[2 * k]!;
      const odd = values[2 * k + 1]!;
      difference += even - odd;
      values[k] = even + odd;
    }
    signed[wire] = difference;
  }
}
