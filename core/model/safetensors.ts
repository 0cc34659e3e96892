import { HqnasError } from '../errors.js';

/** A tensor of a file: row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array;
}

export interface Safetensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the header says of a tensor. */
interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [from: number, to: number];
}

const types = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;

/**
 * Tensors and texts as a safetensors file (github.com/huggingface/safetensors, format 0.4): the length of a header as
 * 64-bit integer, the header as JSON, then the values, little-endian and without gaps. The header is filled up with spaces
 * such that values begin at a multiple of 8, and the widest types come first.
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const widths = Object.entries(tensors).sort(
    ([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT,
  );
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, values }] of widths) {
    const offsets = [length, (length += values.byteLength)];
    header[name] = { dtype: typeOf(values), shape, data_offsets: offsets };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + length).fill(0x20, 0, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { values }] of widths) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/** @throws HqnasError `invalid-model-file` */
export function decodeSafetensors(file: Uint8Array): Safetensors {
  // A Buffer of Node would share its memory with what is cut from it.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 8) throw invalid('it is shorter than 8 bytes');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) throw invalid('its header goes beyond its end');
  let header: Record<string, Partial<TensorEntry> | undefined>;
  try {
    // Members are checked below.
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as typeof header;
  } catch {
    throw invalid('its header is no JSON');
  }
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') tensors[name] = readTensor(bytes.subarray(8 + length), name, entry);
  }
  // The format says that metadata are texts by name.
  const metadata = (header['__metadata__'] ?? {}) as unknown as Record<string, string>;
  return { tensors, metadata };
}

function readTensor(
  data: Uint8Array,
  name: string,
  { dtype = 'no type', shape = [], data_offsets: [from, to] = [0, -1] }: Partial<TensorEntry> = {},
): StoredTensor {
  if (!(dtype in types)) throw invalid(`tensor "${name}" has the type ${dtype}`);
  const Values = types[dtype as keyof typeof types]; // just looked up
  const count = shape.reduce((product, size) => product * size, 1);
  if (!(from >= 0 && to <= data.length && to - from === count * Values.BYTES_PER_ELEMENT)) {
    throw invalid(`the values of tensor "${name}" lie outside the file`);
  }
  // A copy: views need aligned places.
  return { shape, values: new Values(data.slice(from, to).buffer) };
}

function typeOf(values: StoredTensor['values']): keyof typeof types {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Float64Array ? 'F64' : 'I32';
}

function invalid(reason: string): HqnasError {
  return new HqnasError({
    code: 'invalid-model-file',
    what: `this is no model that hqnas saved: ${reason}`,
    expected: 'a file written by hqnas train --save',
  });
}
