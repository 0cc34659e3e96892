/** A dense network with a shared trunk and heads, as the engine benchmark needs it. */
export interface DenseShape {
  readonly name: string;
  readonly inputs: number;
  readonly trunk: readonly { readonly rows: number; readonly activation: 'tanh' | 'relu' }[];
  /** Rows of the linear heads: policy and value. */
  readonly heads: readonly [number, number];
}

export const shapes: readonly DenseShape[] = [
  {
    name: '4-37t-41t-2r-24t-5t + heads',
    inputs: 4,
    trunk: [
      { rows: 37, activation: 'tanh' },
      { rows: 41, activation: 'tanh' },
      { rows: 2, activation: 'relu' },
      { rows: 24, activation: 'tanh' },
      { rows: 5, activation: 'tanh' },
    ],
    heads: [2, 1],
  },
  {
    name: '4-64t-64t + heads',
    inputs: 4,
    trunk: [
      { rows: 64, activation: 'tanh' },
      { rows: 64, activation: 'tanh' },
    ],
    heads: [2, 1],
  },
];

/** Matrix [rows, depth + 1] of each linear map in order: the trunk, then the heads. The last column is the bias. */
export function matricesOf({ inputs, trunk, heads }: DenseShape): { readonly rows: number; readonly depth: number }[] {
  const widths = [inputs, ...trunk.map(({ rows }) => rows)];
  const last = widths.at(-1)!;
  return [
    ...trunk.map(({ rows }, layer) => ({ rows, depth: widths[layer]! })),
    ...heads.map((rows) => ({ rows, depth: last })),
  ];
}

/** Floating-point operations of one sample in the matrix products of forward and backward; no gradient of the inputs. */
export function flopsOf(shape: DenseShape): { readonly forward: number; readonly backward: number } {
  const products = matricesOf(shape).map(({ rows, depth }) => 2 * rows * depth);
  const forward = products.reduce((sum, product) => sum + product, 0);
  return { forward, backward: 2 * forward - products[0]! };
}
