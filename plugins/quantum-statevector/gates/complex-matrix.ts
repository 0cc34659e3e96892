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

/** a * left + (b + i c) * right, entry by entry. */
export function combine(a: number, left: ComplexMatrix, b: number, c: number, right: ComplexMatrix): ComplexMatrix {
  const sum = complexMatrix(left.size, []);
  for (let k = 0; k < sum.re.length; k++) {
    sum.re[k] = a * left.re[k]! + b * right.re[k]! - c * right.im[k]!;
    sum.im[k] = a * left.im[k]! + b * right.im[k]! + c * right.re[k]!;
  }
  return sum;
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
