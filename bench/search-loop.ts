import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { builtInPlugins } from '../cli/built-in-plugins.js';
import type { Entry } from '../core/experiment/ledger.js';
import { candidateEntry } from '../core/experiment/candidate-entry.js';
import { parseConfigValues } from '../core/experiment/config/parse-config.js';
import { resolveConfig } from '../core/experiment/config/resolve-config.js';
import { startSearch } from '../core/experiment/start-search.js';
import { createRng } from '../core/random.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { runSearch, type CandidateOutcome } from '../core/search/run-search.js';
import type { Candidate, Evaluation, Evaluator } from '../core/training/evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { cpuTime } from './harness.js';
import type { Row } from './report.js';

const policies = ['reuse', 're-evaluate', 'reject'] as const;

/** What the search itself costs per candidate: proposing, ranking, recording; evaluations cost nothing here. */
export async function searchLoop(sizes: readonly number[] = [1_000, 10_000, 100_000]): Promise<Row[]> {
  const rows: Row[] = [];
  await measure(1_000, 'reuse', false);
  for (const duplicates of policies) {
    for (const candidates of sizes) {
      const { perCandidate, megabytes } = await measure(candidates, duplicates, false);
      rows.push(rowOf(candidates, duplicates, perCandidate, megabytes));
    }
  }
  for (const candidates of sizes) {
    const { perCandidate, megabytes } = await measure(candidates, 'reuse', true);
    rows.push(rowOf(candidates, 'reuse, SQLite ledger', perCandidate, megabytes));
  }
  return rows;
}

function rowOf(candidates: number, who: string, perCandidate: number, megabytes: number): Row {
  return {
    work: `search loop, ${candidates} candidates`,
    who,
    median: perCandidate,
    unit: 'us per candidate',
    note: `${megabytes.toFixed(0)} MB of heap kept`,
    target: { text: '<= 1 ms', met: perCandidate <= 1000 },
  };
}

async function measure(
  candidates: number,
  duplicates: (typeof policies)[number],
  recorded: boolean,
): Promise<{ perCandidate: number; megabytes: number }> {
  const registries = createContainer(builtInPlugins).get(REGISTRIES);
  const config = resolveConfig(parseConfigValues({ preset: 'paper', budget: { candidates } }, 'bench'), registries);
  const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-bench-'));
  const ledger = recorded ? SqliteLedger.open(path.join(folder, 'ledger.db')) : undefined;
  const start: Entry = {
    type: 'started',
    header: { name: 'bench', config: {}, seed: 1, versions: {}, registered: {} },
    run: { id: 'bench', time: '', workers: 1, machine: {} },
  };
  await ledger?.append('bench', start);
  const before = heap();
  let after = before;
  const began = cpuTime();
  await runSearch({
    search: startSearch(config, registries),
    evaluator: instant,
    candidates,
    lookahead: 8,
    workers: 4,
    rng: createRng(1),
    duplicates,
    kinds: registries.layers,
    append: async (results) =>
      ledger?.appendAll(
        'bench',
        results.map((committed) => candidateEntry(committed, '')),
      ),
    recall: async (index) => (await ledger?.candidate('bench', index)) ?? { outcome: outcomeOf(index) },
    onEvent: (event) => {
      if (event.type === 'committed' && event.candidate.index === candidates - 1) after = heap();
    },
  });
  const perCandidate = (cpuTime() - began) / candidates;
  await ledger?.close();
  rmSync(folder, { recursive: true, force: true });
  return { perCandidate, megabytes: (after - before) / 1e6 };
}

function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Scores by hashing the number; one in seventeen fails. */
const instant: Evaluator = {
  evaluate: (candidate: Candidate): Promise<Evaluation> => {
    const run = { worker: 0, seconds: 0, phases: {} };
    if (candidate.index % 17 === 5) {
      const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
      return Promise.resolve({ ok: false, reason, run });
    }
    return Promise.resolve({ ...outcomeOf(candidate.index), run });
  },
  close: () => Promise.resolve(),
};

function outcomeOf(index: number): Extract<CandidateOutcome, { ok: true }> {
  const score = (Math.imul(index + 1, 0x9e3779b1) >>> 8) / 2 ** 16;
  return {
    ok: true,
    score,
    metrics: { 'score/stochastic-mean': score },
    scores: [{ policy: 'stochastic', returns: [score], mean: score, deviation: 0, seeds: [index] }],
    counts: { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 1, quantumLayers: 0, qubits: 0 },
    steps: 51_200,
    episodes: 300,
    curve: Array.from({ length: 100 }, (_, i) => ({ steps: 512 * (i + 1), meanReturn: score, figures: { loss: 0.5 } })),
    parametersHash: 'ab'.repeat(32),
    conditions: { backend: 'wasm' },
  };
}
