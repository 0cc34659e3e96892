import { formatScore } from '../report/format.js';
import { escapeHtml, htmlTable } from '../report/html.js';
import { figure, page, section } from '../report/report-page.js';
import type { Comparison, MeasureComparison } from './compare-runs.js';
import { armsChart } from './comparison-charts.js';
import { contrastCells, estimateText, howMade, seedsText } from './comparison-text.js';

/** A comparison as one HTML page: no script, no request to anywhere. */
export function comparisonHtml(comparison: Comparison): string {
  const { arms, objective, measures } = comparison;
  const title = arms.map(({ name }) => name).join(', ');
  const experiments = arms.map(({ name, experiments: ids }) => [escapeHtml(name), escapeHtml(ids.join(', '))]);
  return page(
    `${title} – hqnas comparison`,
    [
      `<header><h1>${escapeHtml(title)}</h1>`,
      `<p>seeds ${seedsText(comparison)} · score: ${escapeHtml(objective.id)}</p></header>`,
      ...measures.map((measure) => measureSection(measure)),
      section(
        'How these numbers were made',
        howMade,
        `<details><summary>Experiments in the ledger</summary>${htmlTable([{ title: 'arm' }, { title: 'experiments' }], experiments)}</details>`,
      ),
    ].join('\n'),
  );
}

function measureSection(measure: MeasureComparison): string {
  const { name, summary, direction, arms, contrasts } = measure;
  const rows = arms.map(({ arm, count, median, iqm, deviation }) => [
    escapeHtml(arm),
    String(count),
    estimateText(median),
    estimateText(iqm),
    formatScore(deviation),
  ]);
  const numbers = ['runs', 'median [95 %]', 'IQM [95 %]', 'deviation'].map((title) => ({ title, number: true }));
  const parts = [htmlTable([{ title: 'arm' }, ...numbers], rows)];
  if (arms.some(({ count }) => count > 0)) parts.unshift(figure((width) => armsChart(measure, width)));
  if (contrasts.length > 0) {
    const titles = ['pairs', 'difference [95 %]', 'P(better) [95 %]', 'p', 'Holm'];
    parts.push(
      htmlTable(
        [{ title: `against ${contrasts[0]!.against}` }, ...titles.map((title) => ({ title, number: true }))],
        contrasts.map((contrast) => [
          escapeHtml(contrast.arm),
          String(contrast.pairs),
          ...contrastCells(contrast).map(escapeHtml),
        ]),
      ),
    );
  }
  const better = direction === 'maximise' ? 'more is better' : 'less is better';
  return section(name, `${summary} (${better})`, parts.join('\n'));
}
