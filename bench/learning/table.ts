import { readFileSync, writeFileSync } from 'node:fs';
import { bootstrapInterval } from '../../core/experiment/resampling.js';
import { median, mean } from '../../core/statistics.js';
import { createRng } from '../../core/index.js';
import { interquartileMean } from '../../core/training/metrics.js';
import type { LearningTask } from './tasks.js';
import type { Learned } from './train-seed.js';

const heading = [
  'task',
  'preset',
  'steps',
  'seeds',
  'IQM [95 %]',
  'mean',
  'worst seed',
  'bar',
  'peer',
  'CPU s',
] as const;

/** One row per task that has results, as Markdown. */
export function learningTable(
  lines: readonly { readonly task: LearningTask; readonly learned: readonly Learned[] }[],
): string {
  const rows = lines.filter(({ learned }) => learned.length > 0).map(({ task, learned }) => rowOf(task, learned));
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(heading), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

function rowOf(task: LearningTask, learned: readonly Learned[]): readonly string[] {
  const scores = learned.map(({ mean: score }) => score);
  // Percentile bootstrap over seeds (Agarwal et al. 2021, arXiv 2108.13264).
  const interval = bootstrapInterval([scores], interquartileMean, createRng(0).fork(task.name));
  const bars = task.bars.map((bar) => `${bar.text}: ${bar.holds(scores) ? 'met' : '**missed**'}`);
  return [
    task.name,
    `\`${task.preset}\``,
    learned[0]!.steps.toLocaleString('en'),
    String(learned.length),
    `${interquartileMean(scores).toFixed(1)}${interval === undefined ? '' : ` [${interval.low.toFixed(1)}, ${interval.high.toFixed(1)}]`}`,
    mean(scores).toFixed(1),
    Math.min(...scores).toFixed(1),
    bars.length === 0 ? 'none' : bars.join('; '),
    task.peer,
    median(learned.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1),
  ];
}

/** Whether every bar of every task holds. */
export function allMet(
  lines: readonly { readonly task: LearningTask; readonly learned: readonly Learned[] }[],
): boolean {
  return lines.every(({ task, learned }) =>
    task.bars.every((bar) => bar.holds(learned.map(({ mean: score }) => score))),
  );
}

const BEGIN = '<!-- bench:learning -->';
const END = '<!-- end of bench:learning -->';

/** Puts a table between the markers of a page. */
export function writeBetweenMarkers(file: string, table: string): void {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} has no "${BEGIN}" with "${END}" after it`);
  writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`);
}
