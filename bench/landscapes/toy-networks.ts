import { exponential, logarithm, type Gene, type Genome, type Move, type Moves, type Rng } from '../../core/index.js';
import type { Landscape } from './landscape.js';

const dense = 'landscape/dense';
const circuit = 'landscape/circuit';
const mutations = ['add', 'remove', 'resize', 'exchange'] as const;
type Change = (typeof mutations)[number];

/** Networks of 2 to 6 layers, dense (width 2 to 64) or circuits (2 to 6 qubits), with four mutations. */
export const toyMoves: Moves = {
  random: (rng) => ({
    genome: { layers: Array.from({ length: rng.between(2, 6) }, () => randomGene(rng)) },
    by: 'random',
  }),
  mutate(parent, rng) {
    for (;;) {
      const move = changed(rng.pick(mutations), parent, rng);
      if (move !== undefined) return move;
    }
  },
  accept: (genome, by) => (genome.layers.length >= 2 && genome.layers.length <= 6 ? { genome, by } : undefined),
  mutations: mutations.map((name) => ({ id: `landscape/${name}`, weight: 1 })),
  mutateBy: (id, parent, rng) => changed(id.slice('landscape/'.length) as Change, parent, rng), // one of the ids above
  crossover(first, second, rng) {
    const layers = [
      ...first.layers.slice(0, rng.between(1, first.layers.length - 1)),
      ...second.layers.slice(rng.between(1, second.layers.length - 1)),
    ];
    return layers.length > 6 ? undefined : { genome: { layers }, by: 'crossover' };
  },
  identity: dnaOf,
  read: (dna) => ({
    layers: dna
      .split(' ')
      .map((word) =>
        word.startsWith('Q') ? { kind: circuit, qubits: sizeOf(word) } : { kind: dense, units: sizeOf(word) },
      ),
  }),
  grid: () => ({ size: 68 * 68, at: (index) => ({ layers: [geneAt(index % 68), geneAt(Math.floor(index / 68))] }) }),
};

export function dnaOf({ layers }: Genome): string {
  return layers
    .map((gene) => (gene.kind === circuit ? `Q${String(gene['qubits'])}` : `C${String(gene['units'])}`))
    .join(' ');
}

/**
 * A made-up score in the manner of the study: hidden size helps up to a point, depth costs, a small circuit after a narrow
 * waist helps most, a wide circuit hurts. `parameters` counts dense weights.
 */
export const toyNetworks: Landscape = {
  name: 'toy networks',
  moves: toyMoves,
  score: toyScore,
  objectives: (genome) => [toyScore(genome), -parametersOf(genome)],
  metrics: (genome) => ({
    'score/parameters': parametersOf(genome),
    'score/qubits': Math.max(0, ...genome.layers.map((gene) => Number(gene['qubits'] ?? 0))),
  }),
  lag: ({ layers }) => 0.05 * layers.length,
};

function toyScore({ layers }: Genome): number {
  let score = 0;
  for (const [i, gene] of layers.entries()) {
    const before = layers[i - 1];
    if (gene.kind === dense) score += 0.08 * logarithm(Number(gene['units']));
    else score += (before?.kind === dense ? 0.5 : -0.2) * exponential(-Math.abs(Number(gene['qubits']) - 3));
  }
  return score - 0.16 * layers.length - 0.02 * Math.abs(layers.length - 3);
}

function parametersOf({ layers }: Genome): number {
  let rows = 4;
  let count = 0;
  for (const gene of layers) {
    const next = Number(gene['units'] ?? gene['qubits']);
    count += gene.kind === dense ? next * (rows + 1) : 3 * next;
    rows = next;
  }
  return count;
}

function changed(change: Change, { layers }: Genome, rng: Rng): Move | undefined {
  const by = `landscape/${change}`;
  const at = rng.int(layers.length);
  switch (change) {
    case 'add':
      return layers.length >= 6 ? undefined : { genome: { layers: layers.toSpliced(at, 0, randomGene(rng)) }, by };
    case 'remove':
      return layers.length <= 2 ? undefined : { genome: { layers: layers.toSpliced(at, 1) }, by };
    case 'exchange':
      return { genome: { layers: layers.with(at, randomGene(rng)) }, by };
    case 'resize': {
      const gene = layers[at]!;
      const resized: Gene =
        gene.kind === circuit
          ? { kind: circuit, qubits: near(Number(gene['qubits']), 1, 2, 6, rng) }
          : { kind: dense, units: near(Number(gene['units']), 16, 2, 64, rng) };
      return { genome: { layers: layers.with(at, resized) }, by };
    }
  }
}

function near(value: number, reach: number, low: number, high: number, rng: Rng): number {
  const step = rng.between(1, reach) * (rng.int(2) === 0 ? -1 : 1);
  return Math.min(high, Math.max(low, value + step));
}

function randomGene(rng: Rng): Gene {
  return rng.int(2) === 0 ? { kind: dense, units: rng.between(2, 64) } : { kind: circuit, qubits: rng.between(2, 6) };
}

function geneAt(index: number): Gene {
  return index < 63 ? { kind: dense, units: index + 2 } : { kind: circuit, qubits: index - 61 };
}

function sizeOf(word: string): number {
  return Number(word.slice(1));
}
