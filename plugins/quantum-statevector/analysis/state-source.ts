import { angleValue } from '../angle.js';
import type { Circuit } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';
import { initialState } from '../initial-state.js';
import type { ComplexMatrix } from '../gates/complex-matrix.js';
import type { StateVector } from '../statevector.js';
import { elementaryGates } from './elementary-gates.js';

/**
 * Makes many states of one circuit, gate by gate in float64, without looking anything up twice.
 * @returns gives the state before the measurement; the same object each time, overwritten by the next call
 */
export function stateSource(circuit: Circuit): (inputs: ArrayLike<number>, weights: ArrayLike<number>) => StateVector {
  const state = {
    wires: circuit.wires,
    re: new Float64Array(2 ** circuit.wires),
    im: new Float64Array(2 ** circuit.wires),
  };
  const steps = elementaryGates(circuit.gates).map((item) => {
    const definition = definitionOf(item);
    const fixed = item.angles.every(({ source }) => source === 'constant');
    const values = item.angles.map((angle) => angleValue(angle, [], []));
    return {
      item,
      definition,
      values,
      matrix: fixed ? definition.matrix(values) : undefined,
      groups: groupsOf(item.wires, circuit.wires),
    };
  });
  return (inputs, weights) => {
    const start = initialState(circuit.wires, circuit.initial, inputs);
    state.re.set(start.re);
    state.im.set(start.im);
    for (const { item, definition, values, matrix, groups } of steps) {
      if (matrix === undefined) item.angles.forEach((angle, k) => (values[k] = angleValue(angle, inputs, weights)));
      apply(state, matrix ?? definition.matrix(values), groups);
    }
    return state;
  };
}

interface Groups {
  /** Basis states with 0 on all wires of the gate. */
  readonly firsts: Int32Array;
  /** From there to the members of the group. */
  readonly offsets: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function groupsOf(gateWires: readonly number[], wires: number): Groups {
  const masks = gateWires.map((wire) => 1 << (wires - 1 - wire));
  const touched = masks.reduce((all, mask) => all | mask, 0);
  const size = 2 ** gateWires.length;
  return {
    firsts: Int32Array.from({ length: 2 ** wires }, (_, state) => state).filter((state) => (state & touched) === 0),
    offsets: Int32Array.from({ length: size }, (_, row) =>
      masks.reduce((offset, mask, k) => offset | (((row >> (masks.length - 1 - k)) & 1) * mask), 0),
    ),
    re: new Float64Array(size),
    im: new Float64Array(size),
  };
}

function apply(
  { re, im }: StateVector,
  matrix: ComplexMatrix,
  { firsts, offsets, re: fromRe, im: fromIm }: Groups,
): void {
  const size = offsets.length;
  for (let group = 0; group < firsts.length; group++) {
    const first = firsts[group]!;
    for (let row = 0; row < size; row++) {
      fromRe[row] = re[first + offsets[row]!]!;
      fromIm[row] = im[first + offsets[row]!]!;
    }
    for (let row = 0; row < size; row++) {
      let sumRe = 0;
      let sumIm = 0;
      for (let column = 0; column < size; column++) {
        const a = matrix.re[row * size + column]!;
        const b = matrix.im[row * size + column]!;
        sumRe += a * fromRe[column]! - b * fromIm[column]!;
        sumIm += a * fromIm[column]! + b * fromRe[column]!;
      }
      re[first + offsets[row]!] = sumRe;
      im[first + offsets[row]!] = sumIm;
    }
  }
}
