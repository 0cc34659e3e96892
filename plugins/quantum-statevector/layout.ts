import { canonicalForm, isQuarterTurn, type CanonicalForm } from './canonical-form.js';
import type { Circuit } from './circuit.js';
import { probabilityRow } from './measurement.js';
import { afterBasisChange, readoutRows, type ReadoutRows } from './readout-rows.js';
import type { WireRotation } from './wire-rotation.js';

/** Bytes of one vector: 4 samples in float32, 2 in float64. A block is that many samples. */
export const vectorBytes = 16;
/** Bytes of one amplitude of a block: real parts, then imaginary parts. */
export const amplitudeBytes = 32;
/** Bytes of one slot: an angle of two layers, or two angles, in float64. */
export const slotBytes = 16;
/** Bytes of one term: addresses of weight, slot and gradient, then the factor for each lane of the slot. */
export const termBytes = 32;

/** Names of the areas that a compiled circuit keeps in memory; see {@link areaBytes} for their contents. */
export type AreaName =
  | 'stale'
  | 'slots'
  | 'slotConstants'
  | 'terms'
  | 'wireMasks'
  | 'scales'
  | 'scratch'
  | 'startAngleValues'
  | 'startCosines'
  | 'startSines'
  | 'tangents'
  | 'diagonals'
  | 'permutations'
  | 'basePermutations'
  | 'measuredRows'
  | 'startAngles'
  | 'wireStates'
  | 'products'
  | 'productCotangents'
  | 'tree'
  | 'cotangents'
  | 'states'
  | 'startGradients'
  | 'rotationGradients'
  | 'phaseGradients';

/** Byte address of each area. */
export type Areas = Readonly<Record<AreaName, number>>;

/** A rotation of the product, with its number among all of them. */
export interface StartRotation extends WireRotation {
  readonly index: number;
  /** Number among those with an input, whose angle differs from sample to sample. */
  readonly slot: number | undefined;
}

/**
 * How an RY layer is turned: not at all; with all angles +-pi/2, so that nothing is multiplied; or by tangents, where turns by more
 * than a right angle are split into a flip of the wire, which joins the permutation, and the rest.
 */
export type Turn = 'none' | 'quarter' | 'tangent';

/** What can be said of a circuit before memory and weights are known. */
export interface CircuitPlan {
  readonly circuit: Circuit;
  readonly form: CanonicalForm;
  /** 2^wires */
  readonly states: number;
  /**
   * Blocks whose states lie side by side and pass the layers together: of every amplitude first the real parts of all blocks, then the
   * imaginary parts. What is the same for all of them is loaded once.
   */
  readonly width: number;
  /** Per layer. */
  readonly turns: readonly Turn[];
  /** Per wire. */
  readonly starts: readonly (readonly StartRotation[])[];
  readonly startCount: number;
  readonly slotCount: number;
  /** Wires of the first factor of the product; the others make the second, so that both are small. */
  readonly firstFactor: number;
  readonly readout: ReadoutRows;
  /** Per probability readout the row that each basis state adds to after the last layer. */
  readonly measuredRows: readonly Int32Array[];
}

/** The plan of a circuit that has a canonical form, with `width` blocks side by side. */
export function planLayers(circuit: Circuit, form: CanonicalForm, width: number): CircuitPlan {
  let startCount = 0;
  let slotCount = 0;
  const number = (rotation: WireRotation): StartRotation => ({
    ...rotation,
    index: startCount++,
    slot: rotation.angle.input === undefined ? undefined : slotCount++,
  });
  const starts = form.starts.map((rotations) => rotations.map(number));
  const readout = afterBasisChange(readoutRows(circuit.measurement, circuit.wires));
  return {
    circuit,
    form,
    states: 2 ** circuit.wires,
    width,
    turns: form.layers.map(turnOf),
    starts,
    startCount,
    slotCount,
    firstFactor: circuit.wires >> 1,
    readout,
    measuredRows: readout.probabilities.map(({ first, wires }) =>
      form.relabelling.map((state) => first + probabilityRow(state, wires, circuit.wires)),
    ),
  };
}

const plans = new WeakMap<Circuit, CircuitPlan | undefined>();

/** The plan of a circuit, made once; undefined where it has no canonical form. */
export function planCircuit(circuit: Circuit): CircuitPlan | undefined {
  if (plans.has(circuit)) return plans.get(circuit);
  const form = canonicalForm(circuit);
  const plan = form === undefined ? undefined : planLayers(circuit, form, blocksOfSamples(circuit.wires));
  plans.set(circuit, plan);
  return plan;
}

/**
 * Blocks of samples side by side: two where a state is so small that loops and tables cost as much as its arithmetic. More would make
 * small batches dearer, because bundles are treated whole.
 */
function blocksOfSamples(wires: number): number {
  return wires > 5 ? 1 : 2;
}

function turnOf({ rotations }: CanonicalForm['layers'][number]): Turn {
  const turned = rotations.filter((angle) => angle !== undefined);
  if (turned.length === 0) return 'none';
  return turned.every(isQuarterTurn) ? 'quarter' : 'tangent';
}

