import type { Workspace } from '../../compiler/index.js';
import { canonicalForm, type CanonicalCircuit, type WireRotation } from './canonical-form.js';
import type { Circuit } from './circuit.js';
import { measurementRows, probabilityRow, type Readout } from './measurement.js';

/** Bytes of one vector: 4 samples in float32, 2 in float64. A block is that many samples. */
export const vectorBytes = 16;
/** Bytes of one amplitude of a block: real parts, then imaginary parts. */
export const amplitudeBytes = 32;

/** Names of the areas that a compiled circuit keeps in memory; see {@link areaBytes} for their contents. */
export type AreaName =
  | 'starts'
  | 'rotations'
  | 'diagonals'
  | 'permutations'
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

/** A circuit that has a canonical form. */
export type CanonicalisableCircuit = Circuit & { readonly measurement: Readout };

/** What can be said of a circuit before memory and weights are known. */
export interface CircuitPlan {
  readonly circuit: CanonicalisableCircuit;
  readonly form: CanonicalCircuit;
  /** 2^wires */
  readonly states: number;
  /** Per wire. */
  readonly starts: readonly (readonly StartRotation[])[];
  readonly startCount: number;
  readonly slotCount: number;
  /** Wires of the first factor of the product; the others make the second, so that both are small. */
  readonly firstFactor: number;
  /** Row of a probability measurement that each basis state adds to after the last layer; empty for <Z>. */
  readonly measuredRows: Int32Array;
}

const plans = new WeakMap<Circuit, CircuitPlan>();

/** The plan of a circuit, made once. */
export function planCircuit(circuit: Circuit): CircuitPlan {
  const known = plans.get(circuit);
  if (known !== undefined) return known;
  const form = canonicalForm(circuit);
  const { measurement } = form;
  const { kind, wires: listed } = measurement;
  const relabelled = kind === 'probabilities' ? form.relabelling : new Int32Array(0);
  let startCount = 0;
  let slotCount = 0;
  const number = (rotation: WireRotation): StartRotation => ({
    ...rotation,
    index: startCount++,
    slot: rotation.angle.input === undefined ? undefined : slotCount++,
  });
  const starts = form.starts.map((rotations) => rotations.map(number));
  const plan: CircuitPlan = {
    circuit: { ...circuit, measurement },
    form,
    states: 2 ** circuit.wires,
    starts,
    startCount,
    slotCount,
    firstFactor: circuit.wires >> 1,
    measuredRows: relabelled.map((state) => probabilityRow(state, listed, circuit.wires)),
  };
  plans.set(circuit, plan);
  return plan;
}

/** Bytes of every area, for `capacity` samples in float32. */
export function areaBytes({ circuit, form, states, startCount, slotCount }: CircuitPlan, capacity: number): Workspace {
  const { wires } = circuit;
  const layers = form.layers.length;
  const element = 4;
  const blocks = Math.ceil(capacity / (vectorBytes / element));
  const sizes: Record<AreaName, number> = {
    // Per rotation of the product: the part of its angle that all samples share as it is used (half for y), cos and sin of that.
    starts: startCount * 3 * element,
    // cos and sin of half the angle, per layer and wire.
    rotations: layers * wires * 2 * element,
    // Real and imaginary part of the phase of each basis state, per layer.
    diagonals: layers * states * 2 * element,
    // Byte offset of the amplitude to which each basis state goes before each layer, and before the measurement.
    permutations: (layers + 1) * states * 4,
    // CircuitPlan.measuredRows
    measuredRows: states * 4,
    // cos and sin vectors of the product's angles with inputs, per block.
    startAngles: blocks * slotCount * 2 * vectorBytes,
    // Amplitudes of |0> and |1> of each wire of the product, per block.
    wireStates: blocks * wires * 2 * amplitudeBytes,
    // Both factors of the product while they grow, and their cotangents; factor f, level k at amplitude f * states + 2^k.
    products: 3 * states * amplitudeBytes,
    productCotangents: 3 * states * amplitudeBytes,
    // Sums or cotangents of probabilities; level k of the cotangents' tree at vector 2^k.
    tree: 2 * states * vectorBytes,
    // Two states: lambda, and where it goes at a boundary.
    cotangents: 2 * states * amplitudeBytes,
    // The product and the state after each layer, per block.
    states: blocks * (layers + 1) * states * amplitudeBytes,
    // Sums over blocks, a vector each: per rotation of the product; per layer and wire; per layer and basis state.
    startGradients: startCount * vectorBytes,
    rotationGradients: layers * wires * vectorBytes,
    phaseGradients: layers * states * vectorBytes,
  };
  return Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, { bytes }]));
}

/** Addresses of the areas of one op instance. */
export function areasOf(workspace: Readonly<Record<string, number>>): Areas {
  // The names are those of areaBytes.
  return workspace;
}

/** Rows of the measurement's result. */
export function outputRows({ circuit }: CircuitPlan): number {
  return measurementRows(circuit.measurement);
}
