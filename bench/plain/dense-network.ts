import { matricesOf, type DenseShape } from '../networks.js';
import { affineForward, affineInputGradient, affineWeightGradient } from './matrix-kernels.js';

/** A dense network in plain TypeScript: what a careful programmer gets without a compiler. Batches are even. */
export class PlainNetwork {
  /** Flat, all matrices in order. */
  readonly parameters: Float64Array;
  readonly gradients: Float64Array;
  /** [sample][row] */
  readonly input: Float64Array;
  readonly outputs: readonly Float64Array[];
  readonly outputGradients: readonly Float64Array[];
  readonly #shape: DenseShape;
  readonly #matrices;
  readonly #weights: readonly Float64Array[];
  readonly #weightGradients: readonly Float64Array[];
  /** Input and results of the trunk's layers, and their cotangents. */
  readonly #activations: readonly Float64Array[];
  readonly #deltas: readonly Float64Array[];

  constructor(shape: DenseShape, capacity: number) {
    this.#shape = shape;
    this.#matrices = matricesOf(shape);
    const sizes = this.#matrices.map(({ rows, depth }) => rows * (depth + 1));
    this.parameters = new Float64Array(sizes.reduce((sum, size) => sum + size, 0));
    this.gradients = new Float64Array(this.parameters.length);
    this.#weights = split(this.parameters, sizes);
    this.#weightGradients = split(this.gradients, sizes);
    const widths = [shape.inputs, ...shape.trunk.map(({ rows }) => rows)];
    this.#activations = widths.map((width) => new Float64Array(width * capacity));
    this.#deltas = widths.map((width) => new Float64Array(width * capacity));
    this.input = this.#activations[0]!;
    this.outputs = shape.heads.map((rows) => new Float64Array(rows * capacity));
    this.outputGradients = shape.heads.map((rows) => new Float64Array(rows * capacity));
  }

  forward(samples: number): void {
    const { trunk, heads } = this.#shape;
    for (let layer = 0; layer < trunk.length; layer++) {
      const y = this.#activations[layer + 1]!;
      affineForward(this.#matrices[layer]!, this.#weights[layer]!, this.#activations[layer]!, y, samples);
      const count = trunk[layer]!.rows * samples;
      if (trunk[layer]!.activation === 'tanh') for (let i = 0; i < count; i++) y[i] = rationalTanh(y[i]!);
      else for (let i = 0; i < count; i++) if (y[i]! < 0) y[i] = 0;
    }
    for (let head = 0; head < heads.length; head++) {
      const map = trunk.length + head;
      affineForward(this.#matrices[map]!, this.#weights[map]!, this.#activations.at(-1)!, this.outputs[head]!, samples);
    }
  }

  backward(samples: number): void {
    const { trunk, heads } = this.#shape;
    const [last, lastDelta] = [this.#activations.at(-1)!, this.#deltas.at(-1)!];
    lastDelta.fill(0);
    for (let head = 0; head < heads.length; head++) {
      const map = trunk.length + head;
      const dy = this.outputGradients[head]!;
      affineWeightGradient(this.#matrices[map]!, this.#weightGradients[map]!, last, dy, samples);
      affineInputGradient(this.#matrices[map]!, this.#weights[map]!, dy, lastDelta, samples);
    }
    for (let layer = trunk.length - 1; layer >= 0; layer--) {
      const y = this.#activations[layer + 1]!;
      const dy = this.#deltas[layer + 1]!;
      const count = trunk[layer]!.rows * samples;
      if (trunk[layer]!.activation === 'tanh') for (let i = 0; i < count; i++) dy[i]! *= 1 - y[i]! * y[i]!;
      else for (let i = 0; i < count; i++) if (y[i] === 0) dy[i] = 0;
      affineWeightGradient(
        this.#matrices[layer]!,
        this.#weightGradients[layer]!,
        this.#activations[layer]!,
        dy,
        samples,
      );
      if (layer === 0) break;
      const dx = this.#deltas[layer]!;
      dx.fill(0);
      affineInputGradient(this.#matrices[layer]!, this.#weights[layer]!, dy, dx, samples);
    }
  }
}

function split(all: Float64Array, sizes: readonly number[]): Float64Array[] {
  let offset = 0;
  return sizes.map((size) => all.subarray(offset, (offset += size)));
}

/** The rational function of the compiler's tanh: many times as fast as Math.tanh, exact to float32. */
function rationalTanh(x: number): number {
  const bounded = x < -7.905311107635498 ? -7.905311107635498 : x > 7.905311107635498 ? 7.905311107635498 : x;
  const s = bounded * bounded;
  const top = 1 + s * (1.3402161e-1 + s * (3.520756727e-3 + s * (2.10273356e-5 + s * 1.394553628e-8)));
  const bottom = 1 + s * (4.67354834e-1 + s * (2.597254514e-2 + s * (3.326951409e-4 + s * 8.015776984e-7)));
  return (bounded * top) / bottom;
}
