import { fixedAngle, isZero, type WeightTerm } from './angle-sum.js';
import { areaBytes, planLayers, vectorBytes, amplitudeBytes, type AreaName, type CircuitPlan } from './layout.js';
import type { WireRotation } from './wire-rotation.js';

/**
 * A circuit as one matrix V of its weights: psi = V m, where m are the real amplitudes of an embedding that turns each wire about y by
 * at most one input. V is made once for each set of weights, by sending the basis states as samples through the layers.
 */
export interface CollapsedPlan {
  /** The circuit without its embedding; basis states are its samples. */
  readonly columns: CircuitPlan;
  /** Per wire the input that turns it about y. */
  readonly embedding: readonly (WeightTerm | undefined)[];
}

export type CollapsedAreaName =
  | AreaName
  | 'columnBits'
  | 'matrix'
  | 'embeddingTurns'
  | 'embeddings'
  | 'levels'
  | 'levelCotangents'
  | 'finalStates'
  | 'finalCotangents';

/** The plan of a circuit in this form, or undefined where inputs do more than turn a wire of |0> about y. */
export function planCollapsed({ circuit, form }: CircuitPlan): CollapsedPlan | undefined {
  const embedding: (WeightTerm | undefined)[] = [];
  const starts: WireRotation[][] = [];
  for (const rotations of form.starts) {
    const [first, ...others] = rotations;
    if (others.some(({ angle }) => angle.input !== undefined)) return undefined;
    embedding.push(first?.angle.input);
    if (first?.angle.input === undefined) {
      starts.push([...rotations]);
      continue;
    }
    const { constant, weights } = first.angle;
    const shared = { ...fixedAngle(constant), weights };
    starts.push(isZero(shared) ? others : [{ axis: 'Y', angle: shared }, ...others]);
  }
  return { columns: planLayers(circuit, { ...form, starts }, columnWidth(2 ** circuit.wires)), embedding };
}

/** Blocks of columns side by side: no more than there are in float32, and as many as keep a state small. */
function columnWidth(states: number): number {
  return Math.max(1, Math.min(4, states / 4));
}

/** Bytes of the real parts of a row of V, or of the imaginary parts: whole vectors of columns. */
export function matrixPartBytes(states: number, element: number): number {
  return Math.max(states * element, vectorBytes);
}

/** Bytes of every area, for `capacity` samples of `element` bytes a number. */
export function collapsedAreaBytes(
  { columns }: CollapsedPlan,
  capacity: number,
  element: number,
): Record<CollapsedAreaName, number> {
  const { states, circuit } = columns;
  const lanes = vectorBytes / element;
  // Samples are treated two blocks at a time.
  const blocks = 2 * Math.ceil(capacity / (2 * lanes));
  return {
    ...areaBytes(columns, Math.max(states, lanes), element),
    // lambda and where it goes at a boundary, per block of columns.
    cotangents: Math.ceil(states / lanes) * 2 * states * amplitudeBytes,
    // Per block of columns and wire: 1 or 0 where the wire is 0, then the opposite.
    columnBits: Math.ceil(states / lanes) * circuit.wires * 2 * vectorBytes,
    // V: per row the real parts of all entries, then their imaginary parts.
    matrix: states * 2 * matrixPartBytes(states, element),
    // Per block and wire cos and sin of the embedding.
    embeddingTurns: blocks * circuit.wires * 2 * vectorBytes,
    // m, per block.
    embeddings: blocks * states * vectorBytes,
    // m while it grows, per block, level k at vector 2^k; cotangents of m and its levels for two blocks.
    levels: blocks * states * vectorBytes,
    levelCotangents: 4 * states * vectorBytes,
    // psi and lambda, per block.
    finalStates: blocks * states * amplitudeBytes,
    finalCotangents: blocks * states * amplitudeBytes,
  };
}
