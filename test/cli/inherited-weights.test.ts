import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { readHistory, type History } from './read-history.js';
import { runHqnas, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(180_000);
const folder = temporaryFolder('inherited');

const candidates = 14;
for (const kind of ['threads', 'processes']) {
  writeFileSync(
    path.join(folder, `${kind}.yaml`),
    `name: heirs
preset: corrected
searchSpace: { use: paper/balanced, limits: { layers: [3, 4], units: [2, 8], qubits: [2, 3], repetitions: [1, 1] } }
strategy: { use: hybrid-evolution/niches, random: 4, inherit: weights, immigrants: 0, reevaluate: 0.2 }
trainer: { totalSteps: 512 }
evaluation:
  scores: [{ policy: greedy, episodes: 2 }]
  rank: lower-bound
  finalists: { top: 1, repeats: 2, episodes: 2 }
budget: { candidates: ${candidates} }
lookahead: 2
workers: { kind: ${kind} }
`,
  );
}

const read = (ledger: string): Promise<History> => readHistory(path.join(folder, ledger));
const hqnas = (...args: string[]): Promise<Ended> => runHqnas(folder, args);

describe('a search whose children begin with the weights of their parents', () => {
  let whole: History;

  it('runs in one thread', async () => {
    expect(await hqnas('run', 'threads.yaml', '--workers', '1', '--ledger', 'one.db')).toMatchObject({ code: 0 });
    whole = await read('one.db');
    const proposed = whole.entries.filter((entry) => entry.type === 'candidate');
    expect(proposed).toHaveLength(candidates);
    const heirs = proposed.filter(({ inherits }) => inherits !== undefined);
    expect(heirs.length).toBeGreaterThan(3);
    // Grandchildren rest on the steps of parent and grandparent.
    const steps = heirs.map(({ outcome }) => (outcome.ok ? (outcome.inherited?.steps ?? 0) : 0));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(512);
    expect(Math.max(...steps)).toBeGreaterThanOrEqual(1024);
  });

  it.each([
    ['threads', 2],
    ['processes', 1],
    ['processes', 2],
  ] as const)('has the same history with %s, %d', async (kind, workers) => {
    const ledger = `${kind}-${workers}.db`;
    const ended = await hqnas('run', `${kind}.yaml`, '--workers', String(workers), '--ledger', ledger);
    expect(ended).toMatchObject({ code: 0 });
    expect((await read(ledger)).canonical).toBe(whole.canonical);
  });

  it.each([
    ['threads', 2, 'SIGKILL'],
    ['processes', 2, 'SIGINT'],
  ] as const)('has the same history when it goes on in the middle: %s, %d, %s', async (kind, workers, signal) => {
    const ledger = `${kind}-${signal}.db`;
    const { code } = await runHqnas(
      folder,
      ['run', `${kind}.yaml`, '--workers', String(workers), '--ledger', ledger],
      (text, send) => {
        if (text.includes(`6/${candidates}`)) send(signal);
      },
    );
    expect(code).toBe(signal === 'SIGKILL' ? null : 130);
    const before = (await read(ledger)).entries.filter(({ type }) => type === 'candidate').length;
    expect(before).toBeGreaterThanOrEqual(5);
    expect(before).toBeLessThan(candidates);
    // With the other number of workers, of the other kind: neither belongs to the experiment.
    expect(await hqnas('resume', 'heirs', '--workers', '1', '--ledger', ledger)).toMatchObject({ code: 0 });
    expect((await read(ledger)).canonical).toBe(whole.canonical);
  });
});
