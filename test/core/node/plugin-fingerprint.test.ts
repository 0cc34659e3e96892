import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pluginFingerprint } from '../../../core/node/plugin-fingerprint.js';
import { temporaryFolder } from '../../temporary-folder.js';

const root = temporaryFolder('print');

let count = 0;
let folder = '';
const write = (name: string, text: string): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const print = (): string | undefined => pluginFingerprint('./src/plugin.ts', folder);

beforeEach(() => {
  folder = path.join(root, `${count++}`);
  write(
    'src/plugin.ts',
    `import { definePlugin } from 'hqnas';
     import type { A } from "./types.js";
     import { run, } from '../lib/run.mjs';
     import 'some-package/deep';
     const data = new URL('./table.json', import.meta.url);
     const later = () => import('./later.js');
     const output = './log.txt';`,
  );
  write('src/types.ts', 'export type A = 1;');
  write('src/later.js', `export * from './plugin.js';`);
  write('src/table.json', '[1]');
  write('src/log.txt', 'what a run wrote');
  write('src/beside.js', 'nobody imports it');
  write('lib/run.mjs', `export { x as run } from '@scope/other';`);
  write('node_modules/some-package/package.json', '{"version":"1.0.0"}');
  write('node_modules/@scope/other/package.json', '{"version":"2.0.0"}');
});

describe('the fingerprint of a plugin', () => {
  it.each([
    ['its file', 'src/plugin.ts'],
    ['a type', 'src/types.ts'],
    ['a file in another folder', 'lib/run.mjs'],
    ['a file that is imported later', 'src/later.js'],
    ['data that it reads', 'src/table.json'],
  ])('changes with %s', (_, file) => {
    const before = print();
    write(file, '// changed');
    expect(print()).not.toBe(before);
  });

  it.each(['some-package', '@scope/other'])('changes with the version of %s', (name) => {
    const before = print();
    write(`node_modules/${name}/package.json`, '{"version":"3.0.0"}');
    expect(print()).not.toBe(before);
  });

  it.each(['src/log.txt', 'src/beside.js'])('does not change with %s', (file) => {
    const before = print();
    write(file, 'changed');
    expect(print()).toBe(before);
  });

  it('is the same wherever the plugin lies', () => {
    const before = print();
    const other = path.join(root, 'another', 'place');
    cpSync(folder, other, { recursive: true });
    expect(pluginFingerprint('./src/plugin.ts', other)).toBe(before);
    expect(pluginFingerprint(path.join(other, 'src/plugin.ts'), root)).toBe(before);
  });

  it('tells apart two files that changed their contents', () => {
    write('lib/run.mjs', 'a');
    write('src/later.js', 'b');
    const before = print();
    write('lib/run.mjs', 'b');
    write('src/later.js', 'a');
    expect(print()).not.toBe(before);
  });

  it('of one file is that of its content', () => {
    write('src/plugin.ts', `import { definePlugin } from 'hqnas';`);
    const digest = createHash('sha256').update(`import { definePlugin } from 'hqnas';`).digest('hex');
    expect(print()).toBe(digest.slice(0, 12));
  });

  it('is none for a package', () => {
    expect(pluginFingerprint('some-package', folder)).toBeUndefined();
  });
});
