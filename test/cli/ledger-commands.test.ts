import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { examineLedger } from '../../core/node/ledger-repair.js';
import { runHere, runHqnas, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(120_000);
const folder = temporaryFolder('ledger-commands');

const hqnas = (...args: string[]): Promise<Ended> => runHere(folder, args);
const file = (name: string): string => path.join(folder, name);

const config = `preset: corrected
searchSpace: { use: paper/balanced, limits: { layers: [3, 4], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
strategy: { populationSize: 4, sampleSize: 2 }
trainer: { totalSteps: 512 }
evaluation: { scores: [{ policy: greedy, episodes: 2 }], finalists: false }
budget: { candidates: 6 }
lookahead: 2
workers: 0
`;

describe('a finished experiment', () => {
  let id = '';
  beforeAll(async () => {
    writeFileSync(file('small.yaml'), config);
    const { output } = await hqnas('run', 'small.yaml', '--json', '--ledger', 'a.db');
    id = (JSON.parse(output.trim()) as { id: string }).id;
  });

  it('is exported, taken in elsewhere, and exported again the same', async () => {
    expect((await hqnas('export', id, '--ledger', 'a.db', '--output', 'a.jsonl')).code).toBe(0);
    expect((await hqnas('import', 'a.jsonl', '--ledger', 'b.db')).output.trim()).toBe(id);
    const again = await hqnas('export', id, '--ledger', 'b.db');
    expect(again.output).toBe(readFileSync(file('a.jsonl'), 'utf8'));
    expect((await hqnas('import', 'a.jsonl', '--ledger', 'b.db')).errors).toContain('held all of it');
    const changed = readFileSync(file('a.jsonl'), 'utf8').replace('"index":2', '"index":3');
    writeFileSync(file('changed.jsonl'), changed);
    expect((await hqnas('import', 'changed.jsonl', '--ledger', 'b.db')).errors).toContain('[history-differs]');
    writeFileSync(file('loose.jsonl'), changed.replace(',', ', '));
    expect((await hqnas('import', 'loose.jsonl', '--ledger', 'b.db')).errors).toContain('[invalid-history]');
    const canonical = (await hqnas('export', id, '--no-facts', '--ledger', 'a.db')).output;
    expect(canonical).not.toContain('"run"');
  });

  it('is a table as CSV and Parquet', async () => {
    const csv = (await hqnas('export', id, '--format', 'csv', '--ledger', 'a.db')).output.trim().split('\n');
    expect(csv).toHaveLength(7);
    expect(csv[0]).toMatch(/^candidate,dna,.*score\/greedy-mean/);
    expect((await hqnas('export', id, '--format', 'parquet', '--ledger', 'a.db')).code).toBe(2);
    await hqnas('export', id, '--format', 'parquet', '--output', 'a.parquet', '--ledger', 'a.db');
    const bytes = readFileSync(file('a.parquet'));
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    expect(rows).toHaveLength(6);
    const scores = rows.map((row) => String(row['score'] ?? ''));
    expect(scores).toEqual(csv.slice(1).map((line) => line.split(',')[csv[0]!.split(',').indexOf('score')]));
  });

  it('is extended, and followed to its end', async () => {
    expect((await hqnas('resume', id, '--candidates', '5', '--ledger', 'a.db')).errors).toContain(
      '[budget-not-extended]',
    );
    // A reader in a process of its own.
    const [extended, followed] = await Promise.all([
      runHqnas(folder, ['resume', id, '--candidates', '9', '--json', '--ledger', 'a.db']),
      runHqnas(folder, ['show', id, '--follow', '--ledger', 'a.db']),
    ]);
    expect(JSON.parse(extended.output)).toMatchObject({ status: 'finished', candidates: 9 });
    expect(followed.code).toBe(0);
    const lines = (await hqnas('show', id, '--follow', '--json', '--ledger', 'a.db')).output.trim().split('\n');
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types.filter((type) => type === 'candidate')).toHaveLength(9);
    expect(types).toContain('extended');
    const { output } = await hqnas('list', '--json', '--ledger', 'a.db');
    expect(JSON.parse(output)).toMatchObject([{ id, status: 'finished', candidates: 9 }]);
  });

  it('is examined, and saved from a damaged file', async () => {
    expect((await examineLedger(file('a.db'))).problems).toEqual([]);
    const bytes = readFileSync(file('a.db'));
    const at = bytes.indexOf('"index":4');
    bytes[at + 8] = '7'.charCodeAt(0);
    writeFileSync(file('damaged.db'), bytes);
    const ill = await hqnas('doctor', '--ledger', 'damaged.db');
    expect(ill.code).toBe(1);
    expect(ill.output).toContain('is not what was written');
    const saved = await hqnas('doctor', '--ledger', 'damaged.db', '--recover', 'saved.db');
    expect(saved.output).toMatch(/: 5 entries, the rest is damaged/);
    const examined = await examineLedger(file('saved.db'));
    expect(examined).toMatchObject({ experiments: 1, entries: 5, problems: [] });
    expect((await hqnas('doctor', '--ledger', 'a.db', '--recover', 'saved.db')).errors).toContain('[recovery-exists]');
  });
});
