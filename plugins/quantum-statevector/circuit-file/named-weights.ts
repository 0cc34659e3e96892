import { HqnasError } from '../../../core/index.js';
import { weight, type Angle } from '../circuit.js';
import type { JsonValue } from './json-value.js';
import { readTensor, sizeOf, tensor, type Tensor } from './tensor.js';

/** Weights by name, one after another in the circuit's flat vector. */
export class NamedWeights {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly values: Float64Array;
  readonly #offsets = new Map<string, number>();

  /** @throws HqnasError `invalid-circuit-file` */
  constructor(source: JsonValue) {
    const tensors = source.isMissing ? [] : source.members().map(([name, value]) => [name, readTensor(value)] as const);
    this.tensors = Object.fromEntries(tensors);
    let offset = 0;
    for (const [name, { data }] of tensors) {
      this.#offsets.set(name, offset);
      offset += data.length;
    }
    this.values = Float64Array.from(tensors.flatMap(([, { data }]) => data));
  }

  /** Offset and shape of the weights that a template names. */
  template(
    name: JsonValue,
    expected: (shape: readonly number[]) => string | undefined,
  ): { readonly first: number; readonly shape: readonly number[] } {
    const text = name.text();
    const offset = this.#offsets.get(text);
    if (offset === undefined) throw name.wrong(this.#known(), 'there are no weights of this name');
    const { shape } = this.tensors[text]!;
    const problem = expected(shape);
    if (problem !== undefined) {
      throw name.wrong(`weights of the shape ${problem}, not [${shape.join(', ')}]`, 'these weights do not fit');
    }
    return { first: offset, shape };
  }

  /** One weight: name and indexes. */
  at(name: string, indexes: readonly number[], fail: (what: string, expected: string) => HqnasError): Angle {
    const offset = this.#offsets.get(name);
    if (offset === undefined) throw fail(`there are no weights "${name}"`, this.#known());
    const { shape } = this.tensors[name]!;
    const fits = indexes.length === shape.length && indexes.every((index, k) => index < shape[k]!);
    if (!fits) throw fail('there is no such weight', `indexes within the shape [${shape.join(', ')}]`);
    return weight(offset + indexes.reduce((sum, index, k) => sum * shape[k]! + index, 0));
  }

  /** A vector over all weights, taken apart by name. */
  split(values: ArrayLike<number>, leading: readonly number[] = []): Record<string, Tensor> {
    const rows = sizeOf(leading);
    const parts = Object.entries(this.tensors).map(([name, { shape, data }]) => {
      const offset = this.#offsets.get(name)!;
      const own = Array.from({ length: rows * data.length }, (_, k) => {
        const [row, index] = [Math.floor(k / data.length), k % data.length];
        return values[row * this.values.length + offset + index]!;
      });
      return [name, tensor([...leading, ...shape], own)] as const;
    });
    return Object.fromEntries(parts);
  }

  #known(): string {
    const names = [...this.#offsets.keys()];
    return names.length === 0 ? 'weights in the file' : `one of ${names.join(', ')}`;
  }
}
