import { describe, expect, it } from '@jest/globals';
import { type Expression, formatKernel, int, supportsRelaxed, type ValueType } from '../../compiler/index.js';
import type { BinaryName, UnaryName } from '../../compiler/kernel/expression.js';
import { ByteWriter } from '../../compiler/kernel/wasm/byte-writer.js';
import { encodeModule } from '../../compiler/kernel/wasm/encode-module.js';
import { binaryCode, comparisonCode, unaryCode } from '../../compiler/kernel/wasm/opcodes.js';
import { webAssembly } from '../../compiler/kernel/wasm/web-assembly.js';
import { kernel, runBoth } from './run-kernel.js';

const written = (write: (out: ByteWriter) => void): number[] => {
  const out = new ByteWriter(1);
  write(out);
  return [...out.bytes];
};

/** Decoders written from the definition of LEB128. */
const decode = (bytes: readonly number[]): bigint =>
  bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 127) << BigInt(7 * i)), 0n);
const decodeSigned = (bytes: readonly number[]): bigint => BigInt.asIntN(bytes.length * 7, decode(bytes));

describe('LEB128', () => {
  const integers = [0, 1, 63, 64, 127, 128, 300, 16383, 16384, 2 ** 31 - 1];
  it('is right for unsigned numbers', () => {
    for (const value of [...integers, 2 ** 32 - 1])
      expect(
        decode(
          written((out) => {
            out.unsigned(value);
          }),
        ),
      ).toBe(BigInt(value));
    expect(
      written((out) => {
        out.unsigned(128);
      }),
    ).toEqual([0x80, 0x01]);
  });
  it('is right and shortest for signed numbers', () => {
    for (const value of [...integers, -1, -64, -65, -128, -129, -(2 ** 31)]) {
      expect(
        decodeSigned(
          written((out) => {
            out.signed(value);
          }),
        ),
      ).toBe(BigInt(value));
    }
    expect(
      written((out) => {
        out.signed(63);
      }),
    ).toEqual([0x3f]);
    expect(
      written((out) => {
        out.signed(64);
      }),
    ).toEqual([0xc0, 0x00]);
    expect(
      written((out) => {
        out.signed(-64);
      }),
    ).toEqual([0x40]);
    expect(
      written((out) => {
        out.signed(-65);
      }),
    ).toEqual([0xbf, 0x7f]);
  });
  it('survives execution as i32 constants', () => {
    for (const value of [63, 64, 127, 128, -64, -65, 2 ** 31 - 1, -(2 ** 31)]) {
      const { wasm, javascript } = runBoth(
        [
          kernel((fn) => {
            fn.store(0, 16, int(value));
          }),
        ],
        'kernel',
        0,
        new Uint8Array(64),
      );
      expect(new Int32Array(wasm)[4]).toBe(value);
      expect(new Int32Array(javascript)[4]).toBe(value);
    }
  });
});

const vectors: readonly ValueType[] = ['f32x4', 'f64x2', 'i32x4', 'i64x2'];
const comparisons = Object.keys(comparisonCode.f32x4) as BinaryName[];
const floats = [1.5, -2.25, 0, -0, 1e-40, 3e38, Infinity, -7];
const doubles = [1.1, -2.7, 0, -0, 1e-310, 1e300, Infinity, -7.3];
const integers = [5, -3, 0x7fffffff, -0x80000000, 0, -1, 123456789, 42];

/** Two operands of a vector type at 0 and 64, each tried in all rotations. */
function operands(type: ValueType, rotation: number): Uint8Array {
  const memory = new Uint8Array(1024);
  const values =
    type === 'f64x2'
      ? new Float64Array(memory.buffer)
      : type === 'f32x4'
        ? new Float32Array(memory.buffer)
        : new Int32Array(memory.buffer);
  const source = type === 'f64x2' ? doubles : type === 'f32x4' ? floats : integers;
  const lanes = type === 'f64x2' ? 2 : 4;
  const second = type === 'f64x2' ? 8 : 16;
  for (let i = 0; i < lanes; i++) {
    values[i] = source[(i * 3 + rotation) % 8]!;
    values[second + i] = source[(i + Math.floor(rotation / 8)) % 8]!;
  }
  return memory;
}

function check(expression: (a: Expression, b: Expression) => Expression, type: ValueType): void {
  const load = (offset: number): Expression => ({ op: 'load', type, address: int(0), offset, splat: false });
  const code = kernel((fn) => {
    fn.store(0, 128, expression(load(0), load(64)));
  });
  for (let rotation = 0; rotation < 64; rotation += 3) {
    const { wasm, javascript } = runBoth([code], 'kernel', 0, operands(type, rotation));
    const result = expression(load(0), load(64)).type;
    const view = (buffer: ArrayBuffer): number[] =>
      result === 'f32x4'
        ? [...new Float32Array(buffer, 128, 4)]
        : result === 'f64x2'
          ? [...new Float64Array(buffer, 128, 2)]
          : [...new Int32Array(buffer, 128, 4)];
    expect(view(javascript)).toEqual(view(wasm));
  }
}

