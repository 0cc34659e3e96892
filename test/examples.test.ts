import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from './temporary-folder.js';

const root = path.resolve(import.meta.dirname, '..');
const ledgers = temporaryFolder('examples');

const configs = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => path.join('examples', file))
  .sort();
const custom = configs.filter((config) => config.includes('custom-'));
/** Short enough to be run as well. */
const short = ['examples/measures.yaml'];

/** What an example brings, as it occurs in the canonical export of its search. */
const traces: Readonly<Record<string, RegExp>> = {
  'custom-ansatz': /"dna":"[^"]*\bB \d \d/,
  'custom-condition': /"under":\{"bits":1,"use":"demo\/few-bits"\}/,
  'custom-environment': /"environment":\{[^}]*"use":"demo\/corridor"/,
  'custom-layer': /"dna":"[^"]*\bS \d+/,
  'custom-mutation': /"by":"demo\/swap-neighbours"/,
  'custom-strategy': /"use":"demo\/hill-climbing"[^]*"parents":\[\d+\]/,
};

interface Answer {
  readonly code: number;
  readonly results: string;
  readonly notes: string;
}

/**
 * Runs commands of the built program one after another in one process: most of a short command's time is the start of
 * Node.
 */
function runCommands(commands: readonly (readonly string[])[]): readonly Answer[] {
  const program = (file: string): string => JSON.stringify(pathToFileURL(path.join(root, 'dist/cli', file)).href);
  if (!existsSync(path.join(root, 'dist/cli/main.js'))) throw new Error('dist/ is missing: run "npm run build"');
  const script = `
    import { PassThrough } from 'node:stream';
    import { main } from ${program('main.js')};
    import { createTerminal } from ${program('terminal.js')};
    const answers = [];
    for (const command of ${JSON.stringify(commands)}) {
      const [output, errors] = [new PassThrough(), new PassThrough()];
      const texts = [output, errors].map((stream) => {
        let text = '';
        stream.on('data', (chunk) => (text += chunk));
        return () => text;
      });
      const code = await main(command, { terminal: createTerminal(output, errors, {}), folder: process.cwd() });
      await new Promise(setImmediate);
      answers.push({ code, results: texts[0](), notes: texts[1]() });
    }
    process.stdout.write(JSON.stringify(answers));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (!stdout.startsWith('[')) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Answer[]; // written by the script above
}

const ledgerOf = (config: string): string => path.join(ledgers, path.basename(path.dirname(config)), 'ledger.db');
const nameOf = (config: string): string => path.basename(path.dirname(config));

const [validations, runs, exports, shorts] = ((): readonly (readonly Answer[])[] => {
  const answers = runCommands([
    ...configs.map((config) => ['validate', config]),
    ...custom.map((config) => ['run', config, '--workers', '0', '--json', '--ledger', ledgerOf(config)]),
    ...custom.map((config) => ['export', nameOf(config), '--ledger', ledgerOf(config)]),
    ...short.map((config) => ['run', config, '--workers', '0', '--json', '--no-play', '--ledger', ledgerOf(config)]),
    ...short.map((config) => ['report', path.basename(config, '.yaml'), '--ledger', ledgerOf(config)]),
  ]);
  return [
    answers.slice(0, configs.length),
    answers.slice(configs.length, configs.length + custom.length),
    answers.slice(configs.length + custom.length, configs.length + 2 * custom.length),
    answers.slice(configs.length + 2 * custom.length),
  ];
})();

it.each(configs.map((config, i) => [config, i] as const))('%s is a valid config', (config, i) => {
  const { code, notes } = validations![i]!;
  // The bridge asks Python for the spaces; without Gymnasium it says so.
  if (config.includes('gymnasium-bridge') && notes.includes('[bridge-missing]')) return;
  expect({ code, notes }).toEqual({ code: 0, notes: `${config} is valid.\n` });
});

it.each(short.map((config, i) => [config, i] as const))('%s runs to its end', (_config, i) => {
  const { code, results } = shorts![i]!;
  expect(code).toBe(0);
  const { candidates, failed, pruned, predictors } = JSON.parse(results.trim().split('\n').at(-1)!) as {
    readonly candidates: number;
    readonly failed: number;
    readonly pruned: number;
    readonly predictors: readonly { readonly id: string }[];
  };
  expect({ candidates, failed }).toEqual({ candidates: 16, failed: 0 });
  expect(pruned).toBeGreaterThan(0);
  expect(predictors.map(({ id }) => id)).toContain('measures/gradient-norm');
  expect(shorts![short.length + i]!.results).toMatch(/How well measures foretold scores[^]*search\/flops +\d+ +-?\d/);
});

it('every folder of examples is run', () => {
  expect(custom.map(nameOf)).toEqual(Object.keys(traces));
});

describe.each(custom.map((config, i) => [nameOf(config), i] as const))('%s', (name, i) => {
  it('runs to its end, every candidate trained', () => {
    const { code, results, notes } = runs![i]!;
    expect({ code, notes: code === 0 ? '' : notes }).toEqual({ code: 0, notes: '' });
    const summary = JSON.parse(results.trim().split('\n').at(-1)!);
    expect(summary).toMatchObject({ name, failed: 0 });
    expect(existsSync(summary.report)).toBe(true);
  });

  it('has what it brings take part', () => {
    expect(exports![i]!.code).toBe(0);
    expect(exports![i]!.results).toMatch(traces[name]!);
  });

  it('imports the public API only', () => {
    const folder = path.join(root, 'examples', name);
    const sources = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    expect(sources).toHaveLength(1);
    const imports = [...readFileSync(path.join(folder, sources[0]!), 'utf8').matchAll(/ from '([^']+)'/g)];
    const allowed = ['hqnas', 'hqnas/compiler', 'hqnas/quantum'];
    expect(imports.filter(([, from]) => !allowed.includes(from!))).toEqual([]);
  });
});
