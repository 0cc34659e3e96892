import type { AngleSum } from './angle-sum.js';
import { wireMask } from './boundary.js';
import type { CanonicalForm } from './canonical-form.js';
import type { Circuit } from './circuit.js';
import type { CircuitPlan, StartRotation } from './layout.js';
import { beforePermutation, bitMapOf, commute, turned, type PauliWord } from './pauli-word.js';
import { collectProducts, type Letter, type Product } from './string-products.js';

/** Turns coefficients a and b by an angle: a' = cos a - sin b, b' = cos b + sin a. */
export interface CoefficientTurn {
  /** Index of the angle. */
  readonly angle: number;
  readonly a: number;
  readonly b: number;
}

/** A term of a measured row: coefficient times a product of Bloch components of wires. */
export interface StringTerm {
  readonly row: number;
  readonly sign: 1 | -1;
  /** Index into `products`; undefined for the constant 1, and for what is 0 in every product state. */
  readonly product: number | 'one' | undefined;
}

/**
 * A circuit in the Heisenberg picture: the measured strings of Z, carried back to the product state that the first rotations make.
 * There each is a sum of Pauli strings, whose coefficients follow from the weights, and whose expectation values are products of the
 * wires' Bloch vectors.
 */
export interface StringPlan {
  readonly circuit: Circuit;
  /** Per wire, without last rotations that turn nothing that is read. */
  readonly starts: readonly (readonly StartRotation[])[];
  readonly startCount: number;
  readonly slotCount: number;
  /** Angles of the turns. */
  readonly angles: readonly AngleSum[];
  /** In the order in which the coefficients take them: the circuit's last gate first. */
  readonly turns: readonly CoefficientTurn[];
  /** One per coefficient, which starts as `first` says. */
  readonly terms: readonly StringTerm[];
  /** Coefficients before the turns: 1 for the measured string of a row. */
  readonly first: readonly number[];
  /** Products of Bloch components, factors before products. */
  readonly products: readonly Product[];
  readonly rows: number;
}

/** More strings than this never pay. */
const mostStrings = 160;

/** The plan of a circuit that measures strings of Paulis which stay few; undefined for others. */
export function planStrings(plan: CircuitPlan): StringPlan | undefined {
  const { circuit, form, readout, starts, startCount, slotCount } = plan;
  if (readout.probabilities.length > 0) return undefined;
  const back = new StringsBack(readout.strings.map(({ row, mask }) => ({ row, word: { x: 0, z: mask, sign: 1 } })));
  for (const step of stepsBack(form)) {
    if (step.kind === 'permutation') back.permute(step.permutation);
    else back.turn(step.generator, step.angle);
    if (back.strings.length > mostStrings) return undefined;
  }
  const { products, productOf } = collectProducts(starts);
  const terms = back.strings.map(({ row, word }) => ({ row, sign: word.sign, product: productOf(word) }));
  const { angles, turns } = back;
  const first = back.strings.map((_, index) => (index < readout.strings.length ? 1 : 0));
  const reading = starts.map((rotations, wire) => withoutIdleEnd(rotations, lettersOf(products, wire)));
  return { circuit, starts: reading, startCount, slotCount, angles, turns, terms, first, products, rows: readout.rows };
}

/** Drops last rotations about z where only Z is read. */
function withoutIdleEnd(rotations: readonly StartRotation[], read: ReadonlySet<Letter>): readonly StartRotation[] {
  if (read.has('X') || read.has('Y')) return rotations;
  return rotations.slice(0, rotations.findLastIndex(({ axis }) => axis === 'Y') + 1);
}

/** Components of a wire that some product has. */
function lettersOf(products: readonly Product[], wire: number): ReadonlySet<Letter> {
  return new Set(
    products.flatMap((product) => (product.kind === 'component' && product.wire === wire ? [product.letter] : [])),
  );
}

type Step =
  | { readonly kind: 'permutation'; readonly permutation: Int32Array }
  | { readonly kind: 'turn'; readonly generator: PauliWord; readonly angle: AngleSum };

/** What a circuit does after its product state, the last first. */
function* stepsBack({ wires, layers, relabelling }: CanonicalForm): Generator<Step> {
  yield { kind: 'permutation', permutation: relabelling };
  for (const { permutation, diagonal, rotations } of layers.toReversed()) {
    for (const [wire, angle] of rotations.entries()) {
      const mask = wireMask(wire, wires);
      if (angle !== undefined) yield { kind: 'turn', generator: { x: mask, z: mask, sign: 1 }, angle };
    }
    yield { kind: 'permutation', permutation };
    for (const [mask, constant] of diagonal.constants.entries()) {
      const weights = diagonal.terms
        .filter((term) => term.mask === mask)
        .map(({ weight, factor }) => ({ index: weight, factor }));
      if (mask === 0 || (constant === 0 && weights.length === 0)) continue;
      // e^{i A Z} turns by -2 A.
      const angle = { constant: -2 * constant, weights, input: undefined };
      yield { kind: 'turn', generator: { x: 0, z: mask, sign: 1 }, angle };
    }
  }
}

interface MeasuredString {
  readonly row: number;
  word: PauliWord;
}

/** Strings of all rows on their way back through a circuit. */
class StringsBack {
  readonly strings: MeasuredString[];
  readonly angles: AngleSum[] = [];
  readonly turns: CoefficientTurn[] = [];

  constructor(strings: MeasuredString[]) {
    this.strings = strings;
  }

  permute(permutation: Int32Array): void {
    const map = bitMapOf(permutation);
    for (const string of this.strings) string.word = beforePermutation(string.word, map);
  }

  /** Back through e^{-i t G/2}. */
  turn(generator: PauliWord, angle: AngleSum): void {
    const moving = this.strings.filter(({ word }) => !commute(generator, word));
    const { weights, constant } = angle;
    const quarters = (constant * 2) / Math.PI;
    if (weights.length === 0 && Number.isInteger(quarters)) {
      for (const string of moving) {
        const quarter = ((quarters % 4) + 4) % 4;
        const { x, z, sign } = quarter % 2 === 0 ? string.word : turned(generator, string.word);
        string.word = { x, z, sign: quarter >= 2 ? opposite(sign) : sign };
      }
      return;
    }
    const places = new Map(moving.map((string) => [placeOf(string), this.strings.indexOf(string)]));
    const index = moving.length === 0 ? 0 : this.angles.push(angle) - 1;
    const done = new Set<number>();
    for (const string of moving) {
      const a = places.get(placeOf(string))!;
      if (done.has(a)) continue;
      const word = turned(generator, string.word);
      const known = places.get(placeOf({ row: string.row, word }));
      const b = known ?? this.strings.push({ row: string.row, word }) - 1;
      const along = this.strings[b]!.word.sign === word.sign;
      this.turns.push(along ? { angle: index, a, b } : { angle: index, a: b, b: a });
      done.add(a).add(b);
    }
  }
}

/** What tells strings of one moment apart. */
function placeOf({ row, word }: MeasuredString): string {
  return `${row} ${word.x} ${word.z}`;
}

function opposite(sign: 1 | -1): 1 | -1 {
  return sign === 1 ? -1 : 1;
}
