import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { examinePython } from '../../cli/examine-python.js';
import { runHere } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('doctor');

/** An interpreter that does what a shell script says, whatever it is asked. */
function fakePython(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const traceback = (module: string): string =>
  `echo 'Traceback (most recent call last):' >&2; echo "ModuleNotFoundError: No module named '${module}'" >&2; exit 1`;
const whole = fakePython('whole', 'echo 1.3.0 2.4.6 3.11.7');

describe('what doctor says of Python', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['no Python', path.join(folder, 'nowhere'), /^no .*nowhere, only for gymnasium-bridge; install Python 3/],
    [
      'one without gymnasium',
      fakePython('bare', traceback('gymnasium')),
      /without gymnasium.*\n +.*bare -m pip install/,
    ],
    ['one without numpy', fakePython('half', traceback('numpy')), /half without numpy/],
    ['one that fails', fakePython('broken', 'echo "no encodings" >&2; exit 3'), /does not import.*\(no encodings\)/],
    ['one that fails without a word', fakePython('mute', 'exit 3'), /mute that does not import gymnasium, only/],
    ['one that prints something else', fakePython('other', 'echo hello'), /other that does not import gymnasium/],
    ['a file that is no program', folder, /^no /],
  ];
  it.each(cases)('%s is absent, which is no fault', (_name, python, text) => {
    const finding = examinePython(python);
    expect(finding).toMatchObject({ ok: false, optional: true });
    expect(finding.what).toMatch(text);
  });

  it('one that hangs is not waited for', () => {
    const { ok, what } = examinePython(fakePython('slow', 'exec sleep 60'), 0.2);
    expect([ok, what]).toEqual([false, expect.stringContaining('slow did not answer within 0.2 seconds')]);
  });

  it('a whole one is there, with its versions', () => {
    const { ok, what } = examinePython(whole);
    expect([ok, what]).toEqual([true, `${whole} 3.11.7 with gymnasium 1.3.0, numpy 2.4.6, for gymnasium-bridge`]);
  });

  it('is part of hqnas doctor, which names the Python that was asked for', async () => {
    for (const [python, mark] of [
      [whole, 'ok     '],
      [path.join(folder, 'bare'), 'absent '],
    ] as const) {
      const { code, output } = await runHere(folder, ['doctor', '--python', python]);
      expect([code, output]).toEqual([0, expect.stringContaining(`${mark}${python}`)]);
    }
    const { output } = await runHere(folder, ['doctor', '--python', whole, '--json']);
    const { findings } = JSON.parse(output) as { findings: { what: string; ok: boolean }[] };
    expect(findings.find(({ what }) => what.includes('gymnasium 1.3.0'))).toMatchObject({ ok: true });
  });
});
