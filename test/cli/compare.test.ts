import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { Comparison } from '../../core/experiment/comparison/compare-runs.js';
import { runHere, runHqnas, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(120_000);
const folder = temporaryFolder('compare');

writeFileSync(
  path.join(folder, 'small.yaml'),
  `preset: corrected
searchSpace: { use: paper/balanced, limits: { layers: [3, 4], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
strategy: { populationSize: 4, sampleSize: 2 }
trainer: { totalSteps: 512 }
evaluation: { scores: [{ policy: greedy, episodes: 2 }], finalists: { top: 1, repeats: 1, episodes: 2 } }
budget: { candidates: 6 }
lookahead: 2
`,
);
const varied = ['compare', 'small.yaml', '--vary', 'more: trainer.totalSteps=1024; budget.candidates=5'];

const call = (args: readonly string[]): Promise<Ended> => runHere(folder, args);

const compared = (output: string): Comparison => JSON.parse(output) as Comparison; // printed by the command
/** Without ids, which no two runs share. */
const values = (output: string): unknown => compared(output).measures;

describe('searches', () => {
  it('run over the same seeds, once; more seeds only cost what is new', async () => {
    const first = await call([...varied, '--seeds', '2', '--workers', '0', '--json', '--html', 'page.html']);
    expect(first.code).toBe(0);
    expect(first.errors).toMatch(/4\/4 {2}(small|more), seed 2: [\d.]+\n/);
    const { arms, seeds, measures } = compared(first.output);
    expect(seeds).toEqual([1, 2]);
    expect(arms.map(({ name, experiments }) => [name, experiments.length])).toEqual([
      ['small', 2],
      ['more', 2],
    ]);
    expect(measures.map(({ name }) => name)).toEqual(['winner', 'best', 'median']);
    expect(readFileSync(path.join(folder, 'page.html'), 'utf8')).toContain('<svg');

    const again = await call([...varied, '--seeds', '2', '--json', '--recorded']);
    expect(again).toMatchObject({ code: 0, errors: '', output: first.output });

    const more = await call([...varied, '--seeds', '1-3', '--workers', '0', '--json']);
    expect(more.errors).toMatch(/^4 of 6 runs are in the ledger\.\n1\/2 /);
    const list = (output: string, run: number): unknown =>
      compared(output).measures[1]!.arms.map((arm) => arm.values[run]);
    expect(list(more.output, 1)).toEqual(list(first.output, 1));
  });

  it('are what hqnas run makes of the same config and seed', async () => {
    const run = await call(['run', 'small.yaml', '--seed', '3', '--workers', '0', '--json', '--ledger', 'other.db']);
    const comparison = await call(['compare', 'small.yaml', '--seeds', '3-3', '--json', '--ledger', 'other.db']);
    expect(comparison.errors).toBe('1 of 1 runs are in the ledger.\n');
    const { id, best } = JSON.parse(run.output) as { id: string; best: { score: number } };
    expect(compared(comparison.output).arms).toEqual([{ name: 'small', experiments: [id] }]);
    expect(compared(comparison.output).measures[1]!.arms[0]!.values).toEqual([{ seed: 3, value: best.score }]);
  });

  it('go on after an interruption as if there had been none', async () => {
    const command = [...varied, '--seeds', '2', '--json', '--ledger', 'interrupted.db'];
    let sent = false;
    const first = await runHqnas(folder, [...command, '--workers', '2'], (text, send) => {
      if (sent || !text.includes('1/4')) return;
      sent = true;
      send('SIGINT');
    });
    expect(first.code).toBe(130);
    expect(first.errors).toContain('The same command goes on from there');
    const second = await call([...command, '--workers', '0']);
    expect(second.code).toBe(0);
    const whole = await call([...varied, '--seeds', '2', '--json', '--recorded']);
    expect(values(second.output)).toEqual(values(whole.output));
  });
});

describe('networks', () => {
  it('are trained as the config says, also those outside its search space', async () => {
    const { code, output } = await call([
      ...['compare', 'small.yaml', '--dna', 'wide: C 96 T C 1', '--dna', 'C 4 T Q 4 L 2'],
      ...['--seeds', '2', '--workers', '0', '--metric', 'score', '--metric', 'score/parameters', '--json'],
    ]);
    expect(code).toBe(0);
    const { arms, measures } = compared(output);
    expect(arms.map(({ name }) => name)).toEqual(['wide', 'C 4 T Q 4 L 2']);
    // Two networks of 4-96-2 and 4-96-1, with biases.
    expect(measures[1]!.arms[0]!.mean).toBe(96 * 5 + 97 * 2 + (96 * 5 + 97));
    const train = await call(['train', 'small.yaml', '--dna', 'C 96 T C 1', '--seed', '2', '--json']);
    const { metrics } = JSON.parse(train.output) as { metrics: Record<string, number> };
    expect(measures[0]!.arms[0]!.values[1]!.value).toBe(metrics['score/greedy-mean']);
  });
});

describe('what cannot be compared', () => {
  it.each([
    [['small.yaml', '--recorded', '--seeds', '90-91'], 1, 'no-runs'],
    [['small.yaml', '--metric', 'bets'], 2, 'unknown-run-measure'],
    [['small.yaml', '--seeds', '0'], 2, 'invalid-argument'],
    [['small.yaml', '--seeds', '5-4'], 2, 'invalid-argument'],
    [['small.yaml', 'small.yaml'], 2, 'invalid-argument'],
    [['small.yaml', 'small.yaml', '--dna', 'C 4 T C 1'], 2, 'invalid-argument'],
    [['small.yaml', '--vary', 'steps 5'], 2, 'invalid-variation'],
    [['small.yaml', '--vary', 'trainer.totlSteps=5'], 2, 'unknown-option'],
    [['small.yaml', '--dna', 'C 4 T X 1'], 2, 'invalid-dna'],
  ])('%s', async (args, code, name) => {
    const ended = await call(['compare', ...args]);
    expect(ended).toMatchObject({ code, output: '' });
    expect(ended.errors).toContain(`[${name}]`);
  });
});
