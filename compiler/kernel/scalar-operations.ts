import type { BinaryName, Expression } from './expression.js';

type I32 = Expression<'i32'>;

/** An i32 constant. */
export function int(value: number): Expression<'i32'> {
  return { op: 'constant', type: 'i32', value };
}

/** A number as a constant. */
export function toI32(value: I32 | number): I32 {
  return typeof value === 'number' ? int(value) : value;
}

/** Integer arithmetic on addresses and counters; wraps at 2^32. Constants are folded. */
export const i32 = {
  constant: int,
  add: (a: I32, b: I32 | number): I32 => (b === 0 ? a : i32Binary('add', a, b)),
  subtract: (a: I32, b: I32 | number): I32 => (b === 0 ? a : i32Binary('subtract', a, b)),
  multiply: (a: I32, b: I32 | number): I32 => (b === 1 ? a : i32Binary('multiply', a, b)),
  and: (a: I32, b: I32 | number): I32 => i32Binary('and', a, b),
  or: (a: I32, b: I32 | number): I32 => i32Binary('or', a, b),
  xor: (a: I32, b: I32 | number): I32 => i32Binary('xor', a, b),
  shiftLeft: (a: I32, b: number): I32 => (b === 0 ? a : i32Binary('shift-left', a, b)),
  shiftRightUnsigned: (a: I32, b: number): I32 => (b === 0 ? a : i32Binary('shift-right-unsigned', a, b)),
  less: (a: I32, b: I32 | number): I32 => i32Binary('less', a, b),
  equal: (a: I32, b: I32 | number): I32 => i32Binary('equal', a, b),
  load: (address: I32 | number, offset: number): I32 => ({
    op: 'load',
    type: 'i32',
    address: toI32(address),
    offset,
    splat: false,
  }),
};

const fold: Partial<Record<BinaryName, (a: number, b: number) => number>> = {
  add: (a, b) => (a + b) | 0,
  subtract: (a, b) => (a - b) | 0,
  multiply: Math.imul,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  'shift-left': (a, b) => a << b,
  'shift-right-unsigned': (a, b) => (a >>> b) | 0,
};

function i32Binary(name: BinaryName, a: I32, b: I32 | number): I32 {
  const right = toI32(b);
  const folded = fold[name];
  if (a.op === 'constant' && right.op === 'constant' && folded !== undefined) return int(folded(a.value, right.value));
  if (name === 'add' && right.op === 'constant' && right.value === 0) return a;
  return { op: 'binary', type: 'i32', name, a, b: right };
}

/** Scalar float arithmetic, for the tail of a reduction. */
export const scalar = {
  constant: (value: number): Expression<'f32'> => ({ op: 'constant', type: 'f32', value }),
  add: (a: Expression<'f32'>, b: Expression<'f32'>): Expression<'f32'> => ({
    op: 'binary',
    type: 'f32',
    name: 'add',
    a,
    b,
  }),
  multiply: (a: Expression<'f32'>, b: Expression<'f32'>): Expression<'f32'> => ({
    op: 'binary',
    type: 'f32',
    name: 'multiply',
    a,
    b,
  }),
};
