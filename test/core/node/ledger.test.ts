import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { exportHistory } from '../../../core/experiment/export-history.js';
import { findExperiment, MemoryLedger } from '../../../core/experiment/memory-ledger.js';
import { selectEntry, selectTail } from '../../../core/node/ledger-chain.js';
import { SqliteLedger } from '../../../core/node/sqlite-ledger.js';
import { ledgerContract } from '../../contracts/ledger.js';
import { sampleHistory } from '../experiment/sample-history.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('ledger');
let count = 0;
const freshFile = (): string => path.join(folder, `${count++}`, 'ledger.db');

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'nothing thrown';
}

describe.each([
  ['MemoryLedger', () => new MemoryLedger()],
  ['SqliteLedger', () => SqliteLedger.open(freshFile())],
])('%s', (_name, make) => {
  for (const { name, run } of ledgerContract(make)) it(name, () => run());
});

describe('SqliteLedger', () => {
  it('keeps entries when it is opened again', async () => {
    const file = freshFile();
    const entries = sampleHistory(12);
    const first = SqliteLedger.open(file);
    for (const entry of entries) await first.append('a', entry);
    await first.close();
    const second = SqliteLedger.open(file, { create: false });
    const read = [];
    for await (const entry of second.read('a')) read.push(entry);
    expect(read).toEqual(JSON.parse(JSON.stringify(entries)));
    await second.close();
  });

  it('lets two writers share a file', async () => {
    const file = freshFile();
    const [a, b] = [SqliteLedger.open(file), SqliteLedger.open(file)];
    const entries = sampleHistory(10);
    for (const entry of entries) {
      await a.append('a', entry);
      await b.append('b', entry);
    }
    await expect(b.append('a', entries[1]!)).rejects.toMatchObject({ code: 'already-recorded' });
    expect(await a.list()).toHaveLength(2);
    await a.close();
    await b.close();
  });

  it('notices what another writer of the same experiment appended', async () => {
    const file = freshFile();
    const [a, b] = [SqliteLedger.open(file), SqliteLedger.open(file)];
    const entries = sampleHistory(6);
    await a.appendAll('a', entries.slice(0, 3));
    await b.append('a', entries[3]!);
    await expect(a.append('a', entries[3]!)).rejects.toMatchObject({ code: 'already-recorded' });
    await b.append('a', entries[4]!);
    // Another name at a position that is taken: it goes after what is there.
    await a.append('a', entries[5]!);
    const read = [];
    for await (const entry of b.read('a')) read.push(entry);
    expect(read).toEqual(JSON.parse(JSON.stringify(entries.slice(0, 6))));
    await a.close();
    await b.close();
  });

  it('finds entries by their index, however long a history is', async () => {
    const file = freshFile();
    await SqliteLedger.open(file).close();
    const database = new Database(file);
    for (const sql of [
      `${selectTail} WHERE experiment = ? ORDER BY entry.position DESC LIMIT 1`,
      `${selectEntry} WHERE experiment = ? AND position >= ? ORDER BY entry.position LIMIT 200`,
      `${selectEntry} WHERE experiment = ? AND name = ?`,
    ]) {
      const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', "'1'")}`).all());
      expect(plan).toMatch(/SEARCH entry USING INDEX/);
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
    }
    database.close();
  });

  it('refuses to change history', async () => {
    const file = freshFile();
    const ledger = SqliteLedger.open(file);
    for (const entry of sampleHistory(3)) await ledger.append('a', entry);
    await ledger.close();
    const database = new Database(file);
    for (const sql of [
      "UPDATE entry SET content = '{}'",
      'DELETE FROM entry',
      "UPDATE experiment SET name = 'x'",
      'DELETE FROM experiment',
    ]) {
      expect(() => database.exec(sql)).toThrow(/append-only/);
    }
    database.close();
  });

  it('answers queries through the view of the documentation', async () => {
    const file = freshFile();
    const ledger = SqliteLedger.open(file);
    for (const entry of sampleHistory(40)) await ledger.append('a', entry);
    await ledger.close();
    const database = new Database(file);
    const rows = database
      .prepare(
        'SELECT dna, max(score) AS score, parameters FROM candidate WHERE ok GROUP BY identity ORDER BY score DESC LIMIT 3',
      )
      .all() as { dna: string; score: number; parameters: number }[];
    expect(rows).toHaveLength(3);
    expect(rows[0]!.score).toBeGreaterThanOrEqual(rows[1]!.score);
    expect(rows[0]!.parameters).toBeGreaterThan(0);
    const [failed] = database
      .prepare('SELECT failure, count(*) AS n FROM candidate WHERE NOT ok GROUP BY failure')
      .all();
    expect(failed).toMatchObject({ failure: 'non-finite-loss', n: 3 });
    database.close();
  });

  it('keeps the curves of candidates until they have their entries', async () => {
    const file = freshFile();
    const [writer, reader] = [SqliteLedger.open(file), SqliteLedger.open(file)];
    const [start, first, ...rest] = sampleHistory(3);
    await writer.append('a', start!);
    const point = (candidate: number, steps: number, meanReturn?: number) => {
      return { candidate, repeat: 0, steps, meanReturn, figures: { loss: 0.5 } };
    };
    const points = [point(0, 1), point(0, 2, 1.5), point(1, 1, -1)];
    await writer.saveProgress('a', points);
    const { points: read, last } = await reader.progress('a');
    expect(read).toEqual(points);
    await writer.append('a', first!);
    await writer.saveProgress('a', [point(0, 3, 2), point(1, 2, 3)]);
    expect(await reader.progress('a', last)).toMatchObject({ points: [point(1, 2, 3)] });
    expect((await reader.progress('a')).points).toEqual([point(1, 1, -1), point(1, 2, 3)]);
    await expect(writer.saveProgress('b', points)).rejects.toMatchObject({ code: 'unknown-experiment' });
    for (const entry of rest) await writer.append('a', entry);
    expect((await reader.progress('a')).points).toEqual([]);
    await writer.close();
    await reader.close();
  });

  it('leaves other files alone and says what they are', () => {
    const text = freshFile();
    SqliteLedger.open(text);
    const foreign = path.join(folder, 'notes.txt');
    writeFileSync(foreign, 'these are my notes, and there are many of them\n'.repeat(40));
    expect(codeOf(() => SqliteLedger.open(foreign))).toBe('ledger-not-a-ledger');
    expect(readFileSync(foreign, 'utf8')).toContain('my notes');
    const other = path.join(folder, 'other.db');
    const database = new Database(other);
    database.exec('CREATE TABLE mine (x)');
    database.close();
    expect(codeOf(() => SqliteLedger.open(other))).toBe('ledger-not-a-ledger');
    const newer = path.join(folder, 'newer.db');
    SqliteLedger.open(newer);
    const raw = new Database(newer);
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    expect(codeOf(() => SqliteLedger.open(newer))).toBe('ledger-too-new');
  });

  it('makes no file where one is only read', () => {
    const file = path.join(folder, 'absent.db');
    expect(codeOf(() => SqliteLedger.open(file, { create: false }))).toBe('ledger-not-found');
    expect(existsSync(file)).toBe(false);
  });

  it('says when the folder cannot be made', () => {
    const file = path.join(folder, 'plain-file');
    writeFileSync(file, '');
    expect(codeOf(() => SqliteLedger.open(path.join(file, 'ledger.db')))).toBe('ledger-read-only');
  });

  it('says that a ledger is locked', async () => {
    const file = freshFile();
    const ledger = SqliteLedger.open(file, { timeout: 50 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(ledger.append('a', sampleHistory(0)[0]!)).rejects.toMatchObject({ code: 'ledger-locked' });
    other.exec('ROLLBACK');
    await ledger.append('a', sampleHistory(0)[0]!);
    other.close();
    await ledger.close();
  });
});

describe('export', () => {
  it('is canonical and leaves interruptions out', async () => {
    const ledger = new MemoryLedger();
    const [start, first, ...rest] = sampleHistory(4);
    await ledger.append('a', start!);
    await ledger.append('a', first!);
    await ledger.append('a', { type: 'interrupted', run: { time: 't', seconds: 1 } });
    for (const entry of rest) await ledger.append('a', entry);
    const lines: string[] = [];
    for await (const line of exportHistory(ledger.read('a'))) lines.push(line);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^\{"header":\{"config":.*"type":"started"\}\n$/);
  });
});

describe('findExperiment', () => {
  const headers = ['quick-1', 'quick-2', 'paper-1'].map((id) => ({
    id,
    name: id,
    config: {},
    seed: 1,
    versions: {},
    registered: {},
  }));
  it('takes an id or the beginning of one', () => {
    expect(findExperiment(headers, 'quick-2').id).toBe('quick-2');
    expect(findExperiment(headers, 'pap').id).toBe('paper-1');
    expect(codeOf(() => findExperiment(headers, 'quick'))).toBe('ambiguous-experiment');
    expect(() => findExperiment(headers, 'papper-1')).toThrow(/Did you mean "paper-1"/);
    expect(codeOf(() => findExperiment(headers, ''))).toBe('unknown-experiment');
  });
});
