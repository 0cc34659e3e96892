import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { loadPlugins } from '../../../core/node/load-plugins.js';
import { checkPlugins } from '../../../core/plugin/check-plugins.js';
import type { Plugin } from '../../../core/plugin/define-plugin.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { metricContract } from '../../contracts/metric.js';
import { pluginContract } from '../../contracts/plugin.js';
import { demoPlugin } from '../experiment/demo-plugin.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('plugins');

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'nothing thrown';
}

function load(name: string, content: string): Promise<readonly Plugin[]> {
  writeFileSync(path.join(folder, name), content);
  return loadPlugins([`./${name}`], folder);
}

describe('built-in plugins', () => {
  for (const plugin of [...builtInPlugins, demoPlugin]) {
    for (const { name, run } of pluginContract(plugin)) it(name, () => run());
    for (const metric of plugin.metrics ?? [])
      for (const { name, run } of metricContract(metric)) it(name, () => run());
  }
  it('fit together', () => checkPlugins(builtInPlugins));
});

describe('checkPlugins', () => {
  const mutation = { id: 'a/b', summary: 's', mutate: () => undefined } as const;
  it.each<[code: string, plugins: unknown[]]>([
    ['duplicate-plugin', [{ name: 'a' }, { name: 'a' }]],
    ['missing-plugin', [{ name: 'a', requires: ['b'] }]],
    ['wrong-prefix', [{ name: 'c', mutations: [mutation] }]],
    ['invalid-plugin', [{ name: 'Upper Case' }]],
    ['invalid-plugin', [{ name: 'a', mutation: [] }]],
    ['invalid-plugin', [{ name: 'a', mutations: mutation }]],
    ['invalid-plugin', [{ name: 'a', mutations: [{ id: 'a/b' }] }]],
    ['invalid-plugin', [42]],
  ])('refuses with %s', async (code, plugins) => {
    expect(await codeOf(() => checkPlugins(plugins as Plugin[]))).toBe(code);
  });

  it('finds duplicate ids when registries are made', async () => {
    const plugins: Plugin[] = [{ name: 'a', mutations: [mutation, mutation] }];
    expect(await codeOf(() => createContainer(plugins).get(REGISTRIES))).toBe('duplicate-id');
  });
});

describe('loadPlugins', () => {
  it('loads a plugin by path', async () => {
    const [plugin] = await load('good.mjs', "export default { name: 'good', mutations: [] };");
    expect(plugin!.name).toBe('good');
  });

  it('has a code for everything that can be wrong', async () => {
    expect(await codeOf(() => loadPlugins(['./absent.mjs'], folder))).toBe('plugin-not-found');
    expect(await codeOf(() => loadPlugins(['no-such-package-anywhere'], folder))).toBe('plugin-not-found');
    expect(await codeOf(() => load('throws.mjs', "throw new Error('boom');"))).toBe('plugin-failed-to-load');
    expect(await codeOf(() => load('empty.mjs', 'export const a = 1;'))).toBe('plugin-has-no-default-export');
    expect(await codeOf(() => load('wrong.mjs', "export default { name: 'x', layerz: [] };"))).toBe('invalid-plugin');
  });
});
