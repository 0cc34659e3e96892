import type { Workspace } from '../../compiler/index.js';
import { canonicalForm, type CanonicalCircuit } from './canonical-form.js';
import type { Circuit } from './circuit.js';
import { measurementRows, probabilityRow } from './measurement.js';

/** Bytes of one vector: 4 samples in float32, 2 in float64. A block is that many samples. */
export const vectorBytes = 16;
/** Bytes of one amplitude of a block: real parts, then imaginary parts. */
export const amplitudeBytes = 32;

/** Names of the areas that a compiled circuit keeps in memory; see {@link areaBytes} for their contents. */
export type AreaName =
  | 'rotations'
  | 'starts'
  | 'diagonals'
  | 'permutations'
  | 'measuredRows'
  | 'halfAngles'
  | 'magnitudes'
  | 'tree'
  | 'cotangents'
  | 'states'
  | 'rotationGradients'
  | 'startGradients'
  | 'phaseGradients';

/** Byte address of each area. */
export type Areas = Readonly<Record<AreaName, number>>;

/** What can be said of a circuit before memory and weights are known. */
export interface CircuitPlan {
  readonly circuit: Circuit;
  readonly form: CanonicalCircuit;
  /** 2^wires */
  readonly states: number;
  /** RY layers. */
  readonly layers: number;
  /** Row of a probability measurement that each basis state adds to after the last RY layer; empty for <Z>. */
  readonly measuredRows: Int32Array;
}

const plans = new WeakMap<Circuit, CircuitPlan>();

/** The plan of a circuit, made once. */
export function planCircuit(circuit: Circuit): CircuitPlan {
  const known = plans.get(circuit);
  if (known !== undefined) return known;
  const form = canonicalForm(circuit);
  const { kind, wires: listed } = circuit.measurement;
  const relabelled = kind === 'probabilities' ? form.permutations.at(-1)! : new Int32Array(0);
  const plan: CircuitPlan = {
    circuit,
    form,
    states: 2 ** circuit.wires,
    layers: form.rotations.length,
    measuredRows: relabelled.map((state) => probabilityRow(state, listed, circuit.wires)),
  };
  plans.set(circuit, plan);
  return plan;
}

/** Bytes of every area, for `capacity` samples in float32. */
export function areaBytes({ circuit, states, layers }: CircuitPlan, capacity: number): Workspace {
  const { wires } = circuit;
  const element = 4;
  const blocks = Math.ceil(capacity / (vectorBytes / element));
  const sizes: Record<AreaName, number> = {
    // cos and sin of half the angle, per RY layer and wire.
    rotations: layers * wires * 2 * element,
    // Per wire: half of the constant part of the embedding's angle, and its cos and sin.
    starts: wires * 3 * element,
    // Real and imaginary part of the phase of each basis state, per RY layer.
    diagonals: layers * states * 2 * element,
    // Byte offset of the amplitude to which each basis state goes after an RY layer.
    permutations: layers * states * 4,
    // CircuitPlan.measuredRows
    measuredRows: states * 4,
    // cos and sin vectors of the embedding, per block and wire.
    halfAngles: blocks * wires * 2 * vectorBytes,
    // Products of the embedding over the first k wires at vector 2^k, for k = 1 .. wires - 1.
    magnitudes: states * vectorBytes,
    // Sums or cotangents of probabilities; level k of the cotangents' tree at vector 2^k.
    tree: 2 * states * vectorBytes,
    // Two states: lambda, and where it goes at a boundary.
    cotangents: 2 * states * amplitudeBytes,
    // The state after each RY layer, per block.
    states: blocks * layers * states * amplitudeBytes,
    // Sums over blocks, a vector each: per RY layer and wire; per wire of the embedding; per RY layer and basis state.
    rotationGradients: layers * wires * vectorBytes,
    startGradients: wires * vectorBytes,
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
