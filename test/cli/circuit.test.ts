import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { main } from '../../cli/main.js';

jest.setTimeout(60_000);
const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-circuit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function circuit(...args: readonly string[]): Promise<{ code: number; output: string; errors: string }> {
  const lines: string[] = [];
  const notes: string[] = [];
  const same = (text: string): string => text;
  const terminal = {
    ...{ interactive: false, errors: process.stderr, width: 100, emphasise: same, quieten: same, alarm: same },
    result: (text: string) => void lines.push(text),
    note: (text: string) => void notes.push(text),
  };
  const code = await main(['circuit', ...args], { terminal, folder });
  return { code, output: lines.join('\n'), errors: notes.join('\n') };
}

function write(name: string, content: unknown): string {
  writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const golden = JSON.parse(
  readFileSync(new URL('../golden/pennylane-0.44.1-circuits.json', import.meta.url), 'utf8'),
) as { readonly circuits: readonly { readonly name: string }[] };
const small = {
  n: 2,
  ops: [
    ['angle', 'X'],
    ['bel', 'RX', 'w'],
  ],
  x: [0.1, 0.2],
  weights: { w: [[0.3, 0.4]] },
};

describe('hqnas circuit', () => {
  it('analyses the circuits of a network, a final one for both heads', async () => {
    const { code, output } = await circuit('C 4 T Q 4 F 1 C 2 R Q 2 L 1', '--samples', '20');
    expect(code).toBe(0);
    for (const title of ['layer 2: Q 4 F 1', 'layer 4: Q 2 L 1 as policy head', 'as value head']) {
      expect(output).toContain(title);
    }
    expect(output).toContain('dead weights   4 of 12 (w2 w5 w8 w11)');
    expect(output).toContain('dead weights   1 of 2 (w1)');
    const { output: json } = await circuit('C 4 T Q 4 F 1 C 1', '--samples', '20', '--json');
    expect(JSON.parse(json)[0]).toMatchObject({ analysis: { counts: { weights: 12, twoQubitGates: 4 } } });
  });

  it('draws, exports and reads its own export', async () => {
    const { output } = await circuit('C 2 T Q 2 L 1 C 1', '--draw', '--svg', 'c.svg', '--qasm');
    expect(output).toContain('0: ─RX(x0)──RX(w0)──●─ P');
    expect(readFileSync(path.join(folder, 'c.svg'), 'utf8')).toContain('</svg>');
    const { output: qasm } = await circuit('C 2 T Q 2 L 1 C 1', '--qasm');
    const again = await circuit(write('c.qasm', qasm), '--draw');
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('0: ─RX(x0)──RX(w0)──●─ P') });
  });

  it('runs circuit files as the reference does', async () => {
    for (const [index, content] of golden.circuits.filter((_, k) => k % 12 === 0).entries()) {
      const { output } = await circuit(write(`${index}.json`, content), '--json');
      const { differences } = JSON.parse(output) as { differences: Record<string, number> };
      expect(Math.max(...Object.values(differences))).toBeLessThan(1e-10);
    }
    const { output } = await circuit(write('small.json', small), '--samples', '20');
    expect(output).toContain('output         0.92106099, 0.76018444');
  });

  it('runs them with shots and noise, the same for the same seed, and writes surrogates', async () => {
    const file = write('small.json', small);
    const run = async (...more: readonly string[]) => (await circuit(file, '--json', ...more)).output;
    const shots = await run('--shots', '50', '--seed', '3');
    expect(await run('--shots', '50', '--seed', '3')).toBe(shots);
    expect(await run('--shots', '50', '--seed', '4')).not.toBe(shots);
    const noisy = JSON.parse(await run('--noise', 'DepolarizingChannel 0.75')) as { output: { data: number[] } };
    expect(noisy.output.data.every((value) => Math.abs(value) < 1e-12)).toBe(true);
    await circuit(file, '--surrogate', 's.json');
    const surrogate = JSON.parse(readFileSync(path.join(folder, 's.json'), 'utf8'));
    expect(surrogate.coefficients).toHaveLength(2 * 9);
  });

  it('reads files that start with a byte order mark', async () => {
    const { code, output } = await circuit(write('marked.json', `\uFEFF${JSON.stringify(small)}`), '--json');
    expect(code).toBe(0);
    expect(output).toContain('"output"');
  });

  const mistakes: readonly (readonly [args: readonly string[], code: string])[] = [
    [['nowhere.json'], 'circuit-not-found'],
    [[write('broken.json', '{')], 'invalid-circuit-file'],
    [[write('bad.json', { ...small, n: 1 })], 'invalid-circuit'],
    [[write('bad.qasm', 'OPENQASM 3;\nqubit q;\nfoo q;')], 'invalid-qasm'],
    [['C 4 T C 1'], 'no-circuit'],
    [['C 4 T Q 3 F 1'], 'inexpressible'],
    [['C 4 T Q 4 X 1'], 'invalid-dna'],
    [['C 4 T Q 4 L 1 C 1', '--noise', 'BitFlip 0.1'], 'invalid-argument'],
    [['C 4 T Q 4 L 1 C 1', '--shots', '100'], 'invalid-argument'],
    [[write('small2.json', small), '--noise', 'BitFlip two'], 'invalid-noise'],
    [[write('small3.json', small), '--shots', '0'], 'invalid-argument'],
    [['C 4 T Q 4 L 1 C 1', '--surrogate', 'no.json'], 'invalid-argument'],
  ];

  it.each(mistakes)('%j ends with one coded error and exit 2', async (args, expected) => {
    const { code, errors, output } = await circuit(...args);
    expect(errors).toMatch(new RegExp(`^error: .*\\[${expected}\\]$`, 's'));
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(existsSync(path.join(folder, 'no.json'))).toBe(false);
  });
});
