import { describe, expect, it } from '@jest/globals';
import { runHere } from './run-hqnas.js';

describe('a command line that is not understood', () => {
  it.each([
    ['frobnicate', 'there is no command "frobnicate". Try: hqnas --help'],
    ['rnu config.yaml', 'there is no command "rnu". Did you mean "run"? Try: hqnas --help'],
    ['checkenv x', 'there is no command "checkenv". Did you mean "check-env"? Try: hqnas --help'],
    ['--verison', 'there is no option "--verison". Did you mean "--version"? Try: hqnas --help'],
    ['run config.yaml --workres 2', 'there is no option "--workres". Did you mean "--workers"? Try: hqnas run --help'],
    ['run config.yaml --no-ply', 'there is no option "--ply". Did you mean "--play"? Try: hqnas run --help'],
    ['run config.yaml --frobnicate-it', 'there is no option "--frobnicate-it". Try: hqnas run --help'],
    ['list -x', 'there is no option "-x". Try: hqnas list --help'],
    ['run a.yaml b.yaml', '"b.yaml" is too much: hqnas run <config>. Try: hqnas run --help'],
    ['run', 'something is missing: hqnas run <config>. Try: hqnas run --help'],
    ['list --ledger', 'Not enough arguments following: ledger. Try: hqnas list --help'],
    ['', 'name a command. Try: hqnas --help'],
  ])('hqnas %s', async (line, expected) => {
    const { code, output, errors } = await runHere('.', line === '' ? [] : line.split(' '));
    expect(errors).toBe(`error: ${expected} [bad-usage]\n`);
    expect({ code, output }).toEqual({ code: 2, output: '' });
  });
});
