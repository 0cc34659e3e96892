/** Values in row-major order. */
interface Block {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/**
 * Copies what two blocks of equal rank have in common: the places that exist in both.
 * @param linear weights [neurons, inputs + 1] of a linear map, the last column the bias: bias goes to bias, and new inputs of
 * a neuron that both have get weight 0
 * @returns how many values were copied
 */
export function copyBlock(from: Block, to: Block, linear: boolean): number {
  if (linear) return copyLinear(from, to);
  const common = to.shape.map((size, axis) => Math.min(size, from.shape[axis]!));
  const run = common.at(-1) ?? 1;
  const rows = common.slice(0, -1).reduce((product, size) => product * size, 1);
  for (let row = 0; row < rows; row++) {
    let [rest, source, target] = [row, 0, 0];
    let [sourceStride, targetStride] = [from.shape.at(-1) ?? 1, to.shape.at(-1) ?? 1];
    for (let axis = common.length - 2; axis >= 0; axis--) {
      const at = rest % common[axis]!;
      rest = Math.floor(rest / common[axis]!);
      source += at * sourceStride;
      target += at * targetStride;
      sourceStride *= from.shape[axis]!;
      targetStride *= to.shape[axis]!;
    }
    to.values.set(from.values.subarray(source, source + run), target);
  }
  return rows * run;
}

function copyLinear({ values, shape: [units = 0, columns = 0] }: Block, to: Block): number {
  const [ownUnits = 0, ownColumns = 0] = to.shape;
  const rows = Math.min(units, ownUnits);
  const inputs = Math.min(columns, ownColumns) - 1;
  for (let row = 0; row < rows; row++) {
    const start = row * ownColumns;
    to.values.fill(0, start, start + ownColumns);
    to.values.set(values.subarray(row * columns, row * columns + inputs), start);
    to.values[start + ownColumns - 1] = values[(row + 1) * columns - 1]!;
  }
  return rows * (inputs + 1);
}
