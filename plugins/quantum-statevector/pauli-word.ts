/** A Hermitian product of Pauli matrices with a sign: X on the wires of `x`, Z on those of `z`, Y = iXZ on those of both. */
export interface PauliWord {
  /** Wires as bits of basis states. */
  readonly x: number;
  readonly z: number;
  readonly sign: 1 | -1;
}

/** Whether two words commute. */
export function commute(a: PauliWord, b: PauliWord): boolean {
  return (ones(a.x & b.z) + ones(a.z & b.x)) % 2 === 0;
}

/** i G P of words that do not commute: what e^{i t G/2} P e^{-i t G/2} = cos t P + sin t i G P turns P into. */
export function turned(generator: PauliWord, word: PauliWord): PauliWord {
  const [x, z] = [generator.x ^ word.x, generator.z ^ word.z];
  const quarters =
    1 + ones(generator.x & generator.z) + ones(word.x & word.z) + 2 * ones(generator.z & word.x) - ones(x & z);
  return { x, z, sign: signOf(quarters, generator.sign * word.sign) };
}

/** A permutation p -> M p + f of basis states, M a matrix of bits. */
export interface BitMap {
  readonly offset: number;
  /** Images of the states with one bit, from the lowest bit. */
  readonly columns: readonly number[];
  /** The state that M makes each state of. */
  readonly inverse: Int32Array;
}

/** Reads a permutation of basis states that is linear up to an offset. */
export function bitMapOf(permutation: Int32Array): BitMap {
  const offset = permutation[0]!;
  const inverse = new Int32Array(permutation.length);
  permutation.forEach((target, state) => {
    inverse[target ^ offset] = state;
  });
  const columns = Array.from({ length: Math.log2(permutation.length) }, (_, bit) => permutation[1 << bit]! ^ offset);
  return { offset, columns, inverse };
}

/** U^dagger P U for the permutation U. */
export function beforePermutation({ x, z, sign }: PauliWord, { offset, columns, inverse }: BitMap): PauliWord {
  const before = {
    x: inverse[x]!,
    z: columns.reduce((bits, image, bit) => bits | ((ones(image & z) % 2) << bit), 0),
  };
  const quarters = ones(x & z) + 2 * ones(z & offset) - ones(before.x & before.z);
  return { ...before, sign: signOf(quarters, sign) };
}

/** Number of bits that are 1. */
export function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** sign i^quarters of an even number of quarters. */
function signOf(quarters: number, sign: number): 1 | -1 {
  return (((quarters % 4) + 4) % 4 === 0) === sign > 0 ? 1 : -1;
}
