import { adjoint, type ComplexMatrix } from './gates/complex-matrix.js';

/** Amplitudes of all basis states in float64; index 0 is |0...0>, wire 0 is the most significant bit. */
export interface StateVector {
  readonly wires: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** |0...0> */
export function zeroState(wires: number): StateVector {
  const state = { wires, re: new Float64Array(2 ** wires), im: new Float64Array(2 ** wires) };
  state.re[0] = 1;
  return state;
}

export function copyOf({ wires, re, im }: StateVector): StateVector {
  return { wires, re: re.slice(), im: im.slice() };
}

/** Multiplies the state by a matrix that acts on the listed wires, in place. */
export function applyMatrix(state: StateVector, matrix: ComplexMatrix, wires: readonly number[]): void {
  const { re, im } = state;
  const { size } = matrix;
  const masks = wires.map((wire) => 1 << (state.wires - 1 - wire));
  const touched = masks.reduce((all, mask) => all | mask, 0);
  // Distance from the group's first basis state to its member with the bits of `row` on the listed wires.
  const offsets = Int32Array.from({ length: size }, (_, row) =>
    masks.reduce((sum, mask, k) => sum + ((row >>> (wires.length - 1 - k)) & 1) * mask, 0),
  );
  const groupRe = new Float64Array(size);
  const groupIm = new Float64Array(size);
  for (let first = 0; first < re.length; first++) {
    if ((first & touched) !== 0) continue;
    for (let row = 0; row < size; row++) {
      groupRe[row] = re[first + offsets[row]!]!;
      groupIm[row] = im[first + offsets[row]!]!;
    }
    for (let row = 0, entry = 0; row < size; row++) {
      let sumRe = 0;
      let sumIm = 0;
      for (let column = 0; column < size; column++, entry++) {
        const a = matrix.re[entry]!;
        const b = matrix.im[entry]!;
        if (a === 0 && b === 0) continue;
        sumRe += a * groupRe[column]! - b * groupIm[column]!;
        sumIm += a * groupIm[column]! + b * groupRe[column]!;
      }
      re[first + offsets[row]!] = sumRe;
      im[first + offsets[row]!] = sumIm;
    }
  }
}

/** Multiplies the state by the inverse of a unitary matrix, in place. */
export function unapplyMatrix(state: StateVector, matrix: ComplexMatrix, wires: readonly number[]): void {
  applyMatrix(state, adjoint(matrix), wires);
}

/** |amplitude|^2 of every basis state. */
export function basisProbabilities({ re, im }: StateVector): Float64Array {
  return re.map((a, i) => a * a + im[i]! * im[i]!);
}

/** Real part of <a|b>. */
export function realInnerProduct(a: StateVector, b: StateVector): number {
  let sum = 0;
  for (let i = 0; i < a.re.length; i++) sum += a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!;
  return sum;
}
