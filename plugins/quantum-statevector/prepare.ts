import { cosine, sine } from '../../core/index.js';
import type { HostAddresses, MemoryViews } from '../../compiler/index.js';
import type { Diagonal } from './boundary.js';
import type { AngleSum } from './canonical-form.js';
import type { Circuit } from './circuit.js';
import { amplitudeBytes, areaBytes, areasOf, planCircuit, type CircuitPlan } from './layout.js';

/** Fills what follows from the circuit alone, and clears the sums of the backward pass. */
export function initializeCircuit({ f32, i32 }: MemoryViews, at: HostAddresses, circuit: Circuit): void {
  const plan = planCircuit(circuit);
  const areas = areasOf(at.workspace);
  [...plan.form.layers.map(({ permutation }) => permutation), plan.form.relabelling].forEach((permutation, layer) => {
    const first = areas.permutations / 4 + layer * plan.states;
    permutation.forEach((target, state) => {
      i32[first + state] = target * amplitudeBytes;
    });
  });
  i32.set(plan.measuredRows, areas.measuredRows / 4);
  const sizes = areaBytes(plan, at.capacity);
  for (const name of ['rotationGradients', 'startGradients', 'phaseGradients'] as const) {
    f32.fill(0, areas[name] / 4, (areas[name] + sizes[name]!.bytes) / 4);
  }
  plan.form.layers.forEach(({ diagonal }, layer) => {
    if (!diagonal.trainable) storePhases(f32, areas.diagonals / 4 + layer * plan.states * 2, diagonal.re, diagonal.im);
  });
}

/** Fills what follows from the weights: cos and sin of angles, and the diagonals that have weights. Float64, rounded once. */
export function prepareCircuit({ f32 }: MemoryViews, at: HostAddresses, circuit: Circuit): void {
  const plan = planCircuit(circuit);
  const areas = areasOf(at.workspace);
  const { wires } = circuit;
  const firstWeight = (at.parameters[0] ?? 0) / 4;
  for (const rotations of plan.starts) {
    for (const { axis, angle, index } of rotations) {
      const shared = sharedAngle(angle, f32, firstWeight) / (axis === 'Y' ? 2 : 1);
      const entry = areas.starts / 4 + index * 3;
      f32[entry] = shared;
      f32[entry + 1] = cosine(shared);
      f32[entry + 2] = sine(shared);
    }
  }
  const scratch = scratchOf(plan);
  plan.form.layers.forEach(({ rotations, diagonal }, layer) => {
    rotations.forEach((angle, wire) => {
      if (angle === undefined) return;
      const half = sharedAngle(angle, f32, firstWeight) / 2;
      const entry = areas.rotations / 4 + (layer * wires + wire) * 2;
      f32[entry] = cosine(half);
      f32[entry + 1] = sine(half);
    });
    if (diagonal.trainable) {
      preparePhases(plan, scratch, layer, f32, firstWeight, areas.diagonals / 4 + layer * plan.states * 2);
    }
  });
}

/** The part of an angle that does not depend on the sample. */
function sharedAngle({ constant, weights }: AngleSum, values: Float32Array, firstWeight: number): number {
  let sum = constant;
  for (const weight of weights) sum += values[firstWeight + weight]!;
  return sum;
}

function storePhases(target: Float32Array, first: number, re: Float64Array, im: Float64Array): void {
  for (let state = 0; state < re.length; state++) {
    target[first + 2 * state] = re[state]!;
    target[first + 2 * state + 1] = im[state]!;
  }
}

interface Phases {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

interface Scratch {
  readonly angles: Float64Array;
  readonly before: Phases;
  readonly after: Phases;
}

const scratches = new WeakMap<CircuitPlan, Scratch>();

function scratchOf(plan: CircuitPlan): Scratch {
  const known = scratches.get(plan);
  if (known !== undefined) return known;
  const phases = (): Phases => ({ re: new Float64Array(plan.states), im: new Float64Array(plan.states) });
  const scratch = { angles: new Float64Array(plan.circuit.wires), before: phases(), after: phases() };
  scratches.set(plan, scratch);
  return scratch;
}

/** d_p = constant part x phases of the wires that go in x phases of the wires that come out, at P[p] x other parities. */
function preparePhases(
  plan: CircuitPlan,
  scratch: Scratch,
  layer: number,
  values: Float32Array,
  firstWeight: number,
  target: number,
): void {
  const { diagonal, permutation } = plan.form.layers[layer]!;
  const { before, after } = scratch;
  buildPhases(diagonal.before, scratch.angles, values, firstWeight, before);
  if (!diagonal.constantIsOne) multiplyInto(before, diagonal.re, diagonal.im);
  multiplyOthers(before, diagonal, values, firstWeight);
  if (diagonal.after.length === 0) {
    storePhases(values, target, before.re, before.im);
    return;
  }
  buildPhases(diagonal.after, scratch.angles, values, firstWeight, after);
  storeProduct(values, target, before, after, permutation);
}

/** target_p = before_p after_P[p] */
function storeProduct(
  target: Float32Array,
  first: number,
  before: Phases,
  after: Phases,
  permutation: Int32Array,
): void {
  for (let state = 0; state < permutation.length; state++) {
    const to = permutation[state]!;
    const a = before.re[state]!;
    const b = before.im[state]!;
    const c = after.re[to]!;
    const d = after.im[to]!;
    target[first + 2 * state] = a * c - b * d;
    target[first + 2 * state + 1] = a * d + b * c;
  }
}

/** Phases of RZ rotations on single wires, by doubling: the wires' phases multiply. */
function buildPhases(
  terms: Diagonal['before'],
  angles: Float64Array,
  values: Float32Array,
  firstWeight: number,
  { re, im }: Phases,
): void {
  angles.fill(0);
  for (const { wire, weight, sign } of terms) angles[wire]! += sign * values[firstWeight + weight]!;
  re[0] = 1;
  im[0] = 0;
  for (let wire = 0; wire < angles.length; wire++) {
    const c = cosine(angles[wire]! / 2);
    const s = sine(angles[wire]! / 2);
    for (let state = 2 ** wire - 1; state >= 0; state--) {
      const a = re[state]!;
      const b = im[state]!;
      re[2 * state] = a * c + b * s;
      im[2 * state] = b * c - a * s;
      re[2 * state + 1] = a * c - b * s;
      im[2 * state + 1] = b * c + a * s;
    }
  }
}

function multiplyInto(phases: Phases, re: Float64Array, im: Float64Array): void {
  for (let state = 0; state < re.length; state++) {
    const a = phases.re[state]!;
    const b = phases.im[state]!;
    phases.re[state] = a * re[state]! - b * im[state]!;
    phases.im[state] = a * im[state]! + b * re[state]!;
  }
}

function multiplyOthers({ re, im }: Phases, diagonal: Diagonal, values: Float32Array, firstWeight: number): void {
  for (const { mask, weight, sign } of diagonal.others) {
    const half = (sign * values[firstWeight + weight]!) / 2;
    const c = cosine(half);
    const s = sine(half);
    for (let state = 0; state < re.length; state++) {
      const turn = oddParity(mask & state) ? s : -s;
      const a = re[state]!;
      const b = im[state]!;
      re[state] = a * c - b * turn;
      im[state] = a * turn + b * c;
    }
  }
}

/** True when an odd number of bits is set. */
export function oddParity(bits: number): boolean {
  let folded = bits ^ (bits >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return ((0x6996 >>> (folded & 15)) & 1) === 1;
}
