import { HqnasError, messageOf } from '../errors.js';
import { canonicalJson } from '../json.js';
import { exportHistory } from './export-history.js';
import type { Entry, Ledger } from './ledger.js';

const types: ReadonlySet<string> = new Set<Entry['type']>([
  'started',
  'candidate',
  'searched',
  'finalist',
  'extended',
  'forced',
  'finished',
]);

/**
 * Reads back what `exportHistory` wrote. Only canonical lines are taken: whatever is exported again is the same, byte for
 * byte.
 * @throws HqnasError `invalid-history`
 */
export function parseHistory(text: string, file: string): readonly Entry[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  const entries = lines.map((line, i) => parseLine(line, `${file}:${i + 1}`));
  const [first] = entries;
  if (first?.type !== 'started') throw invalid(`${file}:1`, 'a history starts with "started"');
  const second = entries.findIndex(({ type }, i) => i > 0 && type === 'started');
  if (second > 0) throw invalid(`${file}:${second + 1}`, 'the file holds more than one history');
  return entries;
}

function parseLine(line: string, where: string): Entry {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    throw invalid(where, messageOf(error));
  }
  if (typeof data !== 'object' || data === null || canonicalJson(data) !== line) {
    throw invalid(where, 'this is no line of canonical JSON');
  }
  const { type, run, header, index, outcome } = data as Record<string, unknown>; // an object, checked just above
  if (typeof type !== 'string' || !types.has(type)) throw invalid(where, 'this is no entry of a history');
  const complete =
    typeof run === 'object' &&
    run !== null &&
    'time' in run &&
    (type !== 'started' || (typeof header === 'object' && 'id' in run && typeof run.id === 'string')) &&
    (type !== 'candidate' || (Number.isSafeInteger(index) && typeof outcome === 'object'));
  if (!complete)
    throw invalid(where, `a part of this "${type}" is missing; an export without facts cannot be taken back`);
  return data as Entry; // as far as its use here and in a fold goes
}

/** What an import came to. */
export interface Imported {
  readonly id: string;
  /** Entries that the ledger did not have. */
  readonly added: number;
}

/**
 * Takes a history into a ledger. One that is there already is made longer where it is the beginning of the one given.
 * @param as id to give it, instead of its own
 * @throws HqnasError `history-differs`, `invalid-history`, `ledger-*`
 */
export async function importHistory(
  ledger: Ledger & { appendAll(id: string, entries: readonly Entry[]): Promise<void> },
  entries: readonly Entry[],
  as?: string,
): Promise<Imported> {
  const [first, ...rest] = entries;
  if (first?.type !== 'started') throw new TypeError('a history starts with "started"');
  const id = as ?? first.run.id;
  const given: readonly Entry[] = [{ ...first, run: { ...first.run, id } }, ...rest];
  const known = (await ledger.list()).some((header) => header.id === id);
  if (!known) {
    await ledger.appendAll(id, given);
    return { id, added: given.length };
  }
  let same = 0;
  for await (const line of exportHistory(ledger.read(id))) {
    const entry = given[same];
    // A longer history in the ledger holds all that is given.
    if (entry === undefined) return { id, added: 0 };
    if (`${canonicalJson(entry)}\n` !== line) throw differs(id, same);
    same++;
  }
  await ledger.appendAll(id, given.slice(same));
  return { id, added: given.length - same };
}

function differs(id: string, at: number): HqnasError {
  return new HqnasError({
    code: 'history-differs',
    what: `the ledger holds another history of "${id}": entry ${at} differs`,
    remedy: 'Take it in under another id: --as NEW_ID.',
  });
}

function invalid(where: string, what: string): HqnasError {
  return new HqnasError({
    code: 'invalid-history',
    what,
    where,
    remedy: 'Give a file that hqnas export ID --format jsonl wrote.',
  });
}
