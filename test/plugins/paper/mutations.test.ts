import { describe, expect, it } from '@jest/globals';
import { freezeGenome } from '../../../core/genome/edit.js';
import type { Limits } from '../../../core/genome/genome.js';
import type { Mutation } from '../../../core/genome/mutation.js';
import { createRng } from '../../../core/random.js';
import { boundsOf } from '../../../plugins/paper/bounds.js';
import { brokenRule } from '../../../plugins/paper/rules.js';
import * as byName from '../../../plugins/paper/mutations/index.js';
import { context, parse, print, problemOf } from './paper-context.js';

const mutations: readonly Mutation[] = Object.values(byName);

/** All children that a number of draws gives, as DNA. */
function childrenOf(mutation: Mutation, dna: string, draws = 400, limits?: Limits): ReadonlySet<string> {
  const rng = createRng(7);
  const parent = freezeGenome(parse(dna));
  const children = new Set<string>();
  for (let i = 0; i < draws; i++) {
    const child = mutation.mutate(parent, context(rng.fork('draw', i), limits));
    if (child !== undefined) children.add(print(child));
  }
  return children;
}

const tight: Limits = { layers: [3, 5], units: [2, 4], qubits: [2, 3], repetitions: [1, 2] };

describe('each operator gives every legal result, and no other', () => {
  const product = (template: string, ...lists: readonly (readonly (string | number)[])[]): string[] =>
    lists.reduce<string[]>(
      (texts, list) => texts.flatMap((text) => list.map((item) => text.replace('_', String(item)))),
      [template],
    );
  const letters = ['R', 'T'];
  const widths = [2, 3, 4];
  const circuits = product('L _', [1, 2]).flatMap((rest) => [rest, rest.replace('L', 'F'), rest.replace('L', 'O')]);

  const cases: [Mutation, string, string[]][] = [
    [byName.alterAdd, 'C 2 R C 3 T C 1', ['C 3 R C 3 T C 1', 'C 4 R C 3 T C 1', 'C 2 R C 4 T C 1']],
    [byName.alterRemove, 'C 2 R C 4 T C 1', ['C 2 R C 2 T C 1', 'C 2 R C 3 T C 1']],
    [byName.alterAdd, 'C 2 R Q 2 L 1 C 1', ['C 3 R Q 3 L 1 C 1']],
    [byName.alterRemove, 'C 3 R Q 3 L 1 Q 3 F 1', ['C 2 R Q 2 L 1 Q 2 F 1', 'C 3 R Q 3 L 1 Q 2 F 1']],
    [byName.alterAdd, 'C 2 R Q 2 L 1 Q 2 F 1', ['C 3 R Q 3 L 1 Q 2 F 1']],
    [byName.removeClassical, 'C 2 R C 4 T Q 4 L 1 C 1', []],
    [byName.removeClassical, 'C 2 R C 3 T Q 3 L 1 C 1', ['C 3 R Q 3 L 1 C 1', 'C 2 R C 3 T Q 3 L 1']],
    [byName.removeClassical, 'C 3 R Q 3 L 1 C 4 T Q 4 L 1', []],
    [byName.removeClassical, 'C 2 R C 3 T C 4 R C 1', ['C 2 R C 4 R C 1', 'C 2 R C 3 T C 1']],
    [byName.removeQuantum, 'C 2 R Q 2 L 1 C 4 R C 1', ['C 2 R C 4 R C 1']],
    [byName.removeQuantum, 'C 2 R Q 2 L 1 C 3 R Q 3 F 1', ['C 2 R C 3 R Q 3 F 1', 'C 2 R Q 2 L 1 C 1']],
    [byName.removeQuantum, 'C 4 R C 2 R Q 2 L 1 Q 2 F 2', ['C 4 R C 2 R Q 2 F 2', 'C 4 R C 2 R Q 2 L 1']],
    [byName.changeRepetitions, 'C 2 R Q 2 L 1 C 1', ['C 2 R Q 2 L 2 C 1']],
    [byName.changeEntanglement, 'C 2 R Q 2 O 1 C 1', ['C 2 R Q 2 L 1 C 1', 'C 2 R Q 2 F 1 C 1']],
    [byName.changeActivation, 'C 2 R C 3 T Q 3 L 1', ['C 2 T C 3 T Q 3 L 1', 'C 2 R C 3 R Q 3 L 1']],
    [byName.identity, 'C 2 R Q 2 L 1 C 1', ['C 2 R Q 2 L 1 C 1']],
    [
      byName.addClassical,
      'C 2 R Q 2 L 1 C 1',
      [
        ...product('C _ _ C 2 R Q 2 L 1 C 1', widths, letters),
        ...product('C 2 R C 2 _ Q 2 L 1 C 1', letters),
        ...product('C 2 R Q 2 L 1 C _ _ C 1', widths, letters),
      ],
    ],
    [
      byName.addQuantum,
      'C 4 R C 2 R C 1',
      [
        ...[2, 3].flatMap((n) => product(`C ${n} R Q ${n} _ C 2 R C 1`, circuits)),
        ...[2, 3].flatMap((n) => product(`C 4 R C ${n} R Q ${n} _ C 1`, circuits)),
        ...[2, 3].flatMap((n) => product(`C 4 R C 2 R C ${n} _ Q ${n} _`, letters, circuits)),
      ],
    ],
  ];

  it.each(cases)('$id: %#', (mutation, parent, expected) => {
    const limits = expected.length === 0 ? { ...tight, qubits: [2, 4] as const } : tight;
    const children = childrenOf(mutation, parent, 1500, limits);
    if (expected.length > 0) expect([...children].sort()).toEqual([...new Set(expected)].sort());
  });

  it('never drops a dense layer between circuits, nor below two dense layers', () => {
    expect(childrenOf(byName.removeClassical, 'C 3 R Q 3 L 1 C 4 T Q 4 L 1')).toEqual(new Set());
  });
});

