import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { examineLedger } from '../../core/node/ledger-repair.js';
import { runHere, runHqnas, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(120_000);
const folder = temporaryFolder('interrupts');
const file = (name: string): string => path.join(folder, name);
const put = (name: string, text: string): void => writeFileSync(file(name), text);

/** Trains nothing; candidate after candidate, until the file "block" is there: then it never ends. */
put(
  'plugin.mjs',
  `import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { about } from './about.mjs';
let trained = 0;
const trainer = {
  id: 'demo/trainer', summary: about, options: {}, presets: {},
  request: () => ({ network: 'shared', hiddenGain: 1, policyGain: 1, valueGain: 1, heads: [] }),
  train() {
    // The search trains in a thread, whoever shows the best network playing does not.
    if (isMainThread && existsSync(${JSON.stringify(file('play'))})) {
      process.stderr.write('playing');
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    while (++trained > 3 && existsSync(${JSON.stringify(file('block'))})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    return { steps: 1, episodes: 0, curve: [] };
  },
};
export default { name: 'demo', version: '1', trainers: [trainer] };
`,
);
put('about.mjs', "export const about = 'trains nothing';\n");
const config = `preset: corrected
plugins: [./plugin.mjs]
searchSpace: { use: paper/balanced, limits: { layers: [3, 3], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
trainer: demo/trainer
evaluation: { scores: [{ policy: greedy, episodes: 1 }], finalists: false }
budget: { candidates: 8 }
lookahead: 0
workers: { kind: threads, count: 1 }
`;
put('search.yaml', config);

/** Starts a search that will not end by itself, and sends it signals once it is stuck. */
function stopped(ledger: string, signals: readonly NodeJS.Signals[], ...more: string[]): Promise<Ended> {
  let sent = 0;
  put('block', '');
  return runHqnas(folder, ['run', 'search.yaml', '--ledger', ledger, ...more], (text, send) => {
    const due = sent === 0 ? /^3\/8/m.test(text) : text.includes('press Ctrl-C again');
    if (due && sent < signals.length) send(signals[sent++]!);
  }).finally(() => rmSync(file('block')));
}

const canonical = async (ledger: string): Promise<string> => {
  const { output, code } = await runHere(folder, ['export', 'search', '--no-facts', '--ledger', ledger]);
  expect(code).toBe(0);
  // Without the header: the command is compiled, this test may run from later sources.
  return output.slice(output.indexOf('\n'));
};

describe('a search that is stopped', () => {
  it('by a second Ctrl-C stops at once, and goes on as if nothing had happened', async () => {
    expect((await runHere(folder, ['run', 'search.yaml', '--workers', '0', '--ledger', 'whole.db'])).code).toBe(0);
    const { code, errors } = await stopped('a.db', ['SIGINT', 'SIGINT']);
    expect(code).toBe(130);
    expect(errors).toMatch(/Stopped\. Go on with: hqnas resume search-\S+ --ledger a\.db/);
    const { entries, problems } = await examineLedger(file('a.db'));
    expect([entries >= 4, problems]).toEqual([true, []]);
    expect((await runHere(folder, ['resume', 'search', '--workers', '0', '--ledger', 'a.db'])).code).toBe(0);
    expect(await canonical('a.db')).toBe(await canonical('whole.db'));
  });

  it('while the best network is trained again to show it has ended, with its report and summary', async () => {
    put('play', '');
    let sent = false;
    const { code, output } = await runHqnas(folder, ['run', 'search.yaml', '--ledger', 'c.db'], (text, send) => {
      if (!sent && text.includes('playing')) send('SIGINT');
      sent ||= text.includes('playing');
    }).finally(() => rmSync(file('play')));
    expect(code).toBe(null);
    expect(output).toContain('Report: ');
    expect((await runHere(folder, ['show', 'search', '--json', '--ledger', 'c.db'])).output).toContain('"finished"');
  });

  it('by SIGTERM goes on with run --resume; a changed file that its plugin imports is refused unless forced', async () => {
    const { code, errors } = await stopped('b.db', ['SIGTERM'], '--abandon');
    expect(code).toBe(130);
    expect(errors).toContain('Interrupted. Go on with: hqnas resume search-');
    writeFileSync(file('about.mjs'), '// changed\n', { flag: 'a' });
    const again = ['--workers', '0', '--ledger', 'b.db'];
    const refused = await runHere(folder, ['run', 'search.yaml', '--resume', ...again]);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('[plugins-changed]')]);
    const forced = await runHere(folder, ['resume', 'search', '--force', '--json', ...again]);
    expect(JSON.parse(forced.output)).toMatchObject({ status: 'finished', candidates: 8 });
    expect(await canonical('b.db')).toContain('"type":"forced"');
    expect(existsSync(file('b.db'))).toBe(true);
  });
});
