import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runHqnas, type Ended } from './run-hqnas.js';

jest.setTimeout(180_000);

const root = path.resolve(import.meta.dirname, '../..');
// Inside the package, so that the plugin finds it by name.
mkdirSync(path.join(root, '.hqnas'), { recursive: true });
const folder = mkdtempSync(path.join(root, '.hqnas', 'play-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = (name: string, environment: string): string => `
name: ${name}
preset: corrected
${environment}
searchSpace: { use: classical/mlp, limits: { layers: [2, 2], units: [2, 8] } }
trainer: { use: ppo/clip, preset: paper, totalSteps: 1024 }
evaluation: { scores: [{ policy: greedy, episodes: 5 }], finalists: false }
strategy: { use: random-search/uniform }
budget: { candidates: 2 }
`;

/** An environment that has pixels only. */
const plugin = (reward: string): string => `
import { Pcg64, box, defineEnvironment, definePlugin, discrete } from 'hqnas';
const chance = new Pcg64(0);
export default definePlugin({
  name: 'pixels',
  environments: [
    defineEnvironment({
      id: 'pixels/guess',
      summary: 'guess a side',
      options: {},
      maxEpisodeSteps: 9,
      make() {
        let side = 0;
        const look = () => {
          side = chance.integers(0, 2);
          return Float32Array.of(side);
        };
        return {
          observationSpace: box([0], [1]),
          actionSpace: discrete(2),
          reset({ seed } = {}) {
            if (seed !== undefined) chance.seed(seed);
            return { observation: look(), info: {} };
          },
          step(action) {
            const reward = action === side ? ${reward} : 0;
            return { observation: look(), reward, terminated: false, truncated: false, info: {} };
          },
          render: () => ({ width: 640, height: 8, rgb: new Uint8Array(640 * 8 * 3).fill(side * 255) }),
        };
      },
    }),
  ],
});
`;

const hqnas = (...args: string[]): Promise<Ended> => runHqnas(folder, args);

/** The score of a candidate in an export. */
function scoreOf(exported: string, candidate: number): { readonly returns: number[]; readonly seeds: number[] } {
  for (const line of exported.trim().split('\n')) {
    const entry = JSON.parse(line);
    if (entry.type === 'candidate' && entry.index === candidate) return entry.outcome.scores[0] as never; // of `export`
  }
  throw new Error('no such candidate');
}

function pages(name: string): string {
  const reports = path.join(folder, '.hqnas', 'reports');
  const file = readdirSync(reports).find((one) => one.startsWith(name))!;
  return readFileSync(path.join(reports, file), 'utf8');
}

beforeAll(() => {
  writeFileSync(path.join(folder, 'drawn.yaml'), config('drawn', 'environment: cartpole/v1'));
  writeFileSync(
    path.join(folder, 'pixels.yaml'),
    config('pixels', 'plugins: [./pixels.mjs]\nenvironment: pixels/guess'),
  );
  writeFileSync(path.join(folder, 'pixels.mjs'), plugin('1'));
});

describe('a report of an environment that can be drawn', () => {
  it('shows the best network playing an episode that was scored', async () => {
    const { code, errors } = await hqnas('run', 'drawn.yaml', '--workers', '0');
    expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
    const page = pages('drawn');
    expect(page).toContain('<h2>The best network playing</h2>');
    expect(page).toMatch(/<svg role="img" aria-label="Candidate [01] playing"[^]*<animate /);
    const { output } = await hqnas('export', 'drawn');
    const [, candidate, seed, sum] = /Candidate (\d), .*median return of 5 .*seed (\d+)\), return ([\d.]+) in/.exec(
      page,
    )!;
    const { returns, seeds } = scoreOf(output, Number(candidate));
    expect([...returns].sort((a, b) => a - b)[2]).toBe(Number(sum));
    expect(returns[seeds.indexOf(Number(seed))]).toBe(Number(sum));
  });

  it('does so only if asked to, once it takes long', async () => {
    await hqnas('report', 'drawn', '--no-play');
    expect(pages('drawn')).not.toContain('The best network playing');
    await hqnas('report', 'drawn', '--play');
    expect(pages('drawn')).toContain('The best network playing');
  });
});

describe('a report of an environment that has pixels only', () => {
  it('shows an animated GIF', async () => {
    const { code, errors } = await hqnas('run', 'pixels.yaml', '--workers', '0');
    expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
    const [, base64] = /<img alt="Candidate [01] playing" src="data:image\/gif;base64,([^"]+)">/.exec(pages('pixels'))!;
    const gif = Buffer.from(base64!, 'base64');
    expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([320, 4]);
  });

  it('shows nobody where the training goes another way than recorded', async () => {
    writeFileSync(path.join(folder, 'pixels.mjs'), plugin('2'));
    const { code, errors } = await hqnas('report', 'pixels');
    expect(code).toBe(0);
    expect(errors).toContain('went another way');
    expect(pages('pixels')).not.toContain('The best network playing');
  });
});