/** Layers are prepared two at a time, one in each lane. */
export function pairCount({ form }: CircuitPlan): number {
  return Math.ceil(form.layers.length / 2);
}

/** Index of the slot of a pair's angle about a parity. */
export function parityIndex({ states }: CircuitPlan, pair: number, mask: number): number {
  return pair * states + mask;
}

/** Index of the slot of a pair's rotation of a wire. */
export function rotationIndex(plan: CircuitPlan, pair: number, wire: number): number {
  return pairCount(plan) * plan.states + pair * plan.circuit.wires + wire;
}

/** Index of the slot of the product's rotations 2 k and 2 k + 1. */
export function startIndex(plan: CircuitPlan, k: number): number {
  return pairCount(plan) * (plan.states + plan.circuit.wires) + k;
}

/** Slots of all angles. */
export function slotTotal(plan: CircuitPlan): number {
  return startIndex(plan, Math.ceil(plan.startCount / 2));
}

/** Weights in angles, each place counted. */
export function termCount({ form, starts }: CircuitPlan): number {
  const inStarts = starts.flat().reduce((sum, { angle }) => sum + angle.weights.length, 0);
  return form.layers.reduce(
    (sum, { diagonal, rotations }) =>
      sum + diagonal.terms.length + rotations.reduce((inner, angle) => inner + (angle?.weights.length ?? 0), 0),
    inStarts,
  );
}

/** Amplitudes of a factor of the product with all its levels, of the larger one. */
export function factorAmplitudes({ circuit, firstFactor }: CircuitPlan): number {
  return 2 ** (circuit.wires - firstFactor + 1);
}

/** Bytes of every area, for `capacity` samples of `element` bytes a number. */
export function areaBytes(plan: CircuitPlan, capacity: number, element: number): Record<AreaName, number> {
  const { circuit, form, states, width, startCount, slotCount, measuredRows } = plan;
  const { wires } = circuit;
  const layers = form.layers.length;
  const pairs = pairCount(plan);
  const blocks = width * Math.ceil(capacity / ((width * vectorBytes) / element));
  const slots = slotTotal(plan) * slotBytes;
  // Loops that write two or four numbers at a time may write past the last one.
  const slack = vectorBytes;
  return {
    // An integer: 1 after the weights changed.
    stale: 4,
    // Angles, then, in the backward pass, their gradients: per pair of layers 2^wires parities; per pair the rotation of each wire;
    // two rotations of the product at a time.
    slots,
    // The constant part of each slot.
    slotConstants: slots,
    terms: termCount(plan) * termBytes,
    // In each lane the bit of a wire; then per pair and wire the masks of both layers' boundaries.
    wireMasks: wires * (1 + pairs) * slotBytes,
    // Per pair the factor of both layers' diagonals beside the cosines of their angles; then (-pi/2, 0) and (0, -pi/2).
    scales: (pairs + 2) * slotBytes,
    scratch: 2 * vectorBytes,
    // Per rotation of the product the part of its angle that all samples share as it is used (half for y), its cos and its sin.
    startAngleValues: startCount * element + slack,
    startCosines: startCount * element + slack,
    startSines: startCount * element + slack,
    // tan of half the angle that is left after flips, per layer and wire.
    tangents: layers * wires * element,
    // Real and imaginary part of the factor of each basis state, per layer: phase, signs of flips, cosines of the layer's angles.
    diagonals: layers * states * 2 * element,
    // Byte offset of the amplitude to which each basis state goes before each layer, and before the measurement.
    permutations: (layers + 1) * states * 4 + slack,
    // The same without flips.
    basePermutations: (layers + 1) * states * 4 + slack,
    // CircuitPlan.measuredRows
    measuredRows: measuredRows.length * states * 4,
    // cos and sin vectors of the product's angles with inputs, per block.
    startAngles: blocks * slotCount * 2 * vectorBytes,
    // Amplitudes of |0> and |1> of each wire of the product, per block.
    wireStates: blocks * wires * 2 * amplitudeBytes,
    // Both factors of the product while they grow, per block, and their cotangents; see `levelAt`.
    products: blocks * 2 * factorAmplitudes(plan) * amplitudeBytes,
    productCotangents: 2 * factorAmplitudes(plan) * amplitudeBytes,
    // Sums or cotangents of probabilities; level k of the cotangents' tree at vector 2^k.
    tree: 2 * states * vectorBytes,
    // Two states: lambda, and where it goes at a boundary.
    cotangents: 2 * states * width * amplitudeBytes,
    // The product and the state after each layer, per block.
    states: blocks * (layers + 1) * states * amplitudeBytes,
    // Sums over blocks, a vector each: per rotation of the product; per layer and wire; per layer and basis state.
    startGradients: startCount * vectorBytes,
    rotationGradients: layers * wires * vectorBytes,
    phaseGradients: layers * states * vectorBytes,
  };
}

/** Addresses of the areas of one op instance. */
export function areasOf(workspace: Readonly<Record<string, number>>): Areas {
  // The names are those of areaBytes.
  return workspace;
}
