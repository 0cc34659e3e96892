import { constant, product, type Angle } from '../angle.js';
import type { QasmCursor } from './qasm-cursor.js';
import { qasmError } from './qasm-tokens.js';

const constants = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['tau', 2 * Math.PI],
  ['euler', Math.E],
]);

/** Deepest nesting of parentheses and signs. */
const deepest = 100;

/**
 * Reads an angle: numbers with + - * / and parentheses, times variables.
 * @throws HqnasError `invalid-qasm`
 */
export function readQasmAngle(cursor: QasmCursor, variables: ReadonlyMap<string, Angle>, depth = 0): Angle {
  const start = cursor.peek();
  if (depth > deepest) throw qasmError(start, 'an angle is nested too deeply', `at most ${deepest} levels`);
  let sum = readTerm(cursor, variables, depth);
  while (/^[+-]$/.test(cursor.peek().text)) {
    const sign = cursor.take().text === '+' ? 1 : -1;
    const term = readTerm(cursor, variables, depth);
    if (sum.source !== 'constant' || term.source !== 'constant') {
      throw qasmError(start, 'an angle is a number times inputs', 'no sums of inputs');
    }
    sum = constant(sum.value + sign * term.value);
  }
  return sum;
}

function readTerm(cursor: QasmCursor, variables: ReadonlyMap<string, Angle>, depth: number): Angle {
  let value = readFactor(cursor, variables, depth);
  for (;;) {
    const operator = cursor.peek();
    if (cursor.accept('*')) value = product(value, readFactor(cursor, variables, depth));
    else if (cursor.accept('/')) {
      const divisor = readFactor(cursor, variables, depth);
      if (divisor.source !== 'constant' || divisor.value === 0)
        throw qasmError(operator, 'divisors are numbers', 'not 0');
      // Numbers are divided, which is not the same as multiplying by the reciprocal.
      value = value.source === 'constant' ? constant(value.value / divisor.value) : product(1 / divisor.value, value);
    } else return value;
  }
}

function readFactor(cursor: QasmCursor, variables: ReadonlyMap<string, Angle>, depth: number): Angle {
  let sign = 1;
  while (cursor.accept('-')) sign = -sign;
  const token = cursor.take();
  const value = constants.get(token.text) ?? (token.type === 'number' ? Number(token.text) : undefined);
  if (value !== undefined) return constant(sign * value);
  let angle = variables.get(token.text);
  if (token.text === '(') {
    angle = readQasmAngle(cursor, variables, depth + 1);
    cursor.expect(')');
  }
  if (angle === undefined) throw qasmError(token, 'this is no angle', 'a number, pi or an input');
  if (sign === 1) return angle;
  return angle.source === 'constant' ? constant(-angle.value) : product(-1, angle);
}