describe('instructions give the same in both backends', () => {
  for (const type of vectors) {
    const masks = type === 'f32x4' || type === 'i32x4' ? 'i32x4' : 'i64x2';
    for (const name of Object.keys(binaryCode[type]) as BinaryName[]) {
      if (type === 'i64x2' && name === 'multiply') continue;
      if (name.startsWith('shift')) {
        const width = type === 'i32x4' ? 32 : 64;
        for (const bits of [1, 7, 31, width - 1]) {
          it(`${type} ${name} ${bits}`, () => {
            check((a) => ({ op: 'binary', type, name, a, b: int(bits) }), type);
          });
        }
      } else {
        it(`${type} ${name}`, () => {
          check((a, b) => ({ op: 'binary', type, name, a, b }), type);
        });
      }
    }
    if (type !== 'i64x2') {
      for (const name of comparisons) {
        it(`${type} ${name}`, () => {
          check((a, b) => ({ op: 'binary', type: masks, name, a, b }), type);
        });
      }
      for (const name of Object.keys(unaryCode[type]) as UnaryName[]) {
        if (!['to-float', 'demote', 'promote'].includes(name))
          it(`${type} ${name}`, () => {
            check((a) => ({ op: 'unary', type, name, a }), type);
          });
      }
    }
    const lanes = type === 'f32x4' || type === 'i32x4' ? [6, 1, 0, 7] : [3, 0];
    it(`${type} shuffle`, () => {
      check((a, b) => ({ op: 'shuffle', type, a, b, lanes }), type);
    });
  }
  for (const type of ['f32x4', 'f64x2'] as const) {
    const integers = type === 'f32x4' ? 'i32x4' : 'i64x2';
    for (const negated of [false, true]) {
      it(`${type} multiply-add ${negated}`, () => {
        check((a, b) => ({ op: 'multiply-add', type, a, b, c: a, negated }), type);
      });
    }
    const mask = (a: Expression, b: Expression): Expression => ({ op: 'binary', type: integers, name: 'less', a, b });
    it(`${type} select`, () => {
      check((a, b) => ({ op: 'select', type, a, b, mask: mask(a, b) }), type);
    });
    it(`${type} select by arbitrary bits`, () => {
      check(
        (a, b) => ({ op: 'select', type, a, b, mask: { op: 'constant', type: integers, value: 0x00ff00ff } }),
        type,
      );
    });
    it(`${type} as integers and back`, () => {
      check((a) => ({ op: 'reinterpret', type, a: { op: 'reinterpret', type: integers, a } }), type);
    });
    it(`${type} splat of a lane`, () => {
      check(
        (a) => ({ op: 'splat', type, a: { op: 'lane', type: type === 'f32x4' ? 'f32' : 'f64', a, lane: 1 } }),
        type,
      );
    });
  }
  it('i32x4 to-float', () => {
    check((a) => ({ op: 'unary', type: 'f32x4', name: 'to-float', a }), 'i32x4');
  });
  it('f32x4 demote', () => {
    check((a) => ({ op: 'unary', type: 'f32x4', name: 'demote', a }), 'f64x2');
  });
  it('f64x2 promote', () => {
    check((a) => ({ op: 'unary', type: 'f64x2', name: 'promote', a }), 'f32x4');
  });
  it('calls, conditions and guarded loops', () => {
    const store = kernel((fn) => {
      fn.loop(
        0,
        fn.parameter<'i32'>(0),
        4,
        (at) => {
          fn.store(at, 256, int(7));
        },
        true,
      );
      fn.if(
        { op: 'binary', type: 'i32', name: 'less', a: fn.parameter<'i32'>(0), b: int(1) },
        () => {
          fn.store(0, 512, int(1));
        },
        () => {
          fn.store(0, 512, int(2));
        },
      );
    });
    const caller = {
      ...kernel((fn) => {
        fn.call('inner', fn.parameter<'i32'>(0));
      }),
      name: 'kernel',
    };
    for (const [count, sevens, branch] of [
      [0, 0, 1],
      [12, 3, 2],
    ] as const) {
      const { wasm, javascript } = runBoth(
        [{ ...store, name: 'inner' }, caller],
        'kernel',
        count,
        new Uint8Array(1024),
      );
      expect([...new Int32Array(wasm)].filter((value) => value === 7)).toHaveLength(sevens);
      expect(new Int32Array(wasm)[128]).toBe(branch);
      expect(new Int32Array(javascript)).toEqual(new Int32Array(wasm));
    }
  });
});

it('an error in a kernel names it in the stack trace', () => {
  const { name, ...rest } = kernel((fn) => {
    fn.store(fn.parameter<'i32'>(0), 0, int(1));
  });
  const module = new webAssembly!.Module(
    encodeModule({ functions: [{ ...rest, name: `policy/0 ${name}` }], exports: [`policy/0 ${name}`] }),
  );
  const memory = new webAssembly!.Memory({ initial: 1, maximum: 2 });
  const { exports } = new webAssembly!.Instance(module, { env: { memory } });
  try {
    exports['policy/0 kernel']!(2 ** 30);
    throw new Error('should have trapped');
  } catch (error) {
    expect(String((error as Error).stack)).toContain('policy/0 kernel');
  }
});

it('relaxed functions use one instruction where the engine has it', () => {
  const build = (relaxed: boolean) =>
    kernel((fn) => {
      fn.store(0, 0, fn.f32.multiplyAdd(fn.f32.load(0), fn.f32.load(16), fn.f32.load(32)));
    }, relaxed);
  const encode = (relaxed: boolean) => encodeModule({ functions: [build(relaxed)], exports: [] });
  expect(Buffer.from(encode(true)).includes(Buffer.from([0xfd, 0x85, 0x02]))).toBe(true);
  expect(Buffer.from(encode(false)).includes(Buffer.from([0xfd, 0x85, 0x02]))).toBe(false);
  expect(webAssembly!.validate(encode(true))).toBe(supportsRelaxed());
});

it('kernels can be read as text', () => {
  const text = formatKernel(
    kernel((fn) => {
      fn.loop(0, fn.parameter<'i32'>(0), 16, (p) => {
        fn.store(p, 64, fn.f32.sqrt(fn.f32.load(p)));
      });
    }),
  );
  expect(text).toContain('for v1 = 0 to v0 step 16');
  expect(text).toContain('[v1 + 64]: f32x4 = sqrt([v1 + 0]:f32x4)');
});
