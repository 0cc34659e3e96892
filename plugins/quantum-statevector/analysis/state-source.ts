import { cosine, sine } from '../../../core/index.js';
import { angleValue } from '../angle.js';
import type { Circuit, Gate } from '../circuit.js';
import type { MatrixRows } from '../gates/gate-form.js';
import { definitionOf } from '../gates/gates.js';
import { initialState, requireFitting } from '../initial-state.js';
import type { StateVector } from '../statevector.js';
import { elementaryGates } from './elementary-gates.js';

/**
 * Makes many states of one circuit in float64: gate by gate, but only over the entries of matrices that are not 0.
 * @returns gives the state before the measurement; the same object each time, overwritten by the next call
 */
export function stateSource(circuit: Circuit): (inputs: ArrayLike<number>, weights: ArrayLike<number>) => StateVector {
  requireFitting(circuit.wires);
  const size = 2 ** circuit.wires;
  const state = { wires: circuit.wires, re: new Float64Array(size), im: new Float64Array(size) };
  const steps = elementaryGates(circuit.gates).map((item) => stepOf(item, circuit.wires));
  return (inputs, weights) => {
    const start = initialState(circuit.wires, circuit.initial, inputs);
    state.re.set(start.re);
    state.im.set(start.im);
    for (const step of steps) {
      setAngle(step, inputs, weights);
      apply(state, step);
    }
    return state;
  };
}

/** One gate: entry k of its matrix, in row rows[k] and column columns[k], is constant + cos(f t) even + sin(f t) odd. */
interface Step {
  readonly item: Gate;
  readonly frequency: number;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** Real and imaginary parts of constant, even and odd: six numbers per entry. */
  readonly parts: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Basis states with 0 on all wires of the gate, and from there to the members of the group. */
  readonly firsts: Int32Array;
  readonly offsets: Int32Array;
  readonly groupRe: Float64Array;
  readonly groupIm: Float64Array;
}

function stepOf(item: Gate, wires: number): Step {
  const { form } = definitionOf(item);
  if (form.form === 'sequence') throw new TypeError('elementary gates are no sequences');
  const forms: readonly (MatrixRows | undefined)[] =
    form.form === 'matrix' ? [form.matrix, undefined, undefined] : [form.constant, form.cosine, form.sine];
  const size = 2 ** form.wires;
  const places = Array.from({ length: size * size }, (_, k) => [Math.floor(k / size), k % size] as const);
  const entries = places
    .map(([row, column]) => ({
      row,
      column,
      parts: forms.flatMap((matrix) => {
        const entry = matrix?.[row]![column] ?? 0;
        return typeof entry === 'number' ? [entry, 0] : entry;
      }),
    }))
    .filter(({ parts }) => parts.some((part) => part !== 0));
  const masks = item.wires.map((wire) => 1 << (wires - 1 - wire));
  const touched = masks.reduce((all, mask) => all | mask, 0);
  const step: Step = {
    item,
    frequency: form.form === 'matrix' ? 0 : form.frequency,
    rows: Int32Array.from(entries, ({ row }) => row),
    columns: Int32Array.from(entries, ({ column }) => column),
    parts: Float64Array.from(entries.flatMap(({ parts }) => parts)),
    re: new Float64Array(entries.length),
    im: new Float64Array(entries.length),
    firsts: Int32Array.from({ length: 2 ** wires }, (_, state) => state).filter((state) => (state & touched) === 0),
    offsets: Int32Array.from({ length: size }, (_, row) =>
      masks.reduce((offset, mask, k) => offset | (((row >> (masks.length - 1 - k)) & 1) * mask), 0),
    ),
    groupRe: new Float64Array(size),
    groupIm: new Float64Array(size),
  };
  if (form.form === 'matrix') setEntries(step, 0);
  return step;
}

function setAngle(step: Step, inputs: ArrayLike<number>, weights: ArrayLike<number>): void {
  const [angle] = step.item.angles;
  if (angle !== undefined) setEntries(step, angleValue(angle, inputs, weights));
}

function setEntries({ frequency, parts, re, im }: Step, angle: number): void {
  const c = cosine(frequency * angle);
  const s = sine(frequency * angle);
  for (let entry = 0; entry < re.length; entry++) {
    const first = 6 * entry;
    re[entry] = parts[first]! + c * parts[first + 2]! + s * parts[first + 4]!;
    im[entry] = parts[first + 1]! + c * parts[first + 3]! + s * parts[first + 5]!;
  }
}

function apply(state: StateVector, { rows, columns, re, im, firsts, offsets, groupRe, groupIm }: Step): void {
  for (let group = 0; group < firsts.length; group++) {
    const first = firsts[group]!;
    groupRe.fill(0);
    groupIm.fill(0);
    for (let entry = 0; entry < re.length; entry++) {
      const from = first + offsets[columns[entry]!]!;
      const row = rows[entry]!;
      groupRe[row]! += re[entry]! * state.re[from]! - im[entry]! * state.im[from]!;
      groupIm[row]! += re[entry]! * state.im[from]! + im[entry]! * state.re[from]!;
    }
    for (let row = 0; row < offsets.length; row++) {
      const to = first + offsets[row]!;
      state.re[to] = groupRe[row]!;
      state.im[to] = groupIm[row]!;
    }
  }
}
