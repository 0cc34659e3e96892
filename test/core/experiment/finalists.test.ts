import { describe, expect, it } from '@jest/globals';
import { ExperimentEvents } from '../../../core/experiment/events.js';
import { exportHistory } from '../../../core/experiment/export-history.js';
import { foundCandidate } from '../../../core/experiment/fold.js';
import { objectivesOf } from '../../../core/experiment/objectives.js';
import type { Entry, Ledger } from '../../../core/experiment/ledger.js';
import { MemoryLedger } from '../../../core/experiment/memory-ledger.js';
import { parseConfig } from '../../../core/experiment/config/parse-config.js';
import { reportHtml } from '../../../core/experiment/report/report-html.js';
import { reportText } from '../../../core/experiment/report/report-text.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { definePlugin, type Plugin } from '../../../core/plugin/define-plugin.js';
import { scorePlugin } from '../../../core/plugin/score-plugin.js';
import { createRng } from '../../../core/random.js';
import { defineStrategy } from '../../../core/search/strategy.js';
import { HqnasError } from '../../../core/errors.js';
import type { Candidate, Evaluator } from '../../../core/training/evaluator.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { EXPERIMENT } from '../../../core/wiring/tokens.js';
import { summaryJson } from '../../../cli/summary.js';
import { demoEvaluator, demoPlugin } from './demo-plugin.js';

const base = `environment: demo/world
searchSpace: demo/space
strategy: demo/climb
trainer: demo/trainer
budget: { candidates: 30 }
lookahead: 3
`;
const withFinalists = `${base}evaluation: { finalists: { top: 3, repeats: 4, episodes: 50 } }\n`;

/** Width plus noise of the search: final trainings have noise of their own. */
function noisyEvaluator(seen: Candidate[] = [], fails = -1): Evaluator {
  const inner = demoEvaluator();
  return {
    async evaluate(candidate, options) {
      seen.push(candidate);
      const result = await inner.evaluate(candidate, options);
      if (!result.ok) return result;
      if (candidate.finalEpisodes !== undefined && candidate.repeat === fails) throw new Error('lost');
      const stream = candidate.finalEpisodes === undefined ? 'search' : `final ${candidate.repeat ?? 0}`;
      const score = result.score + 40 * createRng(candidate.index).fork(stream).normal();
      const size = 200 - result.score;
      return { ...result, score, metrics: { 'score/greedy-mean': score, 'score/parameters': size } };
    },
    close: () => Promise.resolve(),
  };
}

interface Options {
  readonly text?: string;
  readonly ledger?: Ledger;
  readonly evaluator?: Evaluator;
  readonly workers?: number;
  readonly events?: ExperimentEvents;
  readonly resume?: string;
  readonly signal?: AbortSignal;
  readonly plugins?: readonly Plugin[];
}

