import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentProbes, runProbe } from '../../../core/environment/check-environment.js';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { rowsOf } from '../../../core/environment/space.js';
import { pythonFile } from '../../../core/node/python-files.js';
import { openSynchronousChannel } from '../../../core/node/synchronous-channel.js';
import { createStepBuffers } from '../../../core/environment/vector-environment.js';
import { createRows } from '../../../core/rows.js';
import { frozenLake } from '../../../environments/frozen-lake/index.js';
import { gymnasiumBridge } from '../../../environments/gymnasium-bridge/index.js';
import { mountainCarContinuous } from '../../../environments/mountain-car/index.js';
import { pluginContract } from '../../contracts/plugin.js';

// A thread runs JavaScript: that of the build.
const shell = new URL('../../../dist/core/node/workers/channel-shell.js', import.meta.url);
const open = (command: readonly string[]) => openSynchronousChannel(command, { shell: shell.href });
const python = process.env['HQNAS_PYTHON'] ?? 'python3';
const hasGymnasium = spawnSync(python, ['-c', 'import gymnasium, numpy']).status === 0;

const plugin = gymnasiumBridge(open, pythonFile('gymnasium_bridge.py'));
const bridge = plugin.environments![0]!;
const optionsFor = (id: string, more: Record<string, unknown> = {}) => ({ options: { id, python, ...more } });

/** The bridge to a child process of Node that runs a script in place of the Python side. */
function bridgeTo(script: string): EnvironmentKind {
  return gymnasiumBridge(() => open([process.execPath, '-e', script]), '').environments![0]!;
}

const answer = (kind: number, payload: string): string =>
  `process.stdin.once('data', () => { const p = Buffer.from(${payload}); const h = Buffer.alloc(5); h.writeUInt32LE(p.length, 0); h[4] = ${kind}; process.stdout.write(h); process.stdout.write(p); });`;

it('has a built shell', () => {
  if (!existsSync(shell)) throw new Error('dist/ is missing: run "npm run build"');
});

describe('the plugin', () => {
  for (const { name, run } of pluginContract(plugin)) it(name, run);
});

describe('a child process that fails', () => {
  const cases: readonly (readonly [string, string, string, number?])[] = [
    ['does not answer', 'setTimeout(() => {}, 60_000)', 'bridge-timeout', 0.3],
    ['ends', 'console.error("out of luck"); process.exit(3)', 'bridge-crashed'],
    ['sends garbage', 'process.stdout.write("Traceback: what a mess this is")', 'bridge-malformed'],
    [
      'answers with an error of its own',
      answer(255, '\'{"code":"bridge-failed","message":"no such thing"}\''),
      'bridge-failed',
    ],
    ['describes no spaces', answer(100, '"{}"'), 'bridge-malformed'],
    ['answers with another kind', answer(7, '""'), 'bridge-malformed'],
  ];
  it.each(cases)('%s', (_name, script, code, timeout = 20) => {
    expect(() => makeEnvironment(bridgeTo(script), optionsFor('Any-v0', { timeout }))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('says what it complained about last', () => {
    expect(() =>
      makeEnvironment(bridgeTo('console.error("out of luck"); process.exit(3)'), optionsFor('Any-v0')),
    ).toThrow('out of luck');
  });

  it('does not start', () => {
    expect(() => makeEnvironment(bridge, optionsFor('Any-v0', { python: '/no/such/python' }))).toThrow(
      expect.objectContaining({ code: 'bridge-crashed' }),
    );
  });
});

it('refuses options that are no JSON object', () => {
  expect(() => makeEnvironment(bridge, optionsFor('CartPole-v1', { options: '[1]' }))).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  );
});

/** With a Python that has gymnasium; HQNAS_PYTHON names it. */
(hasGymnasium ? describe : describe.skip)('Gymnasium', () => {
  // Every probe starts processes of its own: those that say most.
  it.each(['reset/seeded', 'step/result', 'step/invalid-action', 'vector/stride'])('passes %s', (id) => {
    const probe = environmentProbes.find((one) => one.id === id)!;
    expect(runProbe(probe, bridge, { ...optionsFor('CartPole-v1'), steps: 20 })).toEqual([]);
  });

  it.each([
    ['MountainCarContinuous-v0', 'same-step', mountainCarContinuous],
    ['MountainCarContinuous-v0', 'next-step', mountainCarContinuous],
    ['FrozenLake-v1', 'same-step', frozenLake],
  ] as const)('%s gives what the port gives with autoreset %s', (_id, autoreset, kind) => {
    const count = 3;
    const run = (vector: ReturnType<typeof makeVectorEnvironment>): number[] => {
      const rows = rowsOf(vector.observationSpace);
      const buffers = createStepBuffers(rows, count);
      const actions = createRows(1, count);
      vector.reset(buffers.observations, [4, 5, 6]);
      const trace = [...buffers.observations.data];
      const chance = new Pcg64(9);
      for (let i = 0; i < 120; i++) {
        const discrete = vector.actionSpace.kind === 'discrete';
        for (let lane = 0; lane < count; lane++)
          actions.data[lane] = discrete ? chance.integers(0, 4) : chance.uniform(-1, 1);
        vector.step(actions, buffers);
        const { observations, rewards, terminated, truncated, finalObservations } = buffers;
        trace.push(...observations.data, ...rewards, ...terminated, ...truncated, ...finalObservations.data);
      }
      vector.close?.();
      return trace;
    };
    const settings = optionsFor(kind.gymnasiumId!);
    expect(run(makeVectorEnvironment(bridge, count, { ...settings, autoreset }))).toEqual(
      run(makeVectorEnvironment(kind, count, { autoreset })),
    );
  });

  it('names an unknown environment', () => {
    expect(() => makeEnvironment(bridge, optionsFor('NoSuch-v0'))).toThrow(
      expect.objectContaining({ code: 'bridge-failed' }),
    );
    expect(() => makeEnvironment(bridge, optionsFor('CartPole-v1', { imports: 'no_such_module' }))).toThrow(
      expect.objectContaining({ code: 'bridge-missing' }),
    );
  });
});
