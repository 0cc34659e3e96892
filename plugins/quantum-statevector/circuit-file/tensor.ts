import type { JsonValue } from './json-value.js';

/** Numbers of any shape, row-major; JSON. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Reads `{ "shape": [2, 3], "data": [...] }`, or nested lists of numbers. @throws HqnasError `invalid-circuit-file` */
export function readTensor(source: JsonValue): Tensor {
  if (source.isNumber) return { shape: [], data: [source.number()] };
  if (source.isList) return readNested(source);
  if (source.isMissing || typeof source.value !== 'object') throw source.wrong('a number, or lists of numbers');
  const shape = source
    .member('shape')
    .items()
    .map((item) => item.wholeNumber(0, 1e6));
  const list = source.member('data');
  const data = list.items().map((item) => item.number());
  const size = sizeOf(shape);
  if (data.length !== size)
    throw list.wrong(`${size} numbers for the shape [${shape.join(', ')}]`, 'the shape does not fit');
  return { shape, data };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function tensor(shape: readonly number[], data: ArrayLike<number>): Tensor {
  return { shape, data: Array.from(data) };
}

function readNested(source: JsonValue): Tensor {
  const parts = source.items().map(readTensor);
  const inner = parts[0]?.shape ?? [];
  source.items().forEach((item, k) => {
    if (JSON.stringify(parts[k]!.shape) !== JSON.stringify(inner)) throw item.wrong('lists of equal lengths');
  });
  return { shape: [parts.length, ...inner], data: parts.flatMap(({ data }) => data) };
}
