import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { exportHistory } from '../../../core/experiment/export-history.js';
import { examineLedger } from '../../../core/node/ledger-repair.js';
import { SqliteLedger } from '../../../core/node/sqlite-ledger.js';
import { createRng } from '../../../core/random.js';
import { sampleHistory } from '../experiment/sample-history.js';
import { temporaryFolder } from '../../temporary-folder.js';

/** Damaged copies to look at. */
const rounds = 2 * Number(process.env['HQNAS_FUZZ'] ?? 40);
const folder = temporaryFolder('faults');

/** Everything that a ledger says: ids, summaries and histories. */
interface Said {
  readonly ids: readonly string[];
  readonly summaries: readonly string[];
  readonly histories: Readonly<Record<string, readonly string[]>>;
}

async function ask(file: string): Promise<Said> {
  const ledger = SqliteLedger.open(file, { create: false });
  try {
    const ids = (await ledger.list()).map(({ id }) => id);
    const summaries = (await ledger.summaries()).map((summary) => JSON.stringify(summary));
    const histories: Record<string, string[]> = {};
    for (const id of ids) {
      histories[id] = [];
      for await (const line of exportHistory(ledger.read(id))) histories[id].push(line);
    }
    return { ids, summaries, histories };
  } finally {
    await ledger.close();
  }
}

/** A damaged ledger may refuse with a code, or hold a beginning; anything else that it says is wrong, and comes back. */
async function answerOf(file: string, whole: Said): Promise<string> {
  let said: Said;
  try {
    said = await ask(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return /^ledger-(unreadable|not-a-ledger|not-found|too-new)$/.test(code) ? 'refuses' : `threw ${String(error)}`;
  }
  if (!isPrefix(said.ids, whole.ids)) return `lists ${said.ids.join(' ')}`;
  for (const id of said.ids)
    if (!isPrefix(said.histories[id]!, whole.histories[id]!)) return `another history of ${id}`;
  const complete = said.ids.every((id) => said.histories[id]!.length === whole.histories[id]!.length);
  if (complete && !isPrefix(said.summaries, whole.summaries)) return 'other summaries';
  return 'holds a beginning';
}

const right = expect.stringMatching(/^(refuses|holds a beginning)$/) as unknown;

function isPrefix(some: readonly string[], all: readonly string[]): boolean {
  return some.every((value, i) => value === all[i]);
}

async function fill(file: string): Promise<SqliteLedger> {
  const ledger = SqliteLedger.open(file);
  for (const id of ['first', 'second', 'third']) {
    for (const entry of sampleHistory(id === 'second' ? 30 : 6, id)) await ledger.append(id, entry);
  }
  return ledger;
}

let files = 0;

/** Puts bytes where a ledger may lie. A name is used once: SQLite remembers files of a process for a while. */
function put(bytes: Uint8Array, log?: Uint8Array): string {
  const file = path.join(folder, `${files++}.ledger`);
  writeFileSync(file, bytes);
  if (log !== undefined) writeFileSync(`${file}-wal`, log);
  return file;
}

describe('a damaged ledger holds a beginning of what was written, or refuses', () => {
  const file = path.join(folder, 'whole.ledger');

  it('truncated at every page boundary', async () => {
    await (await fill(file)).close();
    const bytes = readFileSync(file);
    const whole = await ask(file);
    expect(whole.ids).toEqual(['first', 'second', 'third']);
    const pageSize = bytes.readUInt16BE(16);
    for (let size = 0; size < bytes.length; size += pageSize) {
      const damaged = put(bytes.subarray(0, size));
      expect([size, await answerOf(damaged, whole)]).toEqual([size, right]);
    }
  });

  it('with random bytes flipped', async () => {
    const bytes = readFileSync(file);
    const whole = await ask(file);
    const rng = createRng(20261122);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const copy = Buffer.from(bytes);
      const flips = 1 + rng.int(3);
      for (let i = 0; i < flips; i++) {
        const at = rng.int(round % 4 === 0 ? 8192 : copy.length);
        copy[at] = copy[at]! ^ (1 << rng.int(8));
      }
      const damaged = put(copy);
      const answer = await answerOf(damaged, whole);
      expect([round, answer]).toEqual([round, right]);
      if (answer === 'refuses') refused++;
    }
    // Most of the file is content: most flips must be noticed.
    expect(refused).toBeGreaterThan(rounds / 2);
  });

  it('with a log that is cut short or flipped', async () => {
    const live = path.join(folder, 'live.ledger');
    const ledger = await fill(live);
    const [bytes, log] = [readFileSync(live), readFileSync(`${live}-wal`)];
    await ledger.close();
    const whole = await ask(live);
    const rng = createRng(7);
    for (let round = 0; round < 60; round++) {
      const copy = Buffer.from(log.subarray(0, round % 2 === 0 ? rng.int(log.length) : log.length));
      if (round % 2 === 1) {
        const at = rng.int(copy.length);
        copy[at] = copy[at]! ^ (1 << rng.int(8));
      }
      const damaged = put(bytes, copy);
      expect([round, await answerOf(damaged, whole)]).toEqual([round, right]);
    }
  });

  it('with a rule, a row or a number changed by hand', async () => {
    const whole = await ask(file);
    for (const sql of [
      'DROP TRIGGER entry_keeps; UPDATE entry SET best_score = 1e9 WHERE position = 5',
      "DROP TRIGGER entry_stays; DELETE FROM entry WHERE position = 3 AND experiment = 'second'",
      "DROP TRIGGER entry_stays; DELETE FROM entry WHERE experiment = 'second'",
      "DROP TRIGGER experiment_stays; PRAGMA foreign_keys = OFF; DELETE FROM experiment WHERE id = 'third'",
      "DROP TRIGGER experiment_keeps; UPDATE experiment SET number = 99 WHERE id = 'first'",
      'DROP VIEW candidate; CREATE VIEW candidate AS SELECT 1 AS score',
    ]) {
      const damaged = put(readFileSync(file));
      const database = new Database(damaged);
      const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
        name: string;
        sql: string;
      }[];
      database.exec(sql);
      for (const { sql: text } of triggers)
        database.exec(text.replace('CREATE TRIGGER', 'CREATE TRIGGER IF NOT EXISTS'));
      database.close();
      expect([sql, await answerOf(damaged, whole)]).toEqual([sql, 'refuses']);
    }
  });
});

