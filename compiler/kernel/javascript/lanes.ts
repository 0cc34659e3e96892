import type { BinaryName, ValueType } from '../expression.js';

/** Numbers that stand for one value: lanes of a vector; a 64-bit integer lane is its low and its high half. */
export const partsOf: Readonly<Record<ValueType, number>> = {
  i32: 1,
  f32: 1,
  f64: 1,
  f32x4: 4,
  i32x4: 4,
  f64x2: 2,
  i64x2: 4,
};

/**
 * Run-time support of translated kernels: bits of floats through aliased arrays, and 64-bit integer lanes as pairs of
 * 32-bit halves. Everything else is written out by the translation.
 */
export const prelude = `
const fr = Math.fround;
const F = new Float32Array(buffer), I = new Int32Array(buffer), D = new Float64Array(buffer);
const sI = new Int32Array(4), sF = new Float32Array(sI.buffer), sD = new Float64Array(sI.buffer);
function bits(x) { sF[0] = x; return sI[0]; }
function single(i) { sI[0] = i; return sF[0]; }
function low(x) { sD[0] = x; return sI[0]; }
function high(x) { sD[0] = x; return sI[1]; }
function double(l, h) { sI[0] = l; sI[1] = h; return sD[0]; }
function keep(m, x) { return m === -1 ? x : m === 0 ? 0 : single(m & bits(x)); }
function pick(m, a, b) { return m === -1 ? a : m === 0 ? b : single((m & bits(a)) | (~m & bits(b))); }
function keepDouble(l, h, x) { return (l & h) === -1 ? x : (l | h) === 0 ? 0 : double(l & low(x), h & high(x)); }
function pickDouble(l, h, a, b) {
  return (l & h) === -1 ? a : (l | h) === 0 ? b
    : double((l & low(a)) | (~l & low(b)), (h & high(a)) | (~h & high(b)));
}
function carry(a, b) { return (a >>> 0) + (b >>> 0) > 4294967295 ? 1 : 0; }
function borrow(a, b) { return (a >>> 0) < (b >>> 0) ? 1 : 0; }
`;

const infix: Readonly<Partial<Record<BinaryName, string>>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  and: '&',
  or: '|',
  xor: '^',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
  equal: '===',
};

/** One float operation on lanes `a` and `b`, or undefined if there is none of that name. */
export function floatBinary(name: BinaryName, wide: boolean, a: string, b: string): string | undefined {
  if (name === 'pmin') return `${b}<${a}?${b}:${a}`;
  if (name === 'pmax') return `${a}<${b}?${b}:${a}`;
  if (name === 'and' || name === 'or' || name === 'xor' || name === 'and-not') {
    const operator = name === 'and-not' ? '&~' : infix[name]!;
    if (!wide) return `single(bits(${a})${operator}bits(${b}))`;
    return `double(low(${a})${operator}low(${b}),high(${a})${operator}high(${b}))`;
  }
  const operator = infix[name];
  if (operator === undefined || operator === '&') return undefined;
  return wide ? `${a}${operator}${b}` : `fr(${a}${operator}${b})`;
}

/** A comparison as 1 or 0; `unsigned` for addresses. */
export function comparison(name: BinaryName, a: string, b: string, unsigned: boolean): string {
  return unsigned ? `${a}>>>0${infix[name]!}${b}>>>0` : `${a}${infix[name]!}${b}`;
}

/** One 32-bit integer operation. */
export function integerBinary(name: BinaryName, a: string, b: string): string | undefined {
  if (name === 'multiply') return `Math.imul(${a},${b})`;
  if (name === 'and-not') return `${a}&~${b}`;
  if (name === 'shift-left') return `${a}<<${b}`;
  if (name === 'shift-right') return `${a}>>${b}`;
  if (name === 'shift-right-unsigned') return `${a}>>>${b}|0`;
  const operator = infix[name];
  return operator === undefined || operator === '/' ? undefined : `${a}${operator}${b}|0`;
}

/** One 64-bit integer operation on halves; shifts take a constant number of bits. */
export function longBinary(
  name: BinaryName,
  [aLow, aHigh]: readonly [string, string],
  [bLow, bHigh]: readonly [string, string],
  bits: number,
): readonly [string, string] | undefined {
  switch (name) {
    case 'add':
      return [`${aLow}+${bLow}|0`, `${aHigh}+${bHigh}+carry(${aLow},${bLow})|0`];
    case 'subtract':
      return [`${aLow}-${bLow}|0`, `${aHigh}-${bHigh}-borrow(${aLow},${bLow})|0`];
    case 'and':
    case 'or':
    case 'xor':
      return [`${aLow}${infix[name]!}${bLow}`, `${aHigh}${infix[name]!}${bHigh}`];
    case 'and-not':
      return [`${aLow}&~${bLow}`, `${aHigh}&~${bHigh}`];
    case 'shift-left':
      if (bits === 0) return [aLow, aHigh];
      if (bits >= 32) return ['0', `${aLow}<<${bits - 32}`];
      return [`${aLow}<<${bits}`, `${aHigh}<<${bits}|${aLow}>>>${32 - bits}`];
    case 'shift-right':
    case 'shift-right-unsigned': {
      const operator = name === 'shift-right' ? '>>' : '>>>';
      if (bits === 0) return [aLow, aHigh];
      if (bits >= 32) return [`${aHigh}${operator}${bits - 32}|0`, name === 'shift-right' ? `${aHigh}>>31` : '0'];
      return [`${aLow}>>>${bits}|${aHigh}<<${32 - bits}`, `${aHigh}${operator}${bits}|0`];
    }
    default:
      return undefined;
  }
}
