import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { examineLedger } from '../../../core/node/ledger-repair.js';
import { SqliteLedger } from '../../../core/node/sqlite-ledger.js';
import { built } from '../../built.js';
import { sampleHistory } from '../experiment/sample-history.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('refused');

describe('an operating system that refuses', () => {
  const script = path.join(folder, 'fill.mjs');
  writeFileSync(
    script,
    `import { SqliteLedger } from ${JSON.stringify(built('core/node/sqlite-ledger.js'))};
import { writeSync } from 'node:fs';
import { readFileSync } from 'node:fs';
const entries = JSON.parse(readFileSync(process.argv[3], 'utf8'));
let ledger;
try {
  ledger = SqliteLedger.open(process.argv[2]);
  for (const entry of entries) { await ledger.append('sample', entry); writeSync(1, 'kept\\n'); }
  writeSync(1, 'all\\n');
} catch (error) { writeSync(1, 'error ' + error.code + '\\n'); }
`,
  );
  const entries = path.join(folder, 'entries.json');
  writeFileSync(entries, JSON.stringify(sampleHistory(60, 'sample')));

  it('to make the file larger costs nothing that was acknowledged', async () => {
    const file = path.join(folder, 'limited', 'ledger.db');
    mkdirSync(path.dirname(file));
    const limited = spawnSync(
      'bash',
      ['-c', 'ulimit -f 200; exec "$0" "$@"', process.execPath, script, file, entries],
      {
        encoding: 'utf8',
      },
    );
    const lines = limited.stdout.trim().split('\n');
    expect(lines.at(-1)).toMatch(/^error ledger-(disk-full|not-written)$/);
    const kept = lines.filter((line) => line === 'kept').length;
    expect(kept).toBeGreaterThan(3);
    expect((await examineLedger(file)).entries).toBeGreaterThanOrEqual(kept);
    const again = SqliteLedger.open(file);
    await again.append('sample', { type: 'interrupted', run: { time: 't', seconds: 1 } });
    await again.close();
  });

  it('to write at all is said, and nobody waits', () => {
    const { stdout } = spawnSync(process.execPath, [script, '/proc/nothing/here/ledger.db', entries], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stdout.trim()).toMatch(/^error ledger-(read-only|not-written)$/);
  });

  it('to take more, because the disk is full, costs nothing that was acknowledged', async () => {
    const file = path.join(folder, 'full.ledger');
    // SQLite itself says so at a limit of pages; every connection that sets itself up gets one.
    const plain = Object.getOwnPropertyDescriptor(Database.prototype, 'exec')!;
    const exec = plain.value as (this: Database.Database, sql: string) => unknown;
    let limit = 40;
    Database.prototype.exec = function (this: Database.Database, sql: string) {
      const result = exec.call(this, sql);
      if (sql === 'PRAGMA foreign_keys = ON') exec.call(this, `PRAGMA max_page_count = ${limit}`);
      return result as Database.Database;
    };
    try {
      const ledger = SqliteLedger.open(file);
      const history = sampleHistory(60, 'sample');
      let kept = 0;
      const fill = async (): Promise<void> => {
        for (const entry of history) {
          await ledger.append('sample', entry);
          kept++;
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'ledger-disk-full' });
      expect(kept).toBeGreaterThan(3);
      await ledger.close();
      limit = 100_000;
      expect(await examineLedger(file)).toMatchObject({ entries: kept, problems: [] });
      const again = SqliteLedger.open(file);
      await again.append('sample', history[kept]!);
      await again.close();
      expect(await examineLedger(file)).toMatchObject({ entries: kept + 1, problems: [] });
    } finally {
      Object.defineProperty(Database.prototype, 'exec', plain);
    }
  });

  it('to write into a folder is said; what is there can be read once it may be', async () => {
    const place = path.join(folder, 'closed');
    mkdirSync(place);
    const file = path.join(place, 'ledger.db');
    const ledger = SqliteLedger.open(file);
    await ledger.append('a', sampleHistory(1, 'a')[0]!);
    await ledger.close();
    for (const name of [folder, place]) chmodSync(name, 0o755);
    chmodSync(file, 0o444);
    chmodSync(place, 0o555);
    try {
      // Root may write everywhere, so it hands over to nobody.
      const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      chmodSync(entries, 0o644);
      chmodSync(script, 0o644);
      for (const name of ['ledger.db', 'new.db', 'below/new.db']) {
        const { stdout } = spawnSync(process.execPath, [script, path.join(place, name), entries], {
          encoding: 'utf8',
          timeout: 60_000,
          ...nobody,
        });
        expect([name, stdout.trim()]).toEqual([name, 'error ledger-read-only']);
      }
    } finally {
      chmodSync(place, 0o755);
    }
    chmodSync(file, 0o644);
    expect(await examineLedger(file)).toMatchObject({ entries: 1, problems: [] });
  });

  it('to forget a process: its lock goes with it', async () => {
    const file = path.join(folder, 'locked.ledger');
    const first = SqliteLedger.open(file);
    const holder = path.join(folder, 'holder.mjs');
    writeFileSync(
      holder,
      `import { createRequire } from 'node:module';
const Database = createRequire(${JSON.stringify(import.meta.url)})('libsql');
const database = new Database(process.argv[2]);
database.exec('BEGIN IMMEDIATE');
console.log('held');
setInterval(() => {}, 1000);
`,
    );
    const child = spawn(process.execPath, [holder, file]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const impatient = SqliteLedger.open(file, { timeout: 50 });
    await expect(impatient.append('a', sampleHistory(0)[0]!)).rejects.toMatchObject({ code: 'ledger-locked' });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await impatient.append('a', sampleHistory(0)[0]!);
    await impatient.close();
    await first.close();
    expect(existsSync(file)).toBe(true);
  });
});