describe('defects of published operators are absent', () => {
  it('a new dense layer in front of a circuit leaves the number of qubits alone', () => {
    for (const child of childrenOf(byName.addClassical, 'C 4 R Q 4 L 1 C 30 T C 1')) expect(child).toContain('Q 4 L 1');
  });

  it('a dense layer at the end leaves no narrow layer behind', () => {
    for (const mutation of [byName.addClassical, byName.addQuantum]) {
      for (const child of childrenOf(mutation, 'C 30 R C 20 T C 1')) expect(child).not.toMatch(/C 1 [RT]/);
    }
  });

  it('dropping a dense layer changes no other width', () => {
    expect(childrenOf(byName.removeClassical, 'C 30 R C 20 T C 40 R C 1')).toEqual(
      new Set(['C 30 R C 40 R C 1', 'C 30 R C 20 T C 1']),
    );
  });

  it('dense layers shrink as well as grow', () => {
    const widths = [...childrenOf(byName.alterRemove, 'C 30 R C 20 T C 1')].map((dna) => Number(dna.split(' ')[1]));
    expect(Math.min(...widths)).toBeLessThan(10);
  });

  it('every alteration changes something', () => {
    for (const mutation of [byName.alterAdd, byName.alterRemove]) {
      const dna = 'C 5 R Q 5 F 2 Q 3 L 1 C 9 T Q 9 O 3';
      expect(childrenOf(mutation, dna)).not.toContain(dna);
    }
  });

  it('the template O is a value like the others', () => {
    expect(childrenOf(byName.changeEntanglement, 'C 2 R Q 2 L 1 C 1')).toContain('C 2 R Q 2 O 1 C 1');
  });
});

describe('limits of the network', () => {
  it('add and remove decline at the limits', () => {
    const full = 'C 9 R C 9 R C 9 R C 9 R C 9 R C 9 R C 9 R C 2 R Q 2 L 1 C 1';
    expect(childrenOf(byName.addClassical, full).size + childrenOf(byName.addQuantum, full).size).toBe(0);
    const small = 'C 2 R Q 2 L 1 C 1';
    expect(childrenOf(byName.removeClassical, small).size + childrenOf(byName.removeQuantum, small).size).toBe(0);
  });

  it('without allowed circuits nothing quantum is added', () => {
    const limits: Limits = { layers: [3, 10], units: [16, 64], qubits: [2, 10], repetitions: [1, 3] };
    expect(childrenOf(byName.addQuantum, 'C 30 R C 20 T C 1', 100, limits).size).toBe(0);
  });
});

