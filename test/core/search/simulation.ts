import { parseDna } from '../../../core/genome/dna.js';
import { canonicalJson } from '../../../core/json.js';
import { createRng } from '../../../core/random.js';
import { runSearch, type Committed, type Known, type SearchOptions } from '../../../core/search/run-search.js';
import type { Search, Told } from '../../../core/search/strategy.js';
import type { Candidate, Evaluation, Evaluator } from '../../../core/training/evaluator.js';
import { standIns } from '../../plugins/paper/kinds.js';

export const run = { worker: 0, seconds: 0, phases: {} };
/** A training that came to a score. */
export const scored = (score: number): Evaluation => ({
  ok: true,
  score,
  metrics: {},
  scores: [],
  counts: { policyParameters: 0, valueParameters: 0, parameters: 0, layers: 0, quantumLayers: 0, qubits: 0 },
  steps: 0,
  episodes: 0,
  curve: [],
  parametersHash: '',
  conditions: {},
  run,
});

/** Notes every call; what it proposes depends on all it was told. */
export function notingSearch(widths = 4000): Search & { readonly calls: string[]; readonly told: Told[] } {
  const calls: string[] = [];
  const told: Told[] = [];
  let sum = 0;
  return {
    calls,
    told,
    ask(index, rng) {
      calls.push(`ask ${index}`);
      const units = 2 + (Math.abs(sum + rng.int(1000)) % widths);
      return { genome: parseDna(`C ${units} T C 1`, standIns), origin: { by: 'random', parents: [] } };
    },
    tell(result) {
      const { index, score } = result;
      told.push(result);
      calls.push(`tell ${index}`);
      sum += index * Math.round(score ?? 7);
    },
  };
}

/** Finishes in an order of its own: later candidates may be faster. Score = width. */
export function shufflingEvaluator(
  evaluate = (candidate: Candidate): Evaluation => scored(Number(candidate.genome.layers[0]!['units'])),
) {
  const seen = { inFlight: 0, most: 0, evaluated: [] as number[] };
  const evaluator: Evaluator = {
    async evaluate(candidate) {
      seen.evaluated.push(candidate.index);
      seen.most = Math.max(seen.most, ++seen.inFlight);
      const turns = (candidate.index * 7919) % 11;
      for (let i = 0; i < turns; i++) await Promise.resolve();
      seen.inFlight--;
      return evaluate(candidate);
    },
    close: async () => undefined,
  };
  return { evaluator, seen };
}

/** A search over stand-ins, and what was recorded of it. */
export async function history(options: Partial<SearchOptions> = {}) {
  const committed: Committed[] = [];
  const { evaluator, seen } = shufflingEvaluator();
  const recorded = new Map<number, Known>();
  const end = await runSearch({
    search: notingSearch(),
    evaluator,
    candidates: 20,
    lookahead: 0,
    workers: 1,
    rng: createRng(5),
    duplicates: 're-evaluate',
    kinds: standIns,
    append: async (results) => {
      for (const entry of results) {
        committed.push(entry);
        recorded.set(entry.index, entry);
      }
    },
    recall: async (index) => recorded.get(index)!,
    ...options,
    ...(options.known === undefined ? {} : { known: noted(options.known) }),
  });
  /** What comes out of the ledger can be recalled. */
  async function* noted(entries: NonNullable<SearchOptions['known']>): AsyncIterable<Known> {
    let index = 0;
    for await (const entry of entries) {
      recorded.set(index++, entry);
      yield entry;
    }
  }
  return { committed, end, seen, text: canonicalJson(committed) };
}
