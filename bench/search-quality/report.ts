import * as Plot from '@observablehq/plot';
import { renderChart } from '../../core/experiment/report/chart.js';
import type { Estimate, Reached } from './compare.js';

/** What became of one contender on one problem. */
export interface Result {
  readonly problem: string;
  readonly decimals: number;
  readonly contender: string;
  readonly score: Estimate;
  readonly reached: readonly Reached[];
  /** Against the reference; undefined for itself. */
  readonly speed: Estimate | undefined;
  readonly course: readonly number[];
  /** Mean over runs of the trainings used: fewer than allowed where a search proposes nothing but known networks. */
  readonly spent: number;
}

/** One Markdown table per problem. */
export function tablesOf(results: readonly Result[]): string {
  const problems = [...new Set(results.map(({ problem }) => problem))];
  return problems
    .map((problem) => {
      const rows = results.filter((result) => result.problem === problem);
      const goals = rows[0]!.reached.map(({ goal }) => `trainings to ${goal}`);
      const heading = [problem, 'true score, IQM', ...goals, 'share of the trainings', 'trainings used'];
      return [heading, heading.map(() => '---'), ...rows.map(cellsOf)]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n');
    })
    .join('\n\n');
}

function cellsOf({ contender, decimals, score, reached, speed, course, spent }: Result): readonly string[] {
  const budget = course.length - 1;
  return [
    contender,
    withInterval(score, (value) => value.toFixed(decimals)),
    ...reached.map(({ trainings }) =>
      withInterval(trainings, (value) => (value > budget ? 'never' : value.toFixed(0))),
    ),
    speed === undefined ? '1' : withInterval(speed, (value) => (value > 1 ? 'never' : value.toFixed(2))),
    spent.toFixed(0),
  ];
}

function withInterval({ value, interval: { low, high } }: Estimate, print: (value: number) => string): string {
  return `${print(value)} [${print(low)}, ${print(high)}]`;
}

const shown = 6;

/** Mean true score over a search: the best few, the reference and random search. */
export function pictureOf(results: readonly Result[], always: readonly string[]): string {
  const best = [...results].sort((a, b) => b.score.value - a.score.value).map(({ contender }) => contender);
  const names = [...new Set([...always, ...best])].slice(0, shown);
  const points = results
    .filter(({ contender }) => names.includes(contender))
    .flatMap(({ contender, course }) => course.map((score, trainings) => ({ contender, trainings, score })))
    .filter(({ score, trainings }) => Number.isFinite(score) && trainings >= 5);
  return renderChart({
    ariaLabel: `True score of the chosen network over the trainings of a search: ${names.join(', ')}`,
    // At its usual place the label would stand under the names, far from the axis.
    x: { label: 'trainings', labelAnchor: 'center' },
    y: { label: 'true score, interquartile mean over runs', grid: true },
    color: { legend: false, domain: names, range: lineColours },
    marginRight: 190,
    marks: [
      Plot.lineY(points, { x: 'trainings', y: 'score', stroke: 'contender', strokeWidth: 1.6 }),
      Plot.text(labelsOf(points, names), {
        x: 'trainings',
        y: 'score',
        text: 'contender',
        fill: 'contender',
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  });
}

/** Colours that stay apart for every common colour vision (Okabe and Ito 2008, "Color universal design"). */
const lineColours = ['#000000', '#5b6472', '#0072b2', '#d55e00', '#009e73', '#cc79a7'];

interface Point {
  readonly contender: string;
  readonly trainings: number;
  readonly score: number;
}

/** Names at the ends of the lines, moved apart where they would overlap. */
function labelsOf(points: readonly Point[], names: readonly string[]): readonly Point[] {
  const scores = points.map(({ score }) => score);
  const gap = (Math.max(...scores) - Math.min(...scores)) / 20;
  const ends = names.map((name) => points.findLast(({ contender }) => contender === name)!);
  let last = Infinity;
  return ends
    .sort((a, b) => b.score - a.score)
    .map((end) => {
      last = Math.min(end.score, last - gap);
      return { ...end, score: last };
    });
}
