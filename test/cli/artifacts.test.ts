import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { exportHistory } from '../../core/experiment/export-history.js';
import type { CandidateEntry, Entry } from '../../core/experiment/ledger.js';
import { cleanArtifacts } from '../../core/node/artifact-care.js';
import { listArtifacts } from '../../core/node/file-artifacts.js';
import { examineLedger } from '../../core/node/ledger-repair.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { runHqnas, type Ended } from './run-hqnas.js';

jest.setTimeout(180_000);
const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-artifacts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  path.join(folder, 'halving.yaml'),
  `preset: corrected
searchSpace: { use: paper/balanced, limits: { layers: [3, 3], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
strategy: { use: successive-halving/asynchronous, eta: 2, rungs: 3 }
trainer: { totalSteps: 2048 }
evaluation: { scores: [{ policy: greedy, episodes: 2 }], finalists: false }
budget: { candidates: 12 }
lookahead: 3
`,
);

interface Told {
  /** Canonical export without facts, interruptions left out. */
  readonly canonical: string;
  /** Candidates that take the training of another further, and those that did so from its paused state. */
  readonly continuing: readonly number[];
  readonly wentOn: readonly number[];
}

async function read(file: string): Promise<Told> {
  const ledger = SqliteLedger.open(path.join(folder, file), { create: false });
  let canonical = '';
  const candidates: CandidateEntry[] = [];
  try {
    const [header] = await ledger.list();
    for await (const line of exportHistory(ledger.read(header!.id))) {
      const entry = JSON.parse(line) as Entry;
      if (entry.type === 'candidate') candidates.push(entry);
      canonical += `${JSON.stringify({ ...entry, run: null })}\n`;
    }
  } finally {
    await ledger.close();
  }
  const trained = candidates.filter(({ outcome }) => outcome.ok && outcome.reusedFrom === undefined);
  return {
    canonical,
    continuing: trained.flatMap(({ index, continues }) => (continues === undefined ? [] : [index])),
    wentOn: trained.flatMap(({ index, run }) => (run.wentOn === true ? [index] : [])),
  };
}

const hqnas = (...args: string[]): Promise<Ended> => runHqnas(folder, args);

describe('a search that pauses trainings', () => {
  let undisturbed: Told;

  it('goes on with them in any worker, and tidies up', async () => {
    expect(await hqnas('run', 'halving.yaml', '--workers', '3', '--ledger', 'a.db')).toMatchObject({ code: 0 });
    undisturbed = await read('a.db');
    expect(undisturbed.continuing.length).toBeGreaterThan(2);
    expect(undisturbed.wentOn).toEqual(undisturbed.continuing);
    expect(listArtifacts(path.join(folder, 'a.db.artifacts'))).toEqual([]);
  });

  it('has the same history where nothing can be kept', async () => {
    // A file where the folder would be.
    writeFileSync(path.join(folder, 'b.db.artifacts'), '');
    expect(await hqnas('run', 'halving.yaml', '--workers', '0', '--ledger', 'b.db')).toMatchObject({ code: 0 });
    expect(await read('b.db')).toEqual({ ...undisturbed, wentOn: [] });
  });

  it('goes on with them after a crash', async () => {
    writeFileSync(path.join(folder, 'halving.yaml'), 'workers: { kind: processes }\n', { flag: 'a' });
    const { code } = await runHqnas(
      folder,
      ['run', 'halving.yaml', '--workers', '2', '--ledger', 'c.db'],
      (text, send) => {
        if (/^6\/12/m.test(text)) send('SIGKILL');
      },
    );
    expect(code).toBeNull();
    expect(listArtifacts(path.join(folder, 'c.db.artifacts')).length).toBeGreaterThan(2);
    const stray = path.join(folder, 'c.db.artifacts', 'unfinished.tmp');
    writeFileSync(stray, 'x');
    const { artifacts } = await examineLedger(path.join(folder, 'c.db'));
    expect(artifacts.damaged).toEqual([]);
    expect(artifacts.orphaned).toContain(stray);
    expect(artifacts.files - artifacts.orphaned.length).toBeGreaterThan(2);
    cleanArtifacts(artifacts);
    expect(existsSync(stray)).toBe(false);
    expect(await hqnas('resume', 'halving', '--workers', '1', '--ledger', 'c.db')).toMatchObject({ code: 0 });
    expect(await read('c.db')).toEqual(undisturbed);
  });
});
