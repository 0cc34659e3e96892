import { canonicalJson, logarithm, type Gene, type Genome } from '../../core/index.js';

/** A genome as a list of gene numbers, for `GenomeDistances`. */
export type Word = Int32Array;

/** What distances look at: numbers as doublings, other hyperparameters as they are. */
interface Traits {
  readonly kind: string;
  readonly names: readonly string[];
  readonly values: readonly (number | string | boolean)[];
}

/** Bound once: looking up a global is slow where code runs in a sandbox, as tests do. */
const { abs, min } = Math;
const doubling = 0.6931471805599453;

/**
 * How far genomes lie from each other, whatever their layers: the cheapest way from one list of layers to the other
 * (Levenshtein 1966; Wagner and Fischer 1974), where adding or leaving out a layer costs 1 and changing a layer costs up to
 * 1. Numbers count by their ratio, three doublings as much as another kind of layer; another word costs 1/2.
 */
export class GenomeDistances {
  readonly #numbers = new Map<string, number>();
  readonly #traits: Traits[] = [];
  /** By gene number, then by the number of another gene that came before it; computed when it is asked for. */
  readonly #costs: (number | undefined)[][] = [];
  #row = new Float64Array(32);

  word({ layers }: Genome): Word {
    return Int32Array.from(layers, (gene) => this.#numberOf(gene));
  }

  between(first: Word, second: Word): number {
    if (this.#row.length <= second.length) this.#row = new Float64Array(2 * second.length);
    const row = this.#row;
    for (let j = 0; j <= second.length; j++) row[j] = j;
    for (let i = 0; i < first.length; i++) {
      const gene = first[i]!;
      let diagonal = row[0]!;
      row[0] = i + 1;
      for (let j = 0; j < second.length; j++) {
        const change = diagonal + this.#cost(gene, second[j]!);
        diagonal = row[j + 1]!;
        const skip = min(diagonal, row[j]!) + 1;
        row[j + 1] = min(change, skip);
      }
    }
    return row[second.length]!;
  }

  #numberOf(gene: Gene): number {
    const key = canonicalJson(gene);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#traits.length;
    this.#traits.push(traitsOf(gene));
    this.#costs.push([]);
    this.#numbers.set(key, number);
    return number;
  }

  #cost(a: number, b: number): number {
    if (a === b) return 0;
    if (a < b) [a, b] = [b, a];
    return (this.#costs[a]![b] ??= costOf(this.#traits[a]!, this.#traits[b]!));
  }
}

function traitsOf({ kind, ...hyper }: Gene): Traits {
  const names = Object.keys(hyper).sort();
  return { kind, names, values: names.map((name) => doublingsOf(hyper[name]!)) };
}

/** A number on a scale of doublings, counted from 1 on either side of 0. */
function doublingsOf(value: number | string | boolean): number | string | boolean {
  if (typeof value !== 'number') return value;
  return ((value < 0 ? -1 : 1) * logarithm(1 + abs(value))) / doubling;
}

function costOf(first: Traits, second: Traits): number {
  if (first.kind !== second.kind) return 1;
  let cost = 0;
  for (const [i, name] of first.names.entries()) {
    const value = first.values[i];
    // Genes of one kind mostly name the same hyperparameters; defaults may be left out.
    const other = second.names[i] === name ? second.values[i] : second.values[second.names.indexOf(name)];
    if (typeof value === 'number' && typeof other === 'number') cost += abs(value - other) / 3;
    else if (value !== other) cost += 0.5;
  }
  return min(1, cost + 0.5 * second.names.filter((name) => !first.names.includes(name)).length);
}
