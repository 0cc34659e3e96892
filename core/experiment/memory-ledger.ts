import { HqnasError, didYouMean } from '../errors.js';
import type { Entry, ExperimentHeader, Ledger } from './ledger.js';

/** A ledger that lives as long as the process: for tests and for embedding. Entries are copied in and out. */
export class MemoryLedger implements Ledger {
  readonly #histories = new Map<string, Entry[]>();

  append(id: string, entry: Entry): Promise<void> {
    const history = this.#histories.get(id);
    const problem = problemOf(id, entry, history);
    if (problem !== undefined) return Promise.reject(problem);
    const copy = structuredClone(entry);
    if (history === undefined) this.#histories.set(id, [copy]);
    else history.push(copy);
    return Promise.resolve();
  }

  async *read(id: string): AsyncIterable<Entry> {
    const history = this.#histories.get(id);
    if (history === undefined) throw unknownExperiment(id, this.#histories.keys());
    for (const entry of [...history]) yield structuredClone(await Promise.resolve(entry));
  }

  list(): Promise<readonly ExperimentHeader[]> {
    return Promise.resolve([...this.#histories.values()].map(([first]) => headerOf(first!)));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Why an entry cannot follow a history; the same rules hold in every ledger. */
function problemOf(id: string, entry: Entry, history: readonly Entry[] | undefined): HqnasError | undefined {
  if (entry.type === 'started') return history === undefined ? undefined : alreadyRecorded(id, 'its start');
  if (history === undefined) return unknownExperiment(id, []);
  if (entry.type !== 'candidate') return undefined;
  const known = history.some((other) => other.type === 'candidate' && other.index === entry.index);
  return known ? alreadyRecorded(id, `candidate ${entry.index}`) : undefined;
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
