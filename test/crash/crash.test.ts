import path from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { read, runKilled, startSearch, type Course, type Kind } from './killed-runs.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Runs that are killed; `npm run check:full` takes 200. */
const runs = Number(process.env['HQNAS_CRASH_RUNS'] ?? 5);
jest.setTimeout(60_000 + runs * 20_000);

const folder = temporaryFolder('crash');

let whole = '';
const courses = new Map<Kind, Course>();

async function undisturbed(kind: Kind, workers: number, longest: number): ReturnType<typeof read> {
  const ledger = path.join(folder, `whole-${kind}-${workers}.ledger`);
  const attempt = startSearch({ ledger, kind, workers, longest });
  const code = await attempt.ended;
  if (code !== 0) throw new Error(`the search ended with ${String(code)}: ${attempt.errors()}`);
  return read(ledger);
}

beforeAll(async () => {
  for (const kind of ['threads', 'processes'] as const) {
    const began = process.hrtime.bigint();
    const { history, results } = await undisturbed(kind, 2, 20);
    whole = history;
    courses.set(kind, { milliseconds: Number(process.hrtime.bigint() - began) / 1e6, results: results.size });
  }
});

describe('a search', () => {
  it('has the same history with threads and processes, for any number of workers and any delays', async () => {
    const cases: readonly [Kind, number][] =
      runs < 20
        ? [
            ['threads', 1],
            ['threads', 8],
            ['processes', 3],
          ]
        : (['threads', 'processes'] as const).flatMap((kind) => [1, 2, 3, 8].map((n): [Kind, number] => [kind, n]));
    for (const [kind, workers] of cases) expect((await undisturbed(kind, workers, 40)).history).toBe(whole);
  });

  it(`that is killed at random instants ends with the history of an undisturbed one (${runs} runs)`, async () => {
    const totals = { runs: 0, searchesKilled: 0, workersKilled: 0, lost: 0, different: 0, damaged: 0 };
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < runs) {
        const run = next++;
        const kind = run % 2 === 0 ? 'threads' : 'processes';
        const options = {
          ledger: path.join(folder, `${run}.ledger`),
          kind,
          workers: 1 + (run % 3),
          longest: 20,
        } as const;
        const killed = await runKilled(options, runs < 20 ? 2 : 1 + (run % 3), courses.get(kind)!);
        totals.runs++;
        totals.searchesKilled += killed.searchesKilled;
        totals.workersKilled += killed.workersKilled;
        totals.lost += killed.lost.length;
        totals.different += killed.history === whole ? 0 : 1;
        totals.damaged += killed.integrity === '[{"integrity_check":"ok"}]' ? 0 : 1;
      }
    };
    await Promise.all([work(), work()]);
    if (runs >= 20) process.stdout.write(`${JSON.stringify(totals)}\n`);
    expect(totals).toMatchObject({ runs, lost: 0, different: 0, damaged: 0 });
    expect(totals.searchesKilled + totals.workersKilled).toBeGreaterThanOrEqual(runs);
  });
});
