import { allWires, type Circuit } from '../circuit.js';
import { bitOf, readoutsOf, type Readout } from '../measurement.js';
import { stringOf, type StringSet } from './pauli-strings.js';

/** Strings that a circuit measures, without the identity. */
export function measuredStrings({ measurement, wires }: Circuit): readonly number[] {
  return readoutsOf(measurement).flatMap((readout) => stringsOf(readout, wires));
}

function stringsOf({ kind, wires: listed }: Readout, wires: number): readonly number[] {
  const each = (letter: 'X' | 'Y' | 'Z'): readonly number[] => listed.map((wire) => stringOf([[wire, letter]], wires));
  switch (kind) {
    case 'expectation-x':
      return each('X');
    case 'expectation-y':
      return each('Y');
    case 'expectation-z':
      return each('Z');
    case 'expectation-product':
      return [each('Z').reduce((string, one) => string | one, 0)];
    case 'probabilities':
      return zStrings(listed, wires).slice(1);
  }
}

/** Strings whose expectation value in the start is not 0 for all inputs. */
export function startStrings({ initial, wires }: Circuit): readonly number[] {
  if (initial?.kind !== 'amplitude') return zStrings(allWires(wires), wires);
  return Array.from({ length: 4 ** wires }, (_, string) => string).filter(
    (string) => startTerms(string, initial, wires) > 0,
  );
}

/** Inputs of an amplitude start on which some of the strings depend. */
export function startInputsReadBy({ initial, wires }: Circuit, strings: StringSet): readonly number[] {
  if (initial?.kind !== 'amplitude') return [];
  const read = strings.some((member, string) => member === 1 && startTerms(string, initial, wires) === 2);
  return read ? Array.from({ length: initial.features }, (_, index) => index) : [];
}

type Amplitudes = Extract<Circuit['initial'], { kind: 'amplitude' }>;

/**
 * How a string sees real amplitudes x: 0 = <x|P|x> is 0 always, 1 = a constant, 2 = it depends on every x. A string flips the bits
 * of its X and Y: the pairs (i, i ^ flips) add up where it has an even number of Y, and cancel where that is odd.
 */
function startTerms(string: number, { features, padding }: Amplitudes, wires: number): 0 | 1 | 2 {
  let flips = 0;
  let phases = 0;
  for (let wire = 0; wire < wires; wire++) {
    const digit = (string >> (2 * (wires - 1 - wire))) & 3;
    flips = flips * 2 + (digit >> 1);
    phases = phases * 2 + (digit & 1);
  }
  const odd = (bits: number): boolean => {
    let count = 0;
    for (let wire = 0; wire < wires; wire++) count += bitOf(bits, wire, wires);
    return count % 2 === 1;
  };
  // Y holds both bits.
  if (odd(flips & phases)) return 0;
  const present = padding === 0 ? features : 2 ** wires;
  const signs = new Set<boolean>();
  for (let i = 0; i < present; i++) if ((i ^ flips) < present) signs.add(odd(i & phases));
  if (signs.size === 0) return 0;
  return flips === 0 && signs.size === 1 ? 1 : 2;
}

/** All strings of I and Z on the listed wires; the identity comes first. */
function zStrings(listed: readonly number[], wires: number): number[] {
  return listed.reduce<number[]>(
    (strings, wire) => [...strings, ...strings.map((string) => string | stringOf([[wire, 'Z']], wires))],
    [0],
  );
}