/** Written by the last hqnas of each format, and never again: they open for ever. */
describe.each([
  ['1', 'format-1.jsonl', 'finished'],
  ['2', 'format-2-and-3.jsonl', 'unfinished'],
  ['3', 'format-2-and-3.jsonl', 'unfinished'],
])('a ledger of format %s', (format, text, statusOfFirst) => {
  it('is brought up to date, says what it said, and goes on', async () => {
    const golden = path.resolve(import.meta.dirname, '../../golden/ledgers');
    const file = path.join(folder, `format-${format}.ledger`);
    copyFileSync(path.join(golden, `format-${format}.ledger`), file);
    const { ids, histories, summaries } = await ask(file);
    expect(ids).toEqual(['first', 'second']);
    // Keys of lines are sorted, whatever the format that wrote them.
    expect(ids.flatMap((id) => histories[id]).join('')).toBe(readFileSync(path.join(golden, text), 'utf8'));
    expect(summaries.map((each) => (JSON.parse(each) as { status: string }).status)).toEqual([
      statusOfFirst,
      'unfinished',
    ]);
    const ledger = SqliteLedger.open(file);
    expect((await ledger.progress('second')).points).toHaveLength(format === '3' ? 2 : 0);
    const point = { candidate: 60, repeat: 0, steps: 1, meanReturn: 1, figures: {} };
    await ledger.saveProgress('second', [point]);
    expect((await ledger.progress('second')).points.at(-1)).toEqual(point);
    await ledger.append('second', { type: 'extended', candidates: 9, run: { time: 't' } });
    await ledger.append('second', { type: 'interrupted', run: { time: 't', seconds: 1 } });
    expect((await ledger.progress('second')).points).toEqual([]);
    await ledger.close();
    const said = await ask(file);
    expect(said.ids).toHaveLength(2);
    expect(said.histories['second']!.length).toBe(histories['second']!.length + 1);
    expect((await examineLedger(file)).problems).toEqual([]);
  });
});
