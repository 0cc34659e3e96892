/** An input row, its own value for every sample, or a weight that all samples share. */
export type Variable = {
  readonly source: 'input' | 'weight';
  readonly index: number;
};

/**
 * Where an angle comes from, in radians: a constant, an input, a weight, or `factor` times a product of inputs and weights, as
 * w x of data re-uploading or x_i x_j of IQP. A variable may stand several times in `of`.
 */
export type Angle =
  | { readonly source: 'constant'; readonly value: number }
  | { readonly source: 'input'; readonly index: number }
  | { readonly source: 'weight'; readonly index: number }
  | { readonly source: 'product'; readonly factor: number; readonly of: readonly Variable[] };

/** An angle that never changes, in radians. */
export function constant(value: number): Angle {
  return { source: 'constant', value };
}

/** Input number `index` as an angle: a value of its own for every sample, with a gradient. */
export function input(index: number): Angle {
  return { source: 'input', index };
}

/** Weight number `index` as an angle: shared by all samples and by all gates that name it. */
export function weight(index: number): Angle {
  return { source: 'weight', index };
}

/** Product of angles and numbers, in its shortest form: `product(2, input(0))`, `product(weight(0), input(1))`. */
export function product(...terms: readonly (Angle | number)[]): Angle {
  let factor = 1;
  const variables: Variable[] = [];
  for (const term of terms) {
    const [ownFactor, own] = typeof term === 'number' ? [term, []] : factorsOf(term);
    factor *= ownFactor;
    variables.push(...own);
  }
  const [only] = variables;
  if (only === undefined) return constant(factor);
  if (variables.length === 1 && factor === 1) return only;
  return { source: 'product', factor, of: variables };
}

/** The opposite angle. */
export function negative(angle: Angle): Angle {
  return product(-1, angle);
}

/** Any angle as a number times a product of variables. */
export function factorsOf(angle: Angle): readonly [factor: number, variables: readonly Variable[]] {
  if (angle.source === 'constant') return [angle.value, []];
  if (angle.source === 'product') return [angle.factor, angle.of];
  return [1, [angle]];
}

/** Value of an angle for one sample. */
export function angleValue(angle: Angle, inputs: ArrayLike<number>, weights: ArrayLike<number>): number {
  const [factor, variables] = factorsOf(angle);
  return variables.reduce((value, variable) => value * valueOf(variable, inputs, weights), factor);
}

/** Gradients of one sample. */
export interface CircuitGradients {
  readonly inputs: Float64Array;
  readonly weights: Float64Array;
}

/** Adds what a change of an angle means for each of its variables: `slope` is the derivative with respect to the angle. */
export function addAngleGradient(
  angle: Angle,
  slope: number,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  gradients: CircuitGradients,
): void {
  const [factor, variables] = factorsOf(angle);
  variables.forEach(({ source, index }, k) => {
    const others = variables.reduce(
      (value, variable, j) => (j === k ? value : value * valueOf(variable, inputs, weights)),
      factor,
    );
    gradients[`${source}s`][index]! += slope * others;
  });
}

/** The angle with `given[k]` in the place of input k. @throws RangeError when it reads an input that is not given, or a weight */
export function substitute(angle: Angle, given: readonly Angle[]): Angle {
  const [factor, variables] = factorsOf(angle);
  const terms = variables.map(({ source, index }) => {
    const term = source === 'input' ? given[index] : undefined;
    if (term === undefined) throw new RangeError(`there is no angle ${index}`);
    return term;
  });
  return product(factor, ...terms);
}

function valueOf({ source, index }: Variable, inputs: ArrayLike<number>, weights: ArrayLike<number>): number {
  return (source === 'input' ? inputs : weights)[index]!;
}
