/**
 * Pauli strings on n wires as numbers of n digits of two bits, wire 0 first: I = 0, Z = 1, X = 2, Y = 3. A set of strings is one
 * byte per string, 1 for a member.
 */
export type StringSet = Uint8Array;

export function emptySet(wires: number): StringSet {
  return new Uint8Array(4 ** wires);
}

/** The string with one letter on each of the listed wires and I elsewhere. */
export function stringOf(
  letters: readonly (readonly [wire: number, letter: 'X' | 'Y' | 'Z'])[],
  wires: number,
): number {
  return letters.reduce((string, [wire, letter]) => string | (digits[letter] << shiftOf(wire, wires)), 0);
}

const digits = { Z: 1, X: 2, Y: 3 } as const;

/** A gate's wires within strings. */
export interface Slots {
  /** Bits of the gate's wires. */
  readonly mask: number;
  /** Those bits for every string on the gate's wires alone. */
  readonly spread: Int32Array;
}

export function slotsOf(gateWires: readonly number[], wires: number): Slots {
  const shifts = gateWires.map((wire) => shiftOf(wire, wires));
  const spread = Int32Array.from({ length: 4 ** gateWires.length }, (_, local) =>
    shifts.reduce((bits, shift, k) => bits | (((local >> (2 * (gateWires.length - 1 - k))) & 3) << shift), 0),
  );
  return { mask: shifts.reduce((mask, shift) => mask | (3 << shift), 0), spread };
}

/** Every string that a member turns into, by the gate's table from local strings to local strings. */
export function transformed(set: StringSet, { mask, spread }: Slots, table: readonly (readonly number[])[]): StringSet {
  const result = new Uint8Array(set.length);
  for (let rest = 0; rest < set.length; rest++) {
    if ((rest & mask) !== 0) continue;
    for (let local = 0; local < spread.length; local++) {
      if (set[rest | spread[local]!] === 0) continue;
      for (const target of table[local]!) result[rest | spread[target]!] = 1;
    }
  }
  return result;
}

/** True when some member of `from` turns into a member of `to`. */
export function meets(
  from: StringSet,
  { mask, spread }: Slots,
  table: readonly (readonly number[])[],
  to: StringSet,
): boolean {
  for (let rest = 0; rest < from.length; rest++) {
    if ((rest & mask) !== 0) continue;
    for (let local = 0; local < spread.length; local++) {
      if (from[rest | spread[local]!] === 0) continue;
      for (const target of table[local]!) if (to[rest | spread[target]!] === 1) return true;
    }
  }
  return false;
}

function shiftOf(wire: number, wires: number): number {
  return 2 * (wires - 1 - wire);
}
