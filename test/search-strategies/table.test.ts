import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createRng, type Genome } from '../../core/index.js';
import { startContender } from '../../bench/search-quality/contender.js';
import { contenders } from '../../bench/search-quality/contenders.js';
import { courseOf } from '../../bench/search-quality/course.js';
import { runLandscape, type Step } from '../../bench/landscapes/run-landscape.js';
import { gridMoves } from '../../bench/table/grid-moves.js';
import { dnaOf, everyNetwork, genomeOf, snapped } from '../../bench/table/grid-space.js';
import { tableLandscape } from '../../bench/table/table-landscape.js';
import { entriesOf, readTable, tableOf, writeTable } from '../../bench/table/table.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { run } from './run.js';

const table = readTable();

describe('the grid', () => {
  it('has 2,256 networks, all different, and each is its own nearest', () => {
    const networks = everyNetwork();
    expect(new Set(networks.map(dnaOf)).size).toBe(2256);
    expect(networks.every((genome) => dnaOf(snapped(genome)) === dnaOf(genome))).toBe(true);
    expect(networks.filter((genome) => !dnaOf(genome).includes('Q'))).toHaveLength(576);
  });

  it('takes every network to the nearest one', () => {
    const nearest = (dna: string): string => dnaOf(snapped(genomeOf(dna)));
    expect(nearest('C 33 R C 3 T Q 3 O 2 C 9 R C 1')).toBe('C 64 R C 4 T Q 4 L 2 C 16 R C 1');
    expect(nearest('C 32 R C 8 T C 2 T C 1')).toBe('C 16 R C 4 T C 2 T C 1');
  });

  it('is closed under the moves', () => {
    const all = new Set(everyNetwork().map(dnaOf));
    const moves = gridMoves(all);
    const rng = createRng(1);
    const seen = new Set<string>();
    let { genome } = moves.random(rng);
    for (let step = 0; step < 400; step++) {
      const other = moves.random(rng.fork('other', step)).genome;
      const crossed = moves.crossover(genome, other, rng.fork('cross', step));
      genome = moves.mutate(
        step % 3 === 0 && crossed !== undefined ? crossed.genome : genome,
        rng.fork('step', step),
      ).genome;
      seen.add(moves.identity(genome));
    }
    expect([...seen].filter((dna) => !all.has(dna))).toEqual([]);
    expect(seen.size).toBeGreaterThan(150);
  });
});

