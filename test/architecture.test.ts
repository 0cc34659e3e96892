import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const folders = ['core', 'compiler', 'plugins', 'environments', 'search-strategies', 'cli'];

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

function cruise(directory: string): Cruise {
  const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [command, '--config', config, '--output-type', 'json', ...folders],
    {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (!stdout.startsWith('{')) throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

describe('architecture', () => {
  const planted = mkdtempSync(path.join(tmpdir(), 'hqnas-planted-'));
  afterAll(() => {
    rmSync(planted, { recursive: true, force: true });
  });

  it('keeps every import rule', () => {
    const { summary } = cruise(root);
    expect(summary.totalCruised).toBeGreaterThan(100);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  it('catches a planted violation of every import rule', () => {
    const files: Record<string, string> = {
      'core/errors.ts': "import '../compiler/graph.js';",
      'core/environment/space.ts': "import '../search/moves.js';",
      'core/layer/layer-kind.ts': "import '../genome/genome.js';",
      'core/genome/genome.ts': "import '../search/moves.js'; import 'inversify';",
      'core/model/model.ts': "import '../search/moves.js'; import 'node:fs';",
      'core/search/moves.ts': "import '../experiment/fold.js';",
      'core/training/trainer.ts': "import '../search/moves.js';",
      'core/plugin/define-plugin.ts': "import '../experiment/fold.js';",
      'core/experiment/fold.ts': "import '../wiring/container.js';",
      'core/wiring/container.ts': "import '../node/pool.js'; import '../index.js';",
      'core/node/pool.ts': "import '../../plugins/a/index.js';",
      'core/index.ts': 'export {};',
      'compiler/graph.ts': "import '../core/search/moves.js'; import './cycle.js';",
      'compiler/cycle.ts': "import './graph.js';",
      'plugins/a/index.ts': "import '../b/inside.js';",
      'plugins/b/inside.ts': 'export {};',
      'environments/a/index.ts': 'export {};',
      'search-strategies/a/index.ts': 'export {};',
      'cli/main.ts': "import '../plugins/b/inside.js';",
    };
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.join(planted, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(planted, file), content);
    }
    cpSync(path.join(root, 'tsconfig.json'), path.join(planted, 'tsconfig.json'));
    mkdirSync(path.join(planted, 'node_modules'));
    cpSync(path.join(root, 'node_modules/inversify'), path.join(planted, 'node_modules/inversify'), {
      recursive: true,
    });
    const caught = new Set(cruise(planted).summary.violations.map(({ rule }) => rule.name));
    const rules = [
      'no-circular',
      'floor',
      'compiler',
      'environment',
      'layer',
      'genome',
      'model',
      'search',
      'training',
      'plugin',
      'experiment',
      'wiring',
      'node',
      'plugin-folders',
      'cli',
      'inversify-in-wiring',
      'node-in-node',
      'barrel-inside-core',
    ];
    expect([...caught].sort()).toEqual(rules.sort());
  });

  it('lint refuses what makes results depend on clock, chance or types nobody checked', () => {
    const planted: readonly (readonly [code: string, rule: string])[] = [
      ['export const a = Math.random();', 'no-restricted-properties'],
      ['export const b = Date.now();', 'no-restricted-properties'],
      ['export const c = performance.now();', 'no-restricted-properties'],
      ['export const d = new Date();', 'no-restricted-syntax'],
      ['console.log(1);', 'no-console'],
      ['export const e = (y: any): unknown => y;', '@typescript-eslint/no-explicit-any'],
    ];
    const { stdout } = spawnSync(
      process.execPath,
      ['node_modules/eslint/bin/eslint.js', '--stdin', '--stdin-filename', 'core/rows.ts', '--format', 'json'],
      { cwd: root, input: planted.map(([code]) => code).join('\n'), encoding: 'utf8' },
    );
    const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
    const caught = messages.map(({ ruleId, line }) => `${line} ${ruleId}`);
    for (const [index, [, rule]] of planted.entries()) expect(caught).toContain(`${index + 1} ${rule}`);
  });
});
