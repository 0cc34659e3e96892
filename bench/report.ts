import type { Timing } from './harness.js';

/** One line of the table. */
export interface Row {
  /** What is done. */
  readonly work: string;
  /** Who does it. */
  readonly who: string;
  readonly median: number;
  readonly unit: string;
  /** Quartiles, or the smallest and the largest of a few. */
  readonly spread?: readonly [number, number];
  /** How many times as long as the first line of the same work. */
  readonly ratio?: number;
  readonly note?: string;
  /** What issue or design asks for, and whether this line has it. */
  readonly target?: { readonly text: string; readonly met: boolean };
}

/** Lines of one comparison; `convert` turns microseconds per run into the unit. */
export function rowsOf(
  work: string,
  timings: readonly Timing[],
  unit = 'us',
  convert: (microseconds: number) => number = (microseconds) => microseconds,
): Row[] {
  return timings.map(({ name, median, lower, upper, ratio }) => ({
    work,
    who: name,
    median: convert(median),
    unit,
    spread: [convert(lower), convert(upper)],
    ratio,
  }));
}

const heading = ['work', 'who', 'median', 'from .. to', 'ratio', ''] as const;

/** The table as Markdown with aligned columns. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ work, who, median, unit, spread, ratio, note, target }, index) => [
    work === rows[index - 1]?.work ? '' : work,
    who,
    `${significant(median)} ${unit}`,
    spread === undefined ? '' : `${significant(spread[0])} .. ${significant(spread[1])}`,
    ratio === undefined ? '' : `${significant(ratio)}x`,
    [note, target === undefined ? undefined : `${target.text}: ${target.met ? 'met' : 'MISSED'}`]
      .filter((part) => part !== undefined)
      .join('; '),
  ]);
  const widths = heading.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column >= 2 && column <= 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column >= 2 && column <= 4 ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(heading), rule, ...cells.map(line)].join('\n');
}

/** Three significant digits without an exponent. */
export function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 6));
}
