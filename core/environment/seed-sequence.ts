import { HqnasError } from '../errors.js';

/**
 * Checks the seed of an environment: a whole number from 0 to 2^53 - 1.
 * @throws HqnasError `invalid-seed`
 */
export function parseSeed(seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new HqnasError({
    code: 'invalid-seed',
    what: 'this is not a seed of an environment',
    expected: 'a whole number from 0 to 9007199254740991',
    got: String(seed),
  });
}

/**
 * NumPy's SeedSequence: spreads a seed over `words` 32-bit words (O'Neill, "Developing a seed_seq alternative", 2015;
 * NumPy NEP 19). `into` receives them as signed integers.
 */
export function seedSequence(seed: number, into: Int32Array): void {
  const entropy = [seed >>> 0];
  if (seed > 0xffffffff) entropy.push(Math.floor(seed / 0x1_0000_0000));
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    value ^= constant;
    constant = Math.imul(constant, 0x931e8875);
    value = Math.imul(value, constant);
    return value ^ (value >>> 16);
  };
  const pool = new Int32Array(4);
  for (let i = 0; i < 4; i++) pool[i] = hash(entropy[i] ?? 0);
  for (let source = 0; source < 4; source++) {
    for (let target = 0; target < 4; target++) {
      if (source !== target) pool[target] = mix(pool[target]!, hash(pool[source]!));
    }
  }
  constant = 0x8b51f9dd;
  for (let i = 0; i < into.length; i++) {
    let value = pool[i % 4]! ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    value = Math.imul(value, constant);
    into[i] = value ^ (value >>> 16);
  }
}

function mix(x: number, y: number): number {
  const result = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0;
  return result ^ (result >>> 16);
}
