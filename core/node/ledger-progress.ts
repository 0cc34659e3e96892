import type { Entry } from '../experiment/ledger.js';
import { statusAfter } from '../experiment/memory-ledger.js';
import type { ProgressNews, ProgressPoint } from '../experiment/training-progress.js';

/** A row of the table `progress`. */
export interface ProgressRow {
  readonly number: number;
  readonly candidate: number;
  readonly repeat: number;
  readonly steps: number;
  readonly mean_return: number | null;
  readonly figures: string;
}

/** Texts are read as bytes, as in `selectEntry`; here nothing else is checked. */
export const selectProgress = `SELECT CAST(number AS INTEGER) AS number, CAST(candidate AS INTEGER) AS candidate,
  CAST(repeat AS INTEGER) AS repeat, CAST(steps AS INTEGER) AS steps, CAST(mean_return AS REAL) AS mean_return,
  CAST(figures AS BLOB) AS figures FROM progress WHERE progress.number > ? AND experiment = ? ORDER BY progress.number`;

/** A training that starts again takes the same way: its points take the place of those before. */
export const insertProgress = `INSERT OR REPLACE INTO progress (experiment, candidate, repeat, steps, mean_return, figures)
  VALUES (?, ?, ?, ?, ?, ?)`;

const deleteProgressOfCandidate = 'DELETE FROM progress WHERE experiment = ? AND candidate = ?';
const deleteProgress = 'DELETE FROM progress WHERE experiment = ?';

/** The values of a point, for {@link insertProgress}. Numbers that JSON has no word for become null. */
export function valuesOfPoint(id: string, point: ProgressPoint): (string | number | null)[] {
  const { candidate, repeat, steps, meanReturn, figures } = point;
  const mean = meanReturn === undefined || !Number.isFinite(meanReturn) ? null : meanReturn;
  return [id, candidate, repeat, steps, mean, JSON.stringify(figures)];
}

/** Rows as news. @throws SyntaxError for figures that are no JSON */
export function newsOf(rows: readonly ProgressRow[], after: number): ProgressNews {
  return { points: rows.map(pointOf), last: rows.at(-1)?.number ?? after };
}

function pointOf({ candidate, repeat, steps, mean_return: mean, figures }: ProgressRow): ProgressPoint {
  // Only `saveProgress` writes them.
  const read = JSON.parse(figures) as ProgressPoint['figures'];
  return { candidate, repeat, steps, meanReturn: mean ?? undefined, figures: read };
}

/** What an entry takes the place of, as a statement and its values. */
export function replacedBy(id: string, entry: Entry): { sql: string; values: (string | number)[] } | undefined {
  if (entry.type === 'candidate') return { sql: deleteProgressOfCandidate, values: [id, entry.index] };
  return statusAfter(entry.type) === 'unfinished' ? undefined : { sql: deleteProgress, values: [id] };
}
