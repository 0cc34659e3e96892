import type { AngleSum } from './angle-sum.js';
import { diagonalOf, permutationOf, type Diagonal } from './boundary.js';
import { Canonicaliser, NotCanonical, type CanonicalParts } from './canonicaliser.js';
import { gate, type Circuit, type Gate } from './circuit.js';
import { inHadamardFrame } from './hadamard-frame.js';
import { placeGate } from './place-gate.js';
import { basisChange, readWires } from './readout-rows.js';
import type { WireRotation } from './wire-rotation.js';

/** Permutes basis states, multiplies each by a phase, and then turns wires by RY. */
export interface CanonicalLayer {
  /** Where each basis state goes. */
  readonly permutation: Int32Array;
  /** Per wire: bit `wire` of the permuted state is the parity of the bits of the state before it under this mask, or its opposite. */
  readonly masks: readonly number[];
  /** Phases, in terms of the state as it was before the permutation. */
  readonly diagonal: Diagonal;
  /** Per wire; undefined = no rotation. Never holds inputs. */
  readonly rotations: readonly (AngleSum | undefined)[];
}

/**
 * A circuit in the order in which it is computed:
 *
 *   product of single wires -> layer 0 -> ... -> layer L - 1 -> relabel -> measure
 *
 * Global phases and diagonals right before the measurement are dropped: they change no probability.
 */
export interface CanonicalForm {
  readonly wires: number;
  /** What turns each wire, from |0>, before it meets another. The first rotation of a wire is about y. */
  readonly starts: readonly (readonly WireRotation[])[];
  readonly layers: readonly CanonicalLayer[];
  /** Where each basis state goes before the measurement, which is one in the computational basis. */
  readonly relabelling: Int32Array;
}

/**
 * Brings a circuit into canonical form. Every operation joins the earliest place that its wires allow, so that a row of Rots and a
 * ring of CNOTs become one layer, and the first row of Rots is part of the product. Of the circuit as it is and the circuit between
 * two rows of Hadamards, the cheaper one is taken.
 * @returns undefined where there is none: an input turns a wire that has met another, an angle is a product of variables, a gate is
 * neither a rotation of one wire nor a phase nor a linear permutation, the start is given by amplitudes, or a wire is read in two bases
 */
export function canonicalForm(circuit: Circuit): CanonicalForm | undefined {
  const { wires, measurement, initial } = circuit;
  const change = basisChange(measurement);
  if (change === undefined || initial?.kind === 'amplitude') return undefined;
  const flips = (initial?.bits ?? []).flatMap((bit, wire) => (bit === 1 ? [gate('X', [wire])] : []));
  const gates = [...flips, ...circuit.gates, ...change];
  const plain = sort(wires, gates);
  if (plain === undefined) return undefined;
  const turned = inHadamardFrame(wires, gates, readWires(measurement));
  const other = turned === undefined ? undefined : sort(wires, turned);
  return finish(wires, other !== undefined && costOf(other) < costOf(plain) ? other : plain);
}

function sort(wires: number, gates: readonly Gate[]): CanonicalParts | undefined {
  const canonicaliser = new Canonicaliser(wires);
  try {
    for (const item of gates) placeGate(canonicaliser, item);
  } catch (error) {
    if (error instanceof NotCanonical) return undefined;
    throw error;
  }
  return canonicaliser.finish();
}

/** Passes over the state per wire, about: a turn takes one, its gradient and the way back two more. */
function costOf({ rotations }: CanonicalParts): number {
  const turns = rotations.flat().reduce((sum, angle) => {
    if (angle === undefined) return sum;
    return sum + (isQuarterTurn(angle) ? 1 : angle.weights.length === 0 ? 2 : 3);
  }, 0);
  return turns + 4 * rotations.length;
}

/** Whether an angle is pi/2 or -pi/2, where RY needs no multiplications. */
export function isQuarterTurn({ constant, weights, input }: AngleSum): boolean {
  return weights.length === 0 && input === undefined && Math.abs(constant) === Math.PI / 2;
}

function finish(wires: number, { starts, boundaries, rotations }: CanonicalParts): CanonicalForm {
  const layers = rotations.map((turns, index) => {
    const boundary = boundaries[index]!;
    return {
      permutation: permutationOf(boundary),
      masks: boundary.masks,
      diagonal: diagonalOf(boundary),
      rotations: turns,
    };
  });
  return { wires, starts, layers, relabelling: permutationOf(boundaries[rotations.length]!) };
}
