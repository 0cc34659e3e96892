import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { cleanArtifacts } from '../../core/node/artifact-care.js';
import { listArtifacts } from '../../core/node/file-artifacts.js';
import { examineLedger } from '../../core/node/ledger-repair.js';
import { readHistory } from './read-history.js';
import { runHqnas, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(180_000);
const folder = temporaryFolder('artifacts');

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
  readonly canonical: string;
  /** Candidates that take the training of another further, and those that did so from its paused state. */
  readonly continuing: readonly number[];
  readonly wentOn: readonly number[];
}

async function read(ledger: string): Promise<Told> {
  const { canonical, entries } = await readHistory(path.join(folder, ledger));
  const trained = entries
    .filter((entry) => entry.type === 'candidate')
    .filter(({ outcome }) => outcome.ok && outcome.reusedFrom === undefined);
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
