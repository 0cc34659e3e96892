import { adjoint, complexMatrix, multiply, type ComplexMatrix } from '../gates/complex-matrix.js';

/**
 * Which Pauli strings a gate makes of which. A string on k wires is a number of k digits of two bits, the first wire first:
 * I = 0, Z = 1, X = 2, Y = 3.
 */
export interface PauliTransfer {
  /** backward[P] = every Q that occurs in U^dagger P U. */
  readonly backward: readonly (readonly number[])[];
  /** forward[Q] = every P that occurs in U Q U^dagger. */
  readonly forward: readonly (readonly number[])[];
  /** derivatives[angle][P] = every Q that occurs in d/dt (U^dagger P U). */
  readonly derivatives: readonly (readonly (readonly number[])[])[];
}

/** Coefficients below this are rounding. */
const rounding = 1e-9;

/** The transfer of a gate given by its matrix and the derivatives of its matrix. */
export function pauliTransfer(matrix: ComplexMatrix, derivatives: readonly ComplexMatrix[]): PauliTransfer {
  const strings = matrix.size ** 2;
  const all = Array.from({ length: strings }, (_, string) => string);
  const inverse = adjoint(matrix);
  const paulis = all.map((string) => pauliString(string, matrix.size));
  const backward = paulis.map((pauli) => occurring(multiply(inverse, multiply(pauli, matrix)), paulis));
  return {
    backward,
    forward: all.map((from) => all.filter((to) => backward[to]!.includes(from))),
    derivatives: derivatives.map((derivative) =>
      // d/dt (U^dagger P U) = A + A^dagger with A = U^dagger P dU/dt.
      paulis.map((pauli) => occurring(hermitian(multiply(inverse, multiply(pauli, derivative))), paulis)),
    ),
  };
}

/** The union of two transfers of one gate at different angles. */
export function unite(a: PauliTransfer, b: PauliTransfer): PauliTransfer {
  const rows = (left: readonly (readonly number[])[], right: readonly (readonly number[])[]) =>
    left.map((row, k) => [...new Set([...row, ...right[k]!])]);
  return {
    backward: rows(a.backward, b.backward),
    forward: rows(a.forward, b.forward),
    derivatives: a.derivatives.map((derivative, k) => rows(derivative, b.derivatives[k]!)),
  };
}

/** Pauli strings with a coefficient Tr(Q M) / size that is not zero; M is Hermitian, so coefficients are real. */
function occurring(matrix: ComplexMatrix, paulis: readonly ComplexMatrix[]): number[] {
  return paulis.flatMap((pauli, string) =>
    Math.abs(realTrace(pauli, matrix)) / matrix.size > rounding ? [string] : [],
  );
}

function realTrace(a: ComplexMatrix, b: ComplexMatrix): number {
  let sum = 0;
  for (let row = 0; row < a.size; row++) {
    for (let column = 0; column < a.size; column++) {
      const [left, right] = [row * a.size + column, column * a.size + row];
      sum += a.re[left]! * b.re[right]! - a.im[left]! * b.im[right]!;
    }
  }
  return sum;
}

function hermitian(a: ComplexMatrix): ComplexMatrix {
  const b = adjoint(a);
  return { size: a.size, re: a.re.map((value, k) => value + b.re[k]!), im: a.im.map((value, k) => value + b.im[k]!) };
}

function pauliString(string: number, size: number): ComplexMatrix {
  const wires = Math.log2(size);
  const matrix = complexMatrix(size, []);
  for (let column = 0; column < size; column++) {
    let row = column;
    let quarterTurns = 0;
    for (let wire = 0; wire < wires; wire++) {
      const digit = (string >> (2 * (wires - 1 - wire))) & 3;
      const mask = 1 << (wires - 1 - wire);
      const bit = (column & mask) !== 0;
      if (digit >= 2) row ^= mask;
      if (digit === 1 && bit) quarterTurns += 2;
      // Y|0> = i|1>, Y|1> = -i|0>.
      if (digit === 3) quarterTurns += bit ? 3 : 1;
    }
    const entry = row * size + column;
    const turn = quarterTurns & 3;
    if ((turn & 1) === 0) matrix.re[entry] = 1 - turn;
    else matrix.im[entry] = 2 - turn;
  }
  return matrix;
}