function runOnce(options: Options = {}) {
  let tick = 0;
  const draft = parseConfig(options.text ?? withFinalists, 'test.yaml');
  const container = createContainer([scorePlugin, demoPlugin, ...(options.plugins ?? [])], {
    resolveConfig: (registries) => resolveConfig(draft, registries),
    createEvaluator: () => options.evaluator ?? noisyEvaluator(),
    describeRun: () => ({ versions: {}, workers: options.workers ?? 2, machine: {}, resume: options.resume }),
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
    const { run: _run, ...entry } = JSON.parse(line) as Record<string, unknown>;
    text += `${JSON.stringify(entry)}\n`;
  }
  return text;
}

async function typesOf(ledger: Ledger): Promise<string> {
  const types: Entry['type'][] = [];
  for await (const { type } of ledger.read('test-1')) if (types.at(-1) !== type) types.push(type);
  return types.join(' ');
}

describe('finalists', () => {
  it('are the first of the leaderboard, trained again with seeds of their own', async () => {
    const seen: Candidate[] = [];
    const ledger = new MemoryLedger();
    const state = await runOnce({ ledger, evaluator: noisyEvaluator(seen) });
    expect(await typesOf(ledger)).toBe('started candidate searched finalist finished');
    const final = seen.filter(({ finalEpisodes }) => finalEpisodes === 50);
    expect(final).toHaveLength(12);
    const top = state.leaderboard.slice(0, 3).map(({ candidate }) => candidate);
    expect(final.map(({ index, repeat }) => [index, repeat])).toEqual(
      top.flatMap((candidate) => [0, 1, 2, 3].map((repeat) => [candidate, repeat])),
    );
    expect(new Set(state.finalists.map(({ candidate }) => candidate))).toEqual(new Set(top));
  });

  it('give a winner by their mean, beside the best observed', async () => {
    const state = await runOnce();
    const { winner, finalists, best } = state;
    expect(finalists.map(({ place }) => place)).toEqual([1, 2, 3]);
    const means = finalists.map(({ score }) => score!);
    expect([...means].sort((a, b) => b - a)).toEqual(means);
    expect(winner).toBe(finalists[0]);
    expect(winner!.scores).toHaveLength(4);
    expect(winner!.score).toBeCloseTo(
      winner!.scores.reduce((sum, score) => sum + score / 4, 0),
      10,
    );
    expect(best!.score).toBe(Math.max(...state.scored.map(({ score }) => score)));
    expect(reportText(state)).toMatch(/Winner +\d.*\nBest observed +\d/);
    expect(reportHtml(state)).toContain('<h2>Finalists</h2>');
    expect(foundCandidate(state)!.index).toBe(winner!.candidate);
    expect(reportText(state)).toMatch(/Lineage of the winner\n/);
    expect(summaryJson(state)).toMatchObject({ winner: { place: 1, scores: winner!.scores }, best: {} });
  });

  it('keep a failed training in sight', async () => {
    const { finalists } = await runOnce({ evaluator: noisyEvaluator([], 2) });
    for (const { failed, scores, trained } of finalists)
      expect([failed, scores.length, trained.length]).toEqual([1, 3, 4]);
  });

  it('have one history for any number of workers, and after an interruption at any of them', async () => {
    const whole = new MemoryLedger();
    await runOnce({ ledger: whole, workers: 1 });
    const expected = await canonical(whole);
    for (const stopAt of [0, 5, 11]) {
      const ledger = new MemoryLedger();
      const controller = new AbortController();
      const events = new ExperimentEvents();
      let count = 0;
      events.on('finalist-finished', () => {
        if (count++ === stopAt) controller.abort();
      });
      const first = await runOnce({ ledger, events, workers: 3, signal: controller.signal });
      expect(first.status).toBe(stopAt === 11 ? 'finished' : 'interrupted');
      const state = await runOnce({ ledger, workers: 2, resume: 'test-1' });
      expect(state.status).toBe('finished');
      expect(await canonical(ledger)).toBe(expected);
    }
  });
});

describe('an experiment', () => {
  it('records why it ended', async () => {
    const ledger = new MemoryLedger();
    const state = await runOnce({ ledger, text: `${base}stopWhen: { noImprovement: 5 }\n` });
    expect(state).toMatchObject({ status: 'finished', endReason: 'no-improvement' });
    expect(reportText(state)).toContain('finished, no-improvement');
    const timed = await runOnce({ text: `${base}stopWhen: { minutes: 0.5 }\n` });
    expect(timed).toMatchObject({ status: 'finished', endReason: 'wall-time' });
  });

  it('that starves keeps what it found, says so, and can be resumed', async () => {
    let fed = false;
    const strategy = defineStrategy({
      id: 'hungry/strategy',
      summary: 'starves at candidate 7',
      options: {},
      start: (_options, moves) => ({
        ask(index, rng) {
          if (index === 7 && !fed) throw new HqnasError({ code: 'search-starved', what: 'no valid child' });
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        },
        tell: () => undefined,
      }),
    });
    const plugins = [definePlugin({ name: 'hungry', strategies: [strategy] })];
    const text = base.replace('demo/climb', 'hungry/strategy');
    const ledger = new MemoryLedger();
    const state = await runOnce({ ledger, plugins, text });
    expect(state).toMatchObject({
      status: 'interrupted',
      candidates: 7,
      problem: { code: 'search-starved', message: 'no valid child [search-starved]' },
    });
    fed = true;
    expect(await runOnce({ ledger, plugins, text, resume: 'test-1' })).toMatchObject({
      status: 'finished',
      candidates: 30,
      problem: undefined,
    });
  });

  it('shows an objective that is to be small with its own sign', async () => {
    const text = `${base}evaluation: { objective: score/parameters }\n`;
    const inner = noisyEvaluator();
    const evaluator: Evaluator = {
      ...inner,
      async evaluate(candidate, options) {
        const result = await inner.evaluate(candidate, options);
        return result.ok ? { ...result, score: -result.metrics['score/parameters']! } : result;
      },
    };
    const state = await runOnce({ text, evaluator });
    expect(objectivesOf(state.header)).toEqual([{ id: 'score/parameters', direction: 'minimise' }]);
    const scores = state.scored.map(({ score }) => score);
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(state.best!.score).toBe(Math.min(...scores));
    expect(state.leaderboard[0]!.score).toBe(Math.min(...scores));
    expect(state.scored.at(-1)!.bestSoFar).toBe(Math.min(...scores));
    expect(state.kinds.classical.best).toBe(Math.min(...scores));
    expect(reportText(state)).not.toMatch(/ -\d/);
  });

  it('with several objectives shows the networks that no other beats in everything', async () => {
    const text = `${base}evaluation: { objectives: [score/greedy-mean, score/parameters], duplicates: re-evaluate }\n`;
    const state = await runOnce({ text });
    const { front, hypervolume } = state.pareto!;
    expect(hypervolume).toBeGreaterThan(0);
    expect(hypervolume).toBeLessThanOrEqual(1);
    for (const [i, row] of front.entries()) {
      for (const other of front.slice(i + 1)) {
        expect(row.objectives[0]! > other.objectives[0]!).toBe(row.objectives[1]! > other.objectives[1]!);
      }
    }
    expect(reportText(state)).toContain('Networks that no other beats in everything');
    expect(reportHtml(state)).toContain('Hypervolume');
    expect(summaryJson(state)['pareto']).toMatchObject({ hypervolume });
  });
});
