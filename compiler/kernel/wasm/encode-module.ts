import type { KernelModule } from '../kernel-module.js';
import { ByteWriter } from './byte-writer.js';
import { FunctionEncoder } from './encode-function.js';
import { valueTypeCode } from './opcodes.js';
import { maximumPages } from './web-assembly.js';

const section = { custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const;

/** The module in the WebAssembly binary format. It imports its memory as `env.memory` and names its functions for stack traces. */
export function encodeModule({ functions, exports }: KernelModule): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(32768);
  const part = new ByteWriter(32768);
  const indices = new Map(functions.map(({ name }, index) => [name, index]));
  const indexOf = (name: string): number => {
    const index = indices.get(name);
    if (index === undefined) throw new TypeError(`there is no function "${name}" in this module`);
    return index;
  };
  if (indices.size !== functions.length) throw new TypeError('two functions of this module have the same name');
  const finish = (id: number): void => {
    out.byte(id);
    out.unsigned(part.length);
    out.append(part.bytes);
    part.clear();
  };

  out.append(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  const types = new Map<string, number>();
  const typeBytes = new ByteWriter(256);
  const typeOf = functions.map(({ parameters, result }) => {
    const codes = parameters.map((type) => valueTypeCode[type]);
    const results = result === undefined ? [] : [valueTypeCode[result.type]];
    const key = `${codes.join()}>${results.join()}`;
    let index = types.get(key);
    if (index === undefined) {
      index = types.size;
      types.set(key, index);
      typeBytes.append(Uint8Array.of(0x60, codes.length, ...codes, results.length, ...results));
    }
    return index;
  });
  part.unsigned(types.size);
  part.append(typeBytes.bytes);
  finish(section.type);

  part.unsigned(1);
  part.text('env');
  part.text('memory');
  part.append(Uint8Array.of(0x02, 0x01));
  part.unsigned(1);
  part.unsigned(maximumPages);
  finish(section.import);

  part.unsigned(functions.length);
  for (const type of typeOf) part.unsigned(type);
  finish(section.function);

  part.unsigned(exports.length);
  for (const name of exports) {
    part.text(name);
    part.byte(0x00);
    part.unsigned(indexOf(name));
  }
  finish(section.export);

  const encoder = new FunctionEncoder(indexOf);
  part.unsigned(functions.length);
  for (const kernel of functions) encoder.encode(kernel, part);
  finish(section.code);

  const names = new ByteWriter(1024);
  names.unsigned(functions.length);
  functions.forEach(({ name }, index) => {
    names.unsigned(index);
    names.text(name);
  });
  part.text('name');
  part.byte(0x01);
  part.unsigned(names.length);
  part.append(names.bytes);
  finish(section.custom);
  return out.bytes.slice();
}
