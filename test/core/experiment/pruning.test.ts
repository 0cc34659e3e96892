import { describe, expect, it, jest } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { ExperimentEvents } from '../../../core/experiment/events.js';
import { exportHistory } from '../../../core/experiment/export-history.js';
import type { ExperimentState } from '../../../core/experiment/fold.js';
import type { CandidateEntry } from '../../../core/experiment/ledger.js';
import { MemoryLedger } from '../../../core/experiment/memory-ledger.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { createConfiguredEvaluator } from '../../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { EXPERIMENT } from '../../../core/wiring/tokens.js';

jest.setTimeout(60_000);

const total = 1024;

interface Run {
  readonly state: ExperimentState;
  /** Everything but what depends on clock and machine. */
  readonly history: string;
  readonly candidates: readonly CandidateEntry[];
}

/** A short search on CartPole. */
async function search(
  options: { readonly workers?: number; readonly ledger?: MemoryLedger; readonly stopAfter?: number },
  evaluation: object = {},
  around: readonly unknown[] = [{ use: 'search/median-stop', candidates: 3, quantile: 0.7 }],
): Promise<Run> {
  const { workers = 1, ledger = new MemoryLedger(), stopAfter } = options;
  const draft = parseConfigValues(
    {
      environment: 'cartpole/v1',
      searchSpace: { use: 'classical/mlp', limits: { units: [2, 16], layers: [1, 3] } },
      strategy: { use: 'regularized-evolution/aging', populationSize: 4, sampleSize: 2, with: around },
      trainer: {
        use: 'ppo/clip',
        totalSteps: total,
        environments: 2,
        stepsPerRollout: 64,
        minibatchSize: 64,
        epochs: 4,
        learningRate: 0.01,
      },
      evaluation: { scores: [{ policy: 'greedy', episodes: 2 }], ...evaluation },
      budget: { candidates: 14 },
      lookahead: 3,
    },
    'prune',
  );
  const events = new ExperimentEvents();
  const stop = new AbortController();
  let finished = 0;
  const count = (): void => {
    if (++finished === stopAfter) stop.abort();
  };
  events.on('candidate-finished', count);
  events.on('candidate-failed', count);
  let tick = 0;
  const container = createContainer(builtInPlugins, {
    resolveConfig: (registries) => resolveConfig(draft, registries),
    createEvaluator: (config, registries, clock) => {
      const evaluators = Array.from({ length: workers }, () => createConfiguredEvaluator(config, registries, clock));
      return {
        // Workers finish in another order than they began.
        evaluate: async (candidate, rest) => {
          if (candidate.index % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
          return evaluators[candidate.index % workers]!.evaluate(candidate, rest);
        },
        close: async () => undefined,
      };
    },
    describeRun: () => ({
      versions: {},
      workers,
      machine: {},
      resume: finished === 0 && stopAfter === undefined && options.ledger !== undefined ? 'prune-1' : undefined,
    }),
    ledger,
    clock: { now: () => `time ${tick++}`, seconds: () => tick++ },
    ids: { next: (name) => `${name}-1` },
    events,
  });
  const state = await container.get(EXPERIMENT).run(stop.signal);
  let history = '';
  const candidates: CandidateEntry[] = [];
  for await (const line of exportHistory(ledger.read('prune-1'))) {
    const { run: _run, ...entry } = JSON.parse(line);
    if (entry.type !== 'candidate') continue;
    candidates.push(entry);
    history += `${JSON.stringify(entry)}\n`;
  }
  return { state, history, candidates };
}

const isPruned = ({ outcome }: CandidateEntry): boolean => !outcome.ok && outcome.reason.code === 'pruned';

describe('trainings that are stopped early', () => {
  it('are recorded with their reason and their cost, the same for any number of workers and after a resume', async () => {
    const { state, history, candidates } = await search({});
    const stopped = candidates.filter(isPruned);
    expect(stopped.length).toBeGreaterThan(0);
    expect(state).toMatchObject({ pruned: stopped.length, failed: 0, candidates: 14 });
    for (const { outcome } of stopped) {
      if (outcome.ok) throw new TypeError('stopped trainings have no score');
      const { steps, curve } = outcome.spent!;
      expect(outcome.reason.message).toMatch(new RegExp(`^stopped after ${steps} steps: the best mean return was`));
      expect(steps).toBeLessThan(total);
      expect(curve.at(-1)!.steps).toBe(steps);
    }
    const spent = candidates.reduce((sum, { outcome }) => {
      return sum + (outcome.ok ? (outcome.reusedFrom === undefined ? outcome.steps : 0) : outcome.spent!.steps);
    }, 0);
    expect(state.steps).toBe(spent);

    expect((await search({ workers: 3 })).history).toBe(history);
    const ledger = new MemoryLedger();
    const first = await search({ ledger, stopAfter: 6 });
    expect(first.state.status).toBe('interrupted');
    expect((await search({ ledger })).history).toBe(history);
  });

  it('go together with several objectives and several trainings of each', async () => {
    const objectives = ['score/greedy-mean', 'score/parameters'];
    const { state, candidates } = await search({}, { objectives, repeats: 2, duplicates: 're-evaluate' });
    const stopped = candidates.filter(isPruned);
    expect(stopped.length).toBeGreaterThan(0);
    expect(state.pareto!.front.length).toBeGreaterThan(0);
    for (const { outcome } of stopped)
      expect(outcome.ok ? '' : outcome.reason.message).toMatch(/^training [12] of 2: stopped/);
  });

  it('can be stopped at rungs, too', async () => {
    const { candidates } = await search({}, {}, [{ use: 'search/halving-stop', minimum: 256, eta: 2 }]);
    const steps = candidates.filter(isPruned).map(({ outcome }) => (outcome.ok ? 0 : outcome.spent!.steps));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect([256, 512, 1024]).toContain(step);
  });
});

describe('measures of candidates', () => {
  it('are recorded before training, and can be objectives', async () => {
    const measures = ['measures/gradient-norm', { use: 'measures/ntk-condition', states: 4, draws: 1 }, 'score/qubits'];
    const objectives = ['score/greedy-mean', 'measures/ntk-condition'];
    const { state, candidates } = await search({}, { measures, objectives }, []);
    const plain = await search({}, {}, []);
    for (const [i, { outcome }] of candidates.entries()) {
      if (!outcome.ok) throw new TypeError('all have scores');
      expect(outcome.metrics['measures/gradient-norm']).toBeGreaterThan(0);
      expect(outcome.metrics['measures/ntk-condition']).toBeGreaterThan(0);
      // Training knows nothing of it.
      const other = plain.candidates[i]!.outcome;
      if (i < 5) expect(other).toMatchObject({ parametersHash: outcome.parametersHash });
      expect(Object.keys(other.ok ? other.metrics : {}).filter((id) => id.startsWith('measures/'))).toEqual([]);
    }
    expect(state.objectives[1]).toEqual({ id: 'measures/ntk-condition', direction: 'minimise' });
    expect([...state.measured.values()][0]).toHaveProperty('measures/gradient-norm');
  });

  it.each([
    [{ measures: ['measures/gradient-nrom'] }, /evaluation.*Did you mean "measures\/gradient-norm".*\[unknown-id\]/],
    [{ measures: [{ use: 'measures/gradient-norm', draws: 0 }] }, /evaluation.measures.0.draws.*\[invalid-option\]/],
    [{ measures: ['search/flops', 'search/flops'] }, /given twice.*\[invalid-measure\]/],
    [{ objectives: ['score/greedy-mean', 'search/flops'] }, /Add it to evaluation.measures.*\[invalid-objective\]/],
  ])('%j is an error', async (evaluation, message) => {
    await expect(search({}, evaluation)).rejects.toThrow(message);
  });
});
