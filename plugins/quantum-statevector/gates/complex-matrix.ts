/** A square matrix of complex numbers in float64, row-major. */
export interface ComplexMatrix {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A matrix of its entries, row by row; entries left out are 0. */
export function complexMatrix(size: number, re: readonly number[], im: readonly number[] = []): ComplexMatrix {
  const matrix = { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  matrix.re.set(re);
  matrix.im.set(im);
  return matrix;
}

export function identity(size: number): ComplexMatrix {
  const matrix = complexMatrix(size, []);
  for (let i = 0; i < size; i++) matrix.re[i * size + i] = 1;
  return matrix;
}

/** Sum of matrices, each times a real number. */
export function sum(...terms: readonly (readonly [factor: number, matrix: ComplexMatrix])[]): ComplexMatrix {
  const total = complexMatrix(terms[0]![1].size, []);
  for (const [factor, { re, im }] of terms) {
    for (let k = 0; k < total.re.length; k++) {
      total.re[k]! += factor * re[k]!;
      total.im[k]! += factor * im[k]!;
    }
  }
  return total;
}

/** The matrix on all of `count` wires, of one that acts on the listed wires. */
export function embed(matrix: ComplexMatrix, wires: readonly number[], count: number): ComplexMatrix {
  const size = 2 ** count;
  const result = complexMatrix(size, []);
  const masks = wires.map((wire) => 1 << (count - 1 - wire));
  const rest = masks.reduce((left, mask) => left & ~mask, size - 1);
  const inner = (state: number): number => masks.reduce((row, mask) => row * 2 + ((state & mask) === 0 ? 0 : 1), 0);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if ((row & rest) !== (column & rest)) continue;
      const from = inner(row) * matrix.size + inner(column);
      result.re[row * size + column] = matrix.re[from]!;
      result.im[row * size + column] = matrix.im[from]!;
    }
  }
  return result;
}

export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const { size } = a;
  const product = complexMatrix(size, []);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let re = 0;
      let im = 0;
      for (let k = 0; k < size; k++) {
        const [aRe, aIm] = [a.re[row * size + k]!, a.im[row * size + k]!];
        const [bRe, bIm] = [b.re[k * size + column]!, b.im[k * size + column]!];
        re += aRe * bRe - aIm * bIm;
        im += aRe * bIm + aIm * bRe;
      }
      product.re[row * size + column] = re;
      product.im[row * size + column] = im;
    }
  }
  return product;
}

/** Conjugate transpose; the inverse of a unitary matrix. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const { size } = a;
  const result = complexMatrix(size, []);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      result.re[column * size + row] = a.re[row * size + column]!;
      result.im[column * size + row] = -a.im[row * size + column]!;
    }
  }
  return result;
}
