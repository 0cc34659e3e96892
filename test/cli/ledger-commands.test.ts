import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { runHqnas, type Ended } from './run-hqnas.js';

jest.setTimeout(120_000);
const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-ledger-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hqnas = (...args: string[]): Promise<Ended> => runHqnas(folder, args);
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
    const [extended, followed] = await Promise.all([
      hqnas('resume', id, '--candidates', '9', '--json', '--ledger', 'a.db'),
      hqnas('show', id, '--follow', '--ledger', 'a.db'),
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
    const healthy = await hqnas('doctor', '--ledger', 'a.db');
    expect(healthy.output).toContain('all as they were written');
    const bytes = readFileSync(file('a.db'));
    const at = bytes.indexOf('"index":4');
    bytes[at + 8] = '7'.charCodeAt(0);
    writeFileSync(file('damaged.db'), bytes);
    const ill = await hqnas('doctor', '--ledger', 'damaged.db');
    expect(ill.code).toBe(1);
    expect(ill.output).toContain('is not what was written');
    const saved = await hqnas('doctor', '--ledger', 'damaged.db', '--recover', 'saved.db');
    expect(saved.output).toMatch(/: 5 entries, the rest is damaged/);
    expect((await hqnas('doctor', '--ledger', 'saved.db')).output).toContain('5 entries, all as they were written');
    expect((await hqnas('doctor', '--ledger', 'a.db', '--recover', 'saved.db')).errors).toContain('[recovery-exists]');
  });
});

describe('an experiment that is stopped', () => {
  const longer = config
    .replace('totalSteps: 512', 'totalSteps: 16384')
    .replace('{ candidates: 6 }', '{ candidates: 8 }');
  const stopped = async (ledger: string, signal: NodeJS.Signals, ...more: string[]): Promise<Ended> => {
    let sent = false;
    return runHqnas(folder, ['run', 'longer.yaml', '--ledger', ledger, ...more], (text, send) => {
      if (!sent && text.includes('candidate 0')) {
        sent = true;
        send(signal);
      }
    });
  };

  it('by SIGTERM goes on with run --resume; another version of its plugin is refused unless forced', async () => {
    writeFileSync(file('plugin.mjs'), `export default { name: 'demo', version: '1' };\n`);
    writeFileSync(file('longer.yaml'), `${longer.replace('workers: 0', 'workers: 2')}plugins: [./plugin.mjs]\n`);
    const { code, errors } = await stopped('c.db', 'SIGTERM', '--abandon');
    expect(code).toBe(130);
    expect(errors).toContain('hqnas resume longer-');
    writeFileSync(file('plugin.mjs'), `export default { name: 'demo', version: '1' }; // changed\n`);
    const refused = await hqnas('run', 'longer.yaml', '--resume', '--ledger', 'c.db');
    expect(refused.errors).toContain('[plugins-changed]');
    const forced = await hqnas('resume', 'longer', '--force', '--json', '--ledger', 'c.db');
    expect(JSON.parse(forced.output)).toMatchObject({ status: 'finished', candidates: 8 });
    expect((await hqnas('export', 'longer', '--ledger', 'c.db')).output).toContain('"type":"forced"');
    expect(existsSync(file('c.db'))).toBe(true);
  });
});
