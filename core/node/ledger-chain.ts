import { hash as hashOnce } from 'node:crypto';
import { uniqueNameOf } from '../experiment/memory-ledger.js';
import type { Entry } from '../experiment/ledger.js';
import { canonicalJson } from '../json.js';

/** A row of the table `experiment`. */
export interface ExperimentRow {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly started_at: string;
}

/** A row of the table `entry`. */
export interface EntryRow {
  readonly experiment: string;
  readonly position: number;
  readonly type: string;
  readonly candidate: number | null;
  /** What the entry is about, where there can be only one about it. */
  readonly name: string | null;
  readonly content: string;
  readonly run: string;
  /** Candidates with a result so far, this one included. */
  readonly candidates: number;
  /** Position of the best trained candidate so far, and its score. */
  readonly best: number | null;
  readonly best_score: number | null;
  /** SHA-256 over the hash of the row before and all columns of this one. */
  readonly hash: string;
}

/**
 * Columns as they are read. In a damaged file a text need not be UTF-8, and a number may be a text; libsql ends the whole
 * process over the former. So texts are read as bytes, and numbers as numbers. What orders rows must be named with its
 * table: the bare name is that of the cast, which no index knows.
 */
function selected(texts: readonly string[], wholes: readonly string[], reals: readonly string[]): string {
  const cast = (names: readonly string[], type: string): string[] =>
    names.map((name) => `CAST(${name} AS ${type}) AS ${name}`);
  return [...cast(texts, 'BLOB'), ...cast(wholes, 'INTEGER'), ...cast(reals, 'REAL')].join(', ');
}

export const selectEntry = `SELECT ${selected(
  ['experiment', 'type', 'name', 'content', 'run', 'hash'],
  ['position', 'candidate', 'candidates', 'best'],
  ['best_score'],
)} FROM entry`;

/** What {@link tailOf} gives, of the last row. */
export const selectTail = `SELECT ${selected(
  ['experiment', 'hash'],
  ['position', 'candidates', 'best'],
  ['best_score'],
)} FROM entry`;

export const selectExperiment = `SELECT ${selected(['id', 'name', 'started_at'], ['number'], [])} FROM experiment`;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A row with its bytes turned back into text. @throws TypeError where they are none */
export function decodeRow<T>(row: unknown): T {
  const columns = Object.entries(row as Readonly<Record<string, unknown>>).map(([name, value]) => [
    name,
    // libsql gives an ArrayBuffer for a blob, and nothing else that is an object.
    typeof value === 'object' && value !== null ? decoder.decode(new Uint8Array(value as ArrayBuffer)) : value,
  ]);
  // The caller names the table that it asked.
  return Object.fromEntries(columns) as T;
}

/** What the next row builds on. */
export type Tail = Pick<EntryRow, 'experiment' | 'position' | 'candidates' | 'best' | 'best_score' | 'hash'>;

const columns = [
  'experiment',
  'position',
  'type',
  'candidate',
  'name',
  'content',
  'run',
  'candidates',
  'best',
  'best_score',
  'hash',
] as const satisfies readonly (keyof EntryRow)[];

export const insertEntry = `INSERT INTO entry (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;

/** The values of a row, for {@link insertEntry}. */
export function valuesOf(row: EntryRow): (string | number | null)[] {
  return columns.map((column) => row[column]);
}

/** What the first entry of an experiment builds on. */
export function tailOf({ number, id, name, started_at: startedAt }: ExperimentRow): Tail {
  const hash = digest(canonicalJson([number, id, name, startedAt]));
  return { experiment: id, position: -1, candidates: 0, best: null, best_score: null, hash };
}

/** The row of an entry that comes after `tail`. */
export function nextRow(tail: Tail, entry: Entry): EntryRow {
  const { run, ...content } = entry;
  const position = tail.position + 1;
  const score =
    entry.type === 'candidate' && entry.outcome.ok && entry.outcome.reusedFrom === undefined
      ? entry.outcome.score
      : undefined;
  const better = score !== undefined && (tail.best_score === null || score > tail.best_score);
  const row = {
    experiment: tail.experiment,
    position,
    type: entry.type,
    candidate: entry.type === 'candidate' ? entry.index : entry.type === 'finalist' ? entry.candidate : null,
    name: uniqueNameOf(entry) ?? null,
    content: canonicalJson(content),
    run: canonicalJson(run),
    candidates: tail.candidates + (entry.type === 'candidate' ? 1 : 0),
    best: better ? position : tail.best,
    best_score: better ? score : tail.best_score,
  };
  return { ...row, hash: hashOf(row, tail.hash) };
}

/** Whether a row is what was written after the row with hash `before`. */
export function isIntact(row: EntryRow, before: string): boolean {
  return row.hash === hashOf(row, before);
}

function hashOf(row: Omit<EntryRow, 'hash'>, before: string): string {
  const { experiment, position, type, candidate, name, content, run, candidates, best, best_score: score } = row;
  const facts = canonicalJson([experiment, position, type, candidate, name, candidates, best, score, content.length]);
  return digest(`${before}\n${facts}\n${content}\n${run}`);
}

function digest(text: string): string {
  return hashOnce('sha256', text, 'hex');
}