describe('the table', () => {
  it('has two trainings or more of every network, with possible scores', () => {
    expect(table.networks).toEqual(everyNetwork().map(dnaOf));
    const odd = table.trainings.filter(
      (trainings) =>
        trainings.length < 2 ||
        trainings.some(({ greedy, stochastic, curve }) =>
          [greedy, stochastic, ...curve].some((score, _, all) => all.length !== 10 || !(score >= 8 && score <= 500)),
        ),
    );
    expect(odd).toEqual([]);
  });

  it('comes back from its entries and from its file, and notices damage', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-table-'));
    try {
      const few = entriesOf(table).filter(({ network }) => network < 20);
      const small = tableOf(few);
      expect(small.trainings).toEqual(table.trainings.slice(0, 20));
      const file = path.join(folder, 'small.json.gz');
      writeTable(file, small);
      expect(readTable(file)).toEqual(small);
      const text = gunzipSync(readFileSync(file)).toString();
      writeFileSync(file, gzipSync(text.replace('"format":1', '"format":2')));
      expect(() => readTable(file)).toThrow(/checksum/);
      expect(() => tableOf(few.map((entry, i) => ({ ...entry, compiler: i % 2 })))).toThrow(/one version/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a search on the table', () => {
  const moves = gridMoves(new Set(table.networks));
  const start = (seed: number) => tableLandscape(table, 'greedy', moves, createRng(seed));

  it('is shown some trainings and judged by the others', () => {
    for (const network of [0, 700, 2000]) {
      const genome = genomeOf(table.networks[network]!);
      const scores = table.trainings[network]!.map(({ greedy }) => greedy);
      const sum = scores.reduce((total, score) => total + score, 0);
      const landscape = start(network);
      const most = landscape.mostTrainings!;
      expect(scores.length - most).toBeGreaterThanOrEqual(2);
      let shown = 0;
      for (let trained = 0; trained < most; trained++) {
        shown += landscape.train!(genome, trained, 1);
        expect(landscape.score(genome)).toBeCloseTo((sum - shown) / (scores.length - trained - 1), 9);
      }
      // What is held out is never shown, however often a network is trained.
      const heldOut = landscape.score(genome);
      const last = landscape.train!(genome, most - 1, 1);
      for (let trained = most; trained < most + 5; trained++) {
        expect(landscape.train!(genome, trained, 1)).toBe(last);
        expect(landscape.score(genome)).toBe(heldOut);
      }
    }
  });

  it('trains no network more often than the table can show', () => {
    const contender = contenders.find(({ name }) => name === 'hybrid-evolution')!;
    const landscape = start(3);
    const search = startContender(contender, landscape, 60);
    const steps = runLandscape({ landscape, search, candidates: 200, trainings: 60, rng: createRng(3) });
    const counts = new Map<string, number>();
    for (const { identity, cost } of steps) counts.set(identity, (counts.get(identity) ?? 0) + cost);
    expect(Math.max(...counts.values())).toBe(landscape.mostTrainings);
  });

  it('shows the learning curve for a part of the budget', () => {
    const { curve } = table.trainings[5]![0]!;
    const landscape = tableLandscape(
      { ...table, trainings: table.trainings.map(([first]) => [first!, first!]) },
      'greedy',
      moves,
      createRng(1),
    );
    const genome = genomeOf(table.networks[5]!);
    expect(landscape.train!(genome, 0, 1 / 8)).toBeCloseTo(curve[0]!, 9);
    expect(landscape.train!(genome, 0, 3 / 8 + 1 / 16)).toBeCloseTo((curve[2]! + curve[3]!) / 2, 9);
    expect(landscape.train!(genome, 0, 1 / 16)).toBeCloseTo((22 + curve[0]!) / 2, 9);
  });

  it('costs nothing where a network comes again, and shows the same', () => {
    const options = { populationSize: 8, sampleSize: 4 };
    const steps = run(start(1), regularizedEvolution, options, { candidates: 200, trainings: 60, seed: 1 });
    const first = new Map<string, Step>();
    for (const step of steps) {
      const before = first.get(step.identity);
      expect(step.cost).toBe(before === undefined ? 1 : 0);
      if (before !== undefined) expect(step.observed).toBe(before.observed);
      first.set(step.identity, step);
    }
    expect(steps.reduce((sum, { cost }) => sum + cost, 0)).toBe(60);
    expect(first.size).toBe(60);
  });
});

describe('the course of a search', () => {
  const genomes = new Map<string, Genome>();
  const step = (identity: string, observed: number, cost = 1, fidelity = 1): Step => {
    const genome = genomes.get(identity) ?? { layers: [{ kind: 'test/layer', name: identity }] };
    genomes.set(identity, genome);
    const proposal = { genome, origin: { by: 'test', parents: [] }, fidelity };
    return { proposal, identity, observed, cost, truth: 0, score: observed };
  };
  const truths = { a: 1, b: 2, c: 3 } as Readonly<Record<string, number>>;
  const landscape = {
    name: 'test',
    moves: gridMoves(new Set()),
    score: ({ layers }: Genome) => truths[String(layers[0]!['name'])]!,
  };

  it('is the true score of what would be taken', () => {
    const steps = [step('a', 5), step('b', 4), step('c', 6), step('c', 6, 0), step('c', -9), step('a', 5)];
    expect([...courseOf(steps, landscape, 6)]).toEqual([NaN, 1, 1, 3, 1, 1, 1]);
  });

  it('prefers whole trainings to short ones, which cost their share', () => {
    const steps = [step('a', 9, 0.5, 0.5), step('b', 9.5, 0.5, 0.5), step('c', 1, 1)];
    expect([...courseOf(steps, landscape, 3)]).toEqual([NaN, 2, 3, 3]);
  });
});
