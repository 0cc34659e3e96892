import { HqnasError, didYouMean } from '../errors.js';
import type { CandidateEntry, Entry, ExperimentHeader, ExperimentSummary, Ledger } from './ledger.js';

/** A ledger that lives as long as the process: for tests and for embedding. Entries are copied in and out. */
export class MemoryLedger implements Ledger {
  readonly #histories = new Map<string, Entry[]>();
  /** Entries of which there can be only one, by experiment and what they are about. */
  readonly #unique = new Map<string, Entry>();

  append(id: string, entry: Entry): Promise<void> {
    return this.appendAll(id, [entry]);
  }

  appendAll(id: string, entries: readonly Entry[]): Promise<void> {
    const history = this.#histories.get(id) ?? [];
    const copies: Entry[] = [];
    const names = new Map<string, Entry>();
    for (const entry of entries) {
      if (history.length + copies.length === 0 && entry.type !== 'started') {
        return Promise.reject(unknownExperiment(id, []));
      }
      const unique = uniqueNameOf(entry);
      const name = `${id} ${unique}`;
      if (unique !== undefined && (this.#unique.has(name) || names.has(name))) {
        return Promise.reject(alreadyRecorded(id, unique));
      }
      const copy = structuredClone(entry);
      if (unique !== undefined) names.set(name, copy);
      copies.push(copy);
    }
    for (const [name, entry] of names) this.#unique.set(name, entry);
    if (copies.length > 0) this.#histories.set(id, history);
    history.push(...copies);
    return Promise.resolve();
  }

  async *read(id: string, from = 0): AsyncIterable<Entry> {
    const history = this.#histories.get(id);
    if (history === undefined) throw unknownExperiment(id, this.#histories.keys());
    for (const entry of history.slice(from)) yield structuredClone(await Promise.resolve(entry));
  }

  candidate(id: string, index: number): Promise<CandidateEntry | undefined> {
    if (!this.#histories.has(id)) return Promise.reject(unknownExperiment(id, this.#histories.keys()));
    // The name says what kind of entry it is.
    return Promise.resolve(structuredClone(this.#unique.get(`${id} candidate ${index}`) as CandidateEntry | undefined));
  }

  list(): Promise<readonly ExperimentHeader[]> {
    return Promise.resolve([...this.#histories.values()].map(([first]) => headerOf(first!)));
  }

  summaries(): Promise<readonly ExperimentSummary[]> {
    return Promise.resolve([...this.#histories.values()].map(summaryOf));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function summaryOf(history: readonly Entry[]): ExperimentSummary {
  const [first] = history;
  let candidates = 0;
  let best: ExperimentSummary['best'];
  for (const entry of history) {
    if (entry.type !== 'candidate') continue;
    candidates++;
    const { index, dna, outcome } = entry;
    if (!outcome.ok || outcome.reusedFrom !== undefined) continue;
    if (best === undefined || outcome.score > best.score) best = { candidate: index, score: outcome.score, dna };
  }
  return {
    header: headerOf(first!),
    startedAt: first!.run.time,
    status: statusAfter(history.at(-1)!.type),
    candidates,
    best,
  };
}

/** The status of an experiment whose last entry is of this type. */
export function statusAfter(type: string): ExperimentSummary['status'] {
  return type === 'finished' || type === 'interrupted' ? type : 'unfinished';
}

/** What an entry of which there can be only one is about; the same rules hold in every ledger. */
export function uniqueNameOf(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'started':
      return 'its start';
    case 'candidate':
      return `candidate ${entry.index}`;
    case 'finalist':
      return `final training ${entry.repeat} of candidate ${entry.candidate}`;
    default:
      return undefined;
  }
}

/** For ledgers: an entry of which there can be only one. */
export function alreadyRecorded(id: string, what: string, cause?: unknown): HqnasError {
  return new HqnasError({
    code: 'already-recorded',
    what: `the ledger already holds ${what} of experiment "${id}"`,
    remedy: 'Another process is probably running the same experiment; end one of the two.',
    cause,
  });
}

/** For ledgers: an id that is not there. */
export function unknownExperiment(id: string, known: Iterable<string>): HqnasError {
  const ids = [...known];
  return new HqnasError({
    code: 'unknown-experiment',
    what: `there is no experiment "${id}" in this ledger`,
    remedy: ids.length === 0 ? 'The ledger is empty.' : didYouMean(id, ids),
  });
}

/** The header that a `started` entry carries, with its id. @throws TypeError for any other entry */
export function headerOf(entry: Entry): ExperimentHeader {
  if (entry.type !== 'started') throw new TypeError(`a history starts with "started", not "${entry.type}"`);
  return { id: entry.run.id, ...entry.header };
}

/**
 * The experiment that a person means: its id, or the only one whose id starts so.
 * @throws HqnasError `unknown-experiment`, `ambiguous-experiment`
 */
export function findExperiment(headers: readonly ExperimentHeader[], given: string): ExperimentHeader {
  const exact = headers.find(({ id }) => id === given);
  if (exact !== undefined) return exact;
  const matches = headers.filter(({ id }) => given !== '' && id.startsWith(given));
  if (matches.length === 1) return matches[0]!;
  if (matches.length === 0)
    throw unknownExperiment(
      given,
      headers.map(({ id }) => id),
    );
  throw new HqnasError({
    code: 'ambiguous-experiment',
    what: `${matches.length} experiments start with "${given}"`,
    remedy: `One of: ${matches.map(({ id }) => id).join(', ')}.`,
  });
}
