import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runHqnas, type Ended } from './run-hqnas.js';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(60_000);
const folder = temporaryFolder('cli');

const hqnas = (args: readonly string[], onErrors?: Parameters<typeof runHqnas>[2]): Promise<Ended> =>
  runHqnas(folder, args, onErrors);

function write(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return name;
}

const small = `preset: corrected
searchSpace: { use: paper/balanced, limits: { layers: [3, 4], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
strategy: { populationSize: 4, sampleSize: 2 }
trainer: { totalSteps: 512 }
evaluation: { scores: [{ policy: greedy, episodes: 2 }], finalists: false }
budget: { candidates: 6 }
lookahead: 2
`;

async function history(id: string, ledger: string): Promise<string[]> {
  const { output } = await hqnas(['export', id, '--ledger', ledger]);
  return output
    .trim()
    .split('\n')
    .map((line) => {
      const { run, ...entry } = JSON.parse(line) as Record<string, unknown>;
      expect(run).toBeDefined();
      return JSON.stringify(entry);
    });
}

async function run(
  config: string,
  ledger: string,
  ...more: string[]
): Promise<{ id: string; best: unknown; report: string }> {
  const { code, output, errors } = await hqnas(['run', config, '--json', '--ledger', ledger, ...more]);
  expect({ code, errors }).toMatchObject({ code: 0 });
  return JSON.parse(output.trim().split('\n').at(-1)!) as { id: string; best: unknown; report: string };
}

describe('hqnas', () => {
  it('runs an experiment, the same in the main thread and in workers, and shows it', async () => {
    const config = write('small.yaml', small);
    const [none, two] = [await run(config, 'a.db', '--workers', '0'), await run(config, 'b.db', '--workers', '2')];
    expect(two.best).toEqual(none.best);
    expect(await history(two.id, 'b.db')).toEqual(await history(none.id, 'a.db'));
    expect(readFileSync(none.report, 'utf8')).toContain('</html>');

    expect((await hqnas(['list', '--ledger', 'a.db'])).output).toContain(none.id);
    expect((await hqnas(['show', 'small', '--ledger', 'a.db'])).output).toMatch(/rank +score/);
    expect((await hqnas(['show', 'small', '0', '--ledger', 'a.db'])).output).toContain("parameters' SHA-256");
    expect((await hqnas(['report', none.id, '--html', 'x.html', '--ledger', 'a.db'])).code).toBe(0);
    expect(existsSync(path.join(folder, 'x.html'))).toBe(true);
  });

  it('takes an interruption, and goes on to the same history', async () => {
    const config = write('longer.yaml', small.replace('totalSteps: 512', 'totalSteps: 16384').replace('6 }', '10 }'));
    const whole = await run(config, 'whole.db');
    let sent = false;
    const { code, errors } = await hqnas(['run', config, '--ledger', 'cut.db'], (text, send) => {
      if (!sent && text.includes('candidate 0')) {
        sent = true;
        send('SIGINT');
      }
    });
    expect(errors).toContain('hqnas resume longer-');
    expect(code).toBe(130);
    expect((await hqnas(['resume', 'longer', '--ledger', 'cut.db'])).code).toBe(0);
    expect(await history('longer', 'cut.db')).toEqual(await history(whole.id, 'whole.db'));
  });

  it('answers mistakes with one coded error, exit 2 and no half-made experiment', async () => {
    const cases: readonly (readonly [text: string, code: string])[] = [
      [small.replace('budget', 'bugdet'), 'unknown-key'],
      [small.replace('paper/balanced', 'paper/balansed'), 'unknown-id'],
      [small.replace('totalSteps: 512', 'totalSteps: -1'), 'invalid-option'],
      [small.replace('qubits: [2, 2]', 'qubits: [200, 300]'), 'impossible-limit'],
      [`${small}plugins: [./absent.ts]\n`, 'plugin-not-found'],
    ];
    for (const [text, expected] of cases) {
      const { code, errors } = await hqnas(['run', write('bad.yaml', text), '--ledger', 'bad.db']);
      expect(errors.match(/\[[a-z-]+\]/g)).toEqual([`[${expected}]`]);
      expect(code).toBe(2);
    }
    if (existsSync(path.join(folder, 'bad.db'))) {
      expect((await hqnas(['list', '--json', '--ledger', 'bad.db'])).output.trim()).toBe('[]');
    }
    expect((await hqnas(['train', '--dna', 'C 4 T C 1 X'])).code).toBe(2);
    expect((await hqnas(['frobnicate'])).code).toBe(2);
    expect((await hqnas(['show', 'nobody', '--ledger', 'absent.db'])).errors).toContain('[ledger-not-found]');
  });

  it('trains one network, validates, and tells what is there', async () => {
    const { output } = await hqnas(['train', '--dna', 'C 2 T Q 2 F 1 C 1', '--steps', '512', '--json']);
    expect(JSON.parse(output)).toMatchObject({ ok: true, counts: { qubits: 2 } });
    expect((await hqnas(['validate', write('ok.yaml', small)])).output).toContain('lookahead: 2');
    expect((await hqnas(['plugins'])).output).toContain('paper/add-classical');
    expect(JSON.parse((await hqnas(['schema'])).output)).toHaveProperty('properties.strategy');
    expect((await hqnas(['doctor'])).code).toBe(0);
  });
});
