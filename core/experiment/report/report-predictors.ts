import type { ExperimentState } from '../experiment-state.js';
import { escapeHtml, htmlTable } from './html.js';
import { predictorsOf, type PredictorRow } from '../predictors.js';
import { table } from './text-table.js';

export const predictorsTitle = 'How well measures foretold scores';

export const predictorsNote =
  "Spearman's rank correlation of a number that is known before training with the score (the better one counts as the higher), over networks; in brackets 95 % bootstrap intervals.";

export function predictorsText(state: ExperimentState): string {
  const rows = predictorsOf(state);
  if (rows.length === 0) return '';
  return table(
    [
      { title: 'measure', align: 'left' },
      { title: 'networks', align: 'right' },
      { title: 'correlation', align: 'right' },
      { title: '95 %', align: 'left' },
    ],
    rows.map(cells),
  );
}

export function predictorsSection(state: ExperimentState): string {
  return htmlTable(
    [
      { title: 'Measure' },
      { title: 'Networks', number: true },
      { title: 'Correlation', number: true },
      { title: '95 %' },
    ],
    predictorsOf(state).map((row) => cells(row).map(escapeHtml)),
  );
}

function cells({ id, networks, correlation, interval }: PredictorRow): string[] {
  const range = interval === undefined ? '' : `[${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]`;
  return [id, String(networks), correlation === undefined ? '-' : correlation.toFixed(2), range];
}