describe('long chains of mutations', () => {
  it('are valid at every one of 100,000 steps and drift nowhere', () => {
    let genome = parse('C 30 R C 20 T C 1');
    const place = context(createRng(11));
    const { rng } = place;
    const bounds = boundsOf(place);
    const half = { widths: [0, 0], dense: [0, 0], qubits: [0, 0], circuits: [0, 0] };
    const widthsSeen = new Set<number>();
    for (let step = 0; step < 100_000; step++) {
      const child = rng.pick(mutations).mutate(freezeGenome(genome), place);
      if (child === undefined) continue;
      if (child.layers !== genome.layers) genome = child;
      // The full examination is slow; the rules are what can break at any step.
      const problem = step % 100 === 0 ? problemOf(genome, place) : brokenRule(genome.layers, bounds);
      if (problem !== undefined) throw new Error(`step ${step}: ${problem}: ${print(genome)}`);
      const part = step < 50_000 ? 0 : 1;
      for (const gene of genome.layers.slice(0, -1)) {
        if (typeof gene['units'] === 'number') {
          half.widths[part]! += gene['units'];
          half.dense[part]!++;
          widthsSeen.add(gene['units']);
        } else {
          // Only circuits have no width here.
          half.qubits[part]! += gene['qubits'] as number;
          half.circuits[part]!++;
        }
      }
    }
    const mean = (sums: readonly number[], counts: readonly number[], part: 0 | 1): number =>
      sums[part]! / counts[part]!;
    for (const part of [0, 1] as const) {
      expect(mean(half.widths, half.dense, part)).toBeGreaterThan(12);
      expect(mean(half.widths, half.dense, part)).toBeLessThan(40);
      expect(mean(half.qubits, half.circuits, part)).toBeGreaterThan(3);
      expect(mean(half.qubits, half.circuits, part)).toBeLessThan(7);
    }
    expect(Math.abs(mean(half.widths, half.dense, 0) - mean(half.widths, half.dense, 1))).toBeLessThan(3);
    expect(widthsSeen.size).toBe(63);
  });

  it('lead from every network of a small space to every other one', () => {
    const limits: Limits = { layers: [3, 4], units: [2, 3], qubits: [2, 3], repetitions: [1, 1] };
    const place = context(createRng(5), limits);
    const edges = new Map<string, ReadonlySet<string>>();
    const queue = ['C 2 R C 2 R C 1'];
    while (queue.length > 0) {
      const dna = queue.pop()!;
      if (edges.has(dna)) continue;
      const parent = parse(dna);
      const children = new Set<string>();
      for (let i = 0; i < 60; i++) {
        const child = place.rng.pick(mutations).mutate(parent, place);
        if (child !== undefined) children.add(print(child));
      }
      edges.set(dna, children);
      queue.push(...children);
    }
    expect([...edges.keys()].sort()).toEqual(legalNetworks(limits).sort());
    // And back: from everywhere the first network can be reached again.
    const reached = new Set(['C 2 R C 2 R C 1']);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const [dna, children] of edges) if ([...children].some((child) => reached.has(child))) reached.add(dna);
    }
    expect(reached.size).toBe(edges.size);
  });
});

/** All networks with two dense layers or more (removal never leaves fewer), enumerated by the published rules alone. */
function legalNetworks({ layers, units, qubits }: Limits): string[] {
  const numbers = ([low, high]: readonly [number, number]): number[] =>
    Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const dense = numbers(units!).flatMap((width) =>
    ['R', 'T'].map((letter) => ({ text: `C ${width} ${letter}`, width, qubits: 0 })),
  );
  const quantum = numbers(qubits!).flatMap((n) =>
    ['L', 'F', 'O'].map((a) => ({ text: `Q ${n} ${a} 1`, width: 0, qubits: n })),
  );
  const head = { text: 'C 1', width: 1, qubits: 0 };
  type Layer = typeof head;
  const fits = (a: Layer, b: Layer): boolean =>
    b.qubits === 0 || (a.qubits === 0 ? a.width === b.qubits : b.qubits <= a.qubits || b.qubits === 2 ** a.qubits);
  const found: string[] = [];
  const grow = (network: readonly Layer[]): void => {
    const last = network.at(-1)!;
    if (network.length >= layers[0] - 1) {
      for (const end of [head, ...quantum]) {
        if (network.length < layers[1] && fits(last, end))
          found.push([...network, end].map(({ text }) => text).join(' '));
      }
    }
    if (network.length < layers[1] - 1)
      for (const next of [...dense, ...quantum]) if (fits(last, next)) grow([...network, next]);
  };
  for (const first of dense) grow([first]);
  return found.filter((dna) => dna.split('C').length > 2);
}
