import { describe, expect, it } from '@jest/globals';
import { changedVersions } from '../../../core/experiment/resume-errors.js';
import { ExperimentEvents } from '../../../core/experiment/events.js';
import { exportHistory } from '../../../core/experiment/export-history.js';
import type { ExperimentState } from '../../../core/experiment/fold.js';
import type { Ledger } from '../../../core/experiment/ledger.js';
import { MemoryLedger } from '../../../core/experiment/memory-ledger.js';
import { parseConfig } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { scorePlugin } from '../../../core/plugin/score-plugin.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { EXPERIMENT } from '../../../core/wiring/tokens.js';
import { demoEvaluator, demoPlugin } from './demo-plugin.js';

const draft = parseConfig(
  `environment: demo/world
searchSpace: demo/space
strategy: demo/climb
trainer: demo/trainer
evaluation: { duplicates: re-evaluate }
budget: { candidates: 20 }
lookahead: 3
`,
  'test.yaml',
);

interface Options {
  readonly ledger?: Ledger;
  readonly workers?: number;
  readonly events?: ExperimentEvents;
  readonly delay?: (index: number) => number;
  readonly resume?: string;
  readonly version?: string;
  readonly signal?: AbortSignal;
}

function runOnce(options: Options = {}): Promise<ExperimentState> {
  let tick = 0;
  const container = createContainer([scorePlugin, demoPlugin], {
    resolveConfig: (registries) => resolveConfig(draft, registries),
    createEvaluator: () => demoEvaluator({ fails: 5, ...(options.delay ? { delay: options.delay } : {}) }),
    describeRun: () => ({
      versions: { demo: options.version ?? '1' },
      workers: options.workers ?? 2,
      machine: {},
      resume: options.resume,
    }),
    ledger: options.ledger ?? new MemoryLedger(),
    clock: { now: () => `time ${tick++}`, seconds: () => tick++ },
    ids: { next: (name) => `${name}-1` },
    ...(options.events ? { events: options.events } : {}),
  });
  return container.get(EXPERIMENT).run(options.signal);
}

async function canonical(ledger: Ledger): Promise<string> {
  let text = '';
  for await (const line of exportHistory(ledger.read('test-1'))) {
    const { run, ...entry } = JSON.parse(line) as Record<string, unknown>;
    expect(run).toBeDefined();
    text += `${JSON.stringify(entry)}\n`;
  }
  return text;
}

describe('Experiment', () => {
  it('runs to the end of its budget, a failure included', async () => {
    const state = await runOnce();
    expect(state).toMatchObject({ status: 'finished', candidates: 20, trained: 19, failed: 1 });
    expect(state.failures[0]).toMatchObject({ firstCandidate: 5, reason: { code: 'non-finite-loss' } });
    expect(state.best!.score).toBe(Math.max(...state.scored.map(({ score }) => score)));
  });

  it('gives the same history for any number of workers and any delays', async () => {
    const histories = await Promise.all(
      [1, 2, 3, 8].map(async (workers) => {
        const ledger = new MemoryLedger();
        await runOnce({ ledger, workers, delay: (index) => ((index * 7 + workers) % 5) * 3 });
        return canonical(ledger);
      }),
    );
    expect(new Set(histories).size).toBe(1);
  });

  it('goes on where it was interrupted, and ends with the same history', async () => {
    const whole = new MemoryLedger();
    await runOnce({ ledger: whole });
    const ledger = new MemoryLedger();
    const controller = new AbortController();
    const events = new ExperimentEvents();
    events.on('candidate-finished', ({ index }) => {
      if (index === 6) controller.abort();
    });
    const first = await runOnce({ ledger, events, signal: controller.signal });
    expect(first.status).toBe('interrupted');
    expect(first.candidates).toBeLessThan(20);
    const second = await runOnce({ ledger, resume: 'test-1' });
    expect(second).toMatchObject({ status: 'finished', candidates: 20 });
    expect(await canonical(ledger)).toBe(await canonical(whole));
    expect((await runOnce({ ledger, resume: 'test-1' })).candidates).toBe(20);
  });

  it('refuses to go on with another version of a plugin', async () => {
    const ledger = new MemoryLedger();
    const signal = AbortSignal.abort();
    await runOnce({ ledger, signal });
    await expect(runOnce({ ledger, resume: 'test-1', version: '2' })).rejects.toMatchObject({
      code: 'plugins-changed',
    });
  });

  it('does not mind plugins that have come since, and misses those that are gone', async () => {
    const before = { hqnas: '1', demo: '1' };
    expect(changedVersions(before, { ...before, another: '1' })).toBeUndefined();
    expect(changedVersions(before, { hqnas: '1', another: '1' })).toMatchObject({ code: 'plugins-changed' });
    expect(changedVersions(before, { ...before, hqnas: '2' })?.message).toContain('expected hqnas 1, got hqnas 2');
  });

  it('is not disturbed by listeners that throw, and says so once', async () => {
    const events = new ExperimentEvents();
    const failures: string[] = [];
    let heard = 0;
    events.on('candidate-proposed', () => {
      throw new Error('oops');
    });
    events.on('candidate-proposed', () => heard++);
    events.on('candidate-progress', () => Promise.reject(new Error('later')) as unknown as void);
    events.on('listener-failed', ({ message }) => failures.push(message));
    const ledger = new MemoryLedger();
    await runOnce({ ledger, events });
    const quiet = new MemoryLedger();
    await runOnce({ ledger: quiet });
    expect(heard).toBe(20);
    expect(failures.sort()).toEqual(['later', 'oops']);
    expect(await canonical(ledger)).toBe(await canonical(quiet));
  });
});
