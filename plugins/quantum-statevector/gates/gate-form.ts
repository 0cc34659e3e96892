import type { Angle } from '../angle.js';

/** A number, or [real part, imaginary part]. */
export type Entry = number | readonly [re: number, im: number];

/** Rows of a square matrix. Of several wires the first is the most significant bit of the index, so that controls come first. */
export type MatrixRows = readonly (readonly Entry[])[];

/** One gate on its wires, controls first. */
export type Gate = {
  /** Name of a known gate, or with a definition any name: it appears in drawings and messages. */
  readonly gate: string;
  readonly wires: readonly number[];
  readonly angles: readonly Angle[];
  /** What a gate of your own does; see `defineGate`. */
  readonly definition?: GateForm;
};

/**
 * What a gate does, as data.
 *
 * - `matrix`: a fixed unitary matrix
 * - `rotation`: a matrix of one angle t, constant + cos(frequency t) cosine + sin(frequency t) sine; every rotation, controlled
 *   rotation and phase has this form
 * - `sequence`: gates one after another on wires 0 .. wires - 1, whose angles are made of the angles of the whole: `input(k)` is
 *   angle k
 */
export type GateForm =
  | { readonly form: 'matrix'; readonly wires: number; readonly matrix: MatrixRows }
  | {
      readonly form: 'rotation';
      readonly wires: number;
      readonly frequency: number;
      readonly constant: MatrixRows;
      readonly cosine: MatrixRows;
      readonly sine: MatrixRows;
    }
  | { readonly form: 'sequence'; readonly wires: number; readonly angles: number; readonly gates: readonly Gate[] };

/** Angles that a gate of this form takes. */
export function angleCount(form: GateForm): number {
  if (form.form === 'sequence') return form.angles;
  return form.form === 'matrix' ? 0 : 1;
}
