import type { EndReason } from '../search/stop-when.js';
import type { ExperimentConfig } from './config/config.js';
import type { ExperimentStarted } from './events.js';
import type { CandidateEntry, ExperimentHeader, Ledger } from './ledger.js';
import { headerOf } from './memory-ledger.js';

/** An experiment as it stands when a run begins. */
export interface Opened {
  readonly header: ExperimentHeader;
  /** Candidates in total. */
  readonly candidates: number;
  /** Candidates that have a result. */
  readonly done: number;
  readonly best: ExperimentStarted['best'];
  /** Of earlier runs; those that crashed have left no time. */
  readonly seconds: number;
  /** How the search ended, when it did and its finalists are next. */
  readonly searched: { readonly reason: EndReason } | undefined;
  readonly finished: boolean;
}

/** What a ledger holds of an experiment, and the versions that it was last run with. */
export async function readBefore(
  ledger: Ledger,
  id: string,
): Promise<Opened & { readonly versions: ExperimentHeader['versions'] }> {
  let header: ExperimentHeader | undefined;
  let candidates = 0;
  let versions: ExperimentHeader['versions'] = {};
  let done = 0;
  let best: ExperimentStarted['best'];
  let seconds = 0;
  let searched: Opened['searched'];
  let finished = false;
  for await (const entry of ledger.read(id)) {
    switch (entry.type) {
      case 'started':
        header = headerOf(entry);
        versions = header.versions;
        candidates = totalOf(header);
        break;
      case 'candidate':
        done++;
        best = betterOf(best, entry);
        break;
      case 'searched':
        searched = { reason: entry.reason };
        break;
      case 'extended':
        candidates = entry.candidates;
        searched = undefined;
        finished = false;
        break;
      case 'forced':
        versions = entry.versions;
        break;
      case 'interrupted':
        seconds += entry.run.seconds;
        break;
      case 'finished':
        finished = true;
    }
  }
  if (header === undefined) throw new TypeError(`the history of "${id}" has no start`);
  return { header, candidates, versions, done, best, seconds, searched, finished };
}

/** The total that an experiment was started with. */
function totalOf({ config }: ExperimentHeader): number {
  // Headers are written from resolved configs.
  return (config as unknown as ExperimentConfig).budget.candidates;
}

function betterOf(best: ExperimentStarted['best'], { outcome, dna }: CandidateEntry): ExperimentStarted['best'] {
  if (!outcome.ok || (best !== undefined && outcome.score <= best.score)) return best;
  return { score: outcome.score, dna };
}
