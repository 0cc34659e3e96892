import type { StartRotation } from './layout.js';
import { wireMask } from './boundary.js';
import type { PauliWord } from './pauli-word.js';

/** Components of Bloch vectors. */
export type Letter = 'X' | 'Y' | 'Z';

/** A component of the Bloch vector of a wire, or the product of two others. */
export type Product =
  | { readonly kind: 'component'; readonly wire: number; readonly letter: Letter }
  | { readonly kind: 'product'; readonly left: number; readonly right: number };

/** Components of a wire that need not be 0, by its rotations from |0>. */
export function componentsOf(rotations: readonly StartRotation[]): ReadonlySet<Letter> {
  const letters = new Set<Letter>(['Z']);
  for (const { axis } of rotations) {
    if (axis === 'Y') letters.add('X').add('Z');
    else if (letters.has('X')) letters.add('Y');
  }
  return letters;
}

/** Collects the products that words need, halves of the wires at a time, so that words share what they have in common. */
export function collectProducts(starts: readonly (readonly StartRotation[])[]) {
  const wires = starts.length;
  const components = starts.map(componentsOf);
  const products: Product[] = [];
  const known = new Map<string, number>();
  const keep = (product: Product): number => {
    const key = JSON.stringify(product);
    const index = known.get(key) ?? products.push(product) - 1;
    known.set(key, index);
    return index;
  };
  const letterOf = ({ x, z }: PauliWord, wire: number): Letter | undefined => {
    const mask = wireMask(wire, wires);
    if ((x & mask) === 0) return (z & mask) === 0 ? undefined : 'Z';
    return (z & mask) === 0 ? 'X' : 'Y';
  };
  const collect = (letters: readonly (Letter | undefined)[], first: number): number | 'one' => {
    if (letters.length === 1) {
      const [letter] = letters;
      // A wire in |0> has Z = 1.
      if (letter === undefined || starts[first]!.length === 0) return 'one';
      return keep({ kind: 'component', wire: first, letter });
    }
    const half = letters.length >> 1;
    const [left, right] = [collect(letters.slice(0, half), first), collect(letters.slice(half), first + half)];
    if (left === 'one') return right;
    return right === 'one' ? left : keep({ kind: 'product', left, right });
  };
  /** Undefined where a component is always 0. */
  const productOf = (word: PauliWord): number | 'one' | undefined => {
    const letters = starts.map((_, wire) => letterOf(word, wire));
    const isZero = letters.some((letter, wire) => letter !== undefined && !components[wire]!.has(letter));
    return isZero ? undefined : collect(letters, 0);
  };
  return { products, productOf };
}
