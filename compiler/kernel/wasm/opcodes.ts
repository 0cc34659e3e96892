import type { BinaryName, UnaryName, ValueType } from '../expression.js';

/**
 * Opcodes of the WebAssembly core specification 2.0 (binary format, instructions) and of relaxed SIMD. Codes of vector
 * types follow the prefix 0xfd.
 */
type Codes<Name extends string> = Readonly<Partial<Record<Name, number>>>;

export const valueTypeCode: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  f32: 0x7d,
  f64: 0x7c,
  f32x4: 0x7b,
  f64x2: 0x7b,
  i32x4: 0x7b,
  i64x2: 0x7b,
};

const bitwise = { and: 0x4e, 'and-not': 0x4f, or: 0x50, xor: 0x51 };

/** By the type of the result; comparisons are in {@link comparisonCode}. */
export const binaryCode: Readonly<Record<ValueType, Codes<BinaryName>>> = {
  i32: {
    ...{ add: 0x6a, subtract: 0x6b, multiply: 0x6c, and: 0x71, or: 0x72, xor: 0x73 },
    ...{ 'shift-left': 0x74, 'shift-right': 0x75, 'shift-right-unsigned': 0x76 },
  },
  f32: { add: 0x92, subtract: 0x93, multiply: 0x94, divide: 0x95 },
  f64: { add: 0xa0, subtract: 0xa1, multiply: 0xa2, divide: 0xa3 },
  f32x4: { add: 0xe4, subtract: 0xe5, multiply: 0xe6, divide: 0xe7, pmin: 0xea, pmax: 0xeb, ...bitwise },
  f64x2: { add: 0xf0, subtract: 0xf1, multiply: 0xf2, divide: 0xf3, pmin: 0xf6, pmax: 0xf7, ...bitwise },
  i32x4: {
    ...{ add: 0xae, subtract: 0xb1, multiply: 0xb5 },
    ...{ 'shift-left': 0xab, 'shift-right': 0xac, 'shift-right-unsigned': 0xad, ...bitwise },
  },
  i64x2: {
    ...{ add: 0xce, subtract: 0xd1, multiply: 0xd5 },
    ...{ 'shift-left': 0xcb, 'shift-right': 0xcc, 'shift-right-unsigned': 0xcd, ...bitwise },
  },
};

/** By the type of the operands. i32 compares unsigned, integer lanes signed. */
export const comparisonCode: Readonly<Record<ValueType, Codes<BinaryName>>> = {
  i32: { equal: 0x46, less: 0x49, greater: 0x4b, 'less-equal': 0x4d, 'greater-equal': 0x4f },
  f32: { equal: 0x5b, less: 0x5d, greater: 0x5e, 'less-equal': 0x5f, 'greater-equal': 0x60 },
  f64: { equal: 0x61, less: 0x63, greater: 0x64, 'less-equal': 0x65, 'greater-equal': 0x66 },
  i32x4: { equal: 0x37, less: 0x39, greater: 0x3b, 'less-equal': 0x3d, 'greater-equal': 0x3f },
  i64x2: { equal: 0xd6, less: 0xd8, greater: 0xd9, 'less-equal': 0xda, 'greater-equal': 0xdb },
  f32x4: { equal: 0x41, less: 0x43, greater: 0x44, 'less-equal': 0x45, 'greater-equal': 0x46 },
  f64x2: { equal: 0x47, less: 0x49, greater: 0x4a, 'less-equal': 0x4b, 'greater-equal': 0x4c },
};

export const unaryCode: Readonly<Record<ValueType, Codes<UnaryName>>> = {
  i32: { 'is-zero': 0x45 },
  f32: { abs: 0x8b, negate: 0x8c, sqrt: 0x91, 'to-float': 0xb2 },
  f64: { abs: 0x99, negate: 0x9a, sqrt: 0x9f },
  f32x4: { abs: 0xe0, negate: 0xe1, sqrt: 0xe3, 'to-float': 0xfa, demote: 0x5e },
  f64x2: { abs: 0xec, negate: 0xed, sqrt: 0xef, promote: 0x5f },
  i32x4: { abs: 0xa0, negate: 0xa1 },
  i64x2: { abs: 0xc0, negate: 0xc1 },
};

/** Loads and stores of scalars; vectors use 0xfd 0x00 and 0xfd 0x0b. */
export const scalarLoadCode: Codes<ValueType> = { i32: 0x28, f32: 0x2a, f64: 0x2b };
export const scalarStoreCode: Codes<ValueType> = { i32: 0x36, f32: 0x38, f64: 0x39 };

/** One element from memory into all lanes. */
export const splatLoadCode: Codes<ValueType> = { f32x4: 0x09, i32x4: 0x09, f64x2: 0x0a, i64x2: 0x0a };
export const splatCode: Codes<ValueType> = { i32x4: 0x11, f32x4: 0x13, f64x2: 0x14 };
/** By the type of the vector. */
export const laneCode: Codes<ValueType> = { i32x4: 0x1b, f32x4: 0x1f, f64x2: 0x21 };

/** a * b + c and c - a * b in one instruction whose rounding depends on the machine. */
export const relaxedMultiplyAdd: Codes<ValueType> = { f32x4: 0x105, f64x2: 0x107 };
export const relaxedNegativeMultiplyAdd: Codes<ValueType> = { f32x4: 0x106, f64x2: 0x108 };

export const code = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  branchIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Constant: 0x41,
  f32Constant: 0x43,
  f64Constant: 0x44,
  i32ReinterpretF32: 0xbc,
  f32ReinterpretI32: 0xbe,
  simd: 0xfd,
  vectorLoad: 0x00,
  vectorStore: 0x0b,
  vectorConstant: 0x0c,
  shuffle: 0x0d,
  bitSelect: 0x52,
  void: 0x40,
} as const;
