import { formatScore } from '../report/format.js';
import { table, type Column } from '../report/text-table.js';
import type { Comparison, Contrast, Estimate, MeasureComparison } from './compare-runs.js';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** A comparison for the terminal: per measure one table of the arms and one of their differences from the first. */
export function comparisonText(comparison: Comparison): string {
  const { arms, objective } = comparison;
  const title = `${arms.length === 1 ? 'One arm' : `${arms.length} arms`} · seeds ${seedsText(comparison)} · score: ${objective.id}`;
  return [title, ...comparison.measures.map((measure) => measureText(measure)), howMade].join('\n\n');
}

/** How intervals were made, said wherever they are shown. */
export const howMade =
  'Brackets: 95 % percentile intervals of 10,000 bootstrap samples of runs. IQM: mean of the middle half. P(better): share of pairs of runs in which the arm is better. p: sign-flip test on paired differences; Holm: adjusted for the contrasts of the table.';

function measureText({ name, summary, direction, arms, contrasts }: MeasureComparison): string {
  const better = direction === 'maximise' ? 'more is better' : 'less is better';
  const lines = [
    `${name}: ${summary} (${better})`,
    table(
      [left('arm'), right('runs'), right('median [95 %]'), right('IQM [95 %]'), right('deviation')],
      arms.map(({ arm, count, median, iqm, deviation }) => [
        arm,
        String(count),
        estimateText(median),
        estimateText(iqm),
        formatScore(deviation),
      ]),
    ),
  ];
  if (contrasts.length > 0) {
    lines.push(
      table(
        [
          left(`against ${contrasts[0]!.against}`),
          right('pairs'),
          right('difference [95 %]'),
          right('P(better) [95 %]'),
          right('p'),
          right('Holm'),
        ],
        contrasts.map((contrast) => [contrast.arm, String(contrast.pairs), ...contrastCells(contrast)]),
      ),
    );
  }
  return lines.join('\n');
}

/** Difference, probability of being better, p, adjusted p. */
export function contrastCells({ difference: exact, improvement, p, adjusted }: Contrast): string[] {
  const difference = exact && withoutRounding(exact);
  const sign = difference !== undefined && difference.value > 0 ? '+' : '';
  return [`${sign}${estimateText(difference)}`, estimateText(improvement, share), pText(p), pText(adjusted)];
}

/** Differences that cancel leave 1e-16 or so: nothing, beside what they vary by. */
function withoutRounding({ value, interval }: Estimate): Estimate {
  const spread = interval === undefined ? 0 : Math.max(Math.abs(interval.low), Math.abs(interval.high));
  return { value: Math.abs(value) < 1e-12 * spread ? 0 : value, interval };
}

/** 414.1 [380.2, 431.0] */
export function estimateText(estimate: Estimate | undefined, format: (value: number) => string = formatScore): string {
  if (estimate === undefined) return '-';
  const { value, interval } = estimate;
  return interval === undefined
    ? format(value)
    : `${format(value)} [${format(interval.low)}, ${format(interval.high)}]`;
}

function share(value: number): string {
  return value.toFixed(2);
}

function pText(p: number | undefined): string {
  if (p === undefined) return '-';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** 1-20, or a list where there are gaps. */
export function seedsText({ seeds }: Pick<Comparison, 'seeds'>): string {
  const [first, last] = [seeds[0]!, seeds.at(-1)!];
  if (seeds.length > 1 && last - first === seeds.length - 1) return `${first}-${last}`;
  return seeds.join(', ');
}
