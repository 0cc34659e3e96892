import * as Plot from '@observablehq/plot';
import { colours, renderChart } from './chart.js';
import type { BestCandidate, ExperimentState, NetworkKind, ScoredCandidate } from '../fold.js';

/** Width in CSS pixels that a chart is drawn for. */
export type ChartWidth = 720 | 340;

const kindScale = { domain: ['classical', 'hybrid'], range: [colours.classical, colours.hybrid] };
const symbolScale = { domain: ['classical', 'hybrid'], range: ['circle', 'triangle'] };

/** Every scored candidate in order, and the best score so far. */
export function scoresChart(state: ExperimentState, label: string, width: ChartWidth): string {
  const { scored } = state;
  const last = scored.at(-1)!;
  const best = [...scored, { ...last, index: state.candidates - 1 }];
  const dense = scored.length > 300;
  const dot = {
    ...{ x: 'index', y: 'score', stroke: 'kind', symbol: 'kind' },
    ...{ strokeWidth: dense ? 0.75 : 1.25, r: dense ? 2.2 : 3.5 },
  };
  const trained = ({ reusedFrom }: ScoredCandidate): boolean => reusedFrom === undefined;
  return renderChart({
    ariaLabel: 'Scores of all candidates in the order of the search, with the best so far as a line',
    width,
    height: width === 720 ? 340 : 280,
    x: { label: 'candidate →', domain: [0, Math.max(1, state.candidates - 1)], ticks: width / 90 },
    y: { label: `↑ ${label}`, grid: true, nice: true, zero: true },
    color: kindScale,
    symbol: symbolScale,
    marks: [
      Plot.ruleY([0], { stroke: '#c8ced6' }),
      Plot.line(best, { x: 'index', y: 'bestSoFar', curve: 'step-after', stroke: colours.neutral, strokeWidth: 1.5 }),
      Plot.dot(scored, { ...dot, filter: (candidate: ScoredCandidate) => !trained(candidate) }),
      Plot.dot(scored, { ...dot, filter: trained, fill: 'kind', fillOpacity: 0.55 }),
    ],
  });
}

/** Trainings of classical and hybrid networks side by side: quartiles as a box, every training as a tick. */
export function kindsChart(state: ExperimentState, label: string, width: ChartWidth): string {
  const trained = state.scored.filter(({ reusedFrom }) => reusedFrom === undefined);
  const kinds = (['classical', 'hybrid'] as const).filter((kind) =>
    trained.some((candidate) => candidate.kind === kind),
  );
  const name = (kind: NetworkKind): string =>
    `${kind} (${trained.filter((candidate) => candidate.kind === kind).length})`;
  const rows = trained.map(({ kind, score }) => ({ kind, score, row: name(kind) }));
  return renderChart({
    ariaLabel: 'Distribution of the scores of classical and of hybrid networks',
    width,
    height: 60 + 90 * kinds.length,
    marginLeft: 96,
    x: { label: `${label} →`, grid: true, nice: true, zero: true, ticks: width / 90 },
    fy: { label: null, domain: kinds.map(name) },
    color: kindScale,
    marks: [
      Plot.tickX(rows, { x: 'score', fy: 'row', stroke: 'kind', strokeOpacity: 0.55, insetTop: 52, insetBottom: 6 }),
      Plot.boxX(rows, { x: 'score', fy: 'row', fill: 'kind', fillOpacity: 0.25, insetTop: 10, insetBottom: 42, r: 0 }),
    ],
    facet: { marginLeft: 96 },
  });
}

/** Mean return of the last 100 training episodes over environment steps. */
export function curveChart(candidate: BestCandidate, width: ChartWidth): string {
  const points = candidate.outcome.curve.flatMap(({ steps, meanReturn }) =>
    meanReturn === undefined ? [] : [{ steps, meanReturn }],
  );
  return renderChart({
    ariaLabel: `Learning curve of candidate ${candidate.index}`,
    width,
    height: width === 720 ? 300 : 260,
    x: { label: 'environment steps →', ticks: width / 100 },
    y: { label: '↑ mean return of the last 100 training episodes', grid: true, nice: true, zero: true },
    marks: [
      Plot.ruleY([0], { stroke: '#c8ced6' }),
      Plot.line(points, { x: 'steps', y: 'meanReturn', stroke: colours[candidate.kind], strokeWidth: 2 }),
    ],
  });
}

/** Networks by the first two objectives; those that no other beats in everything are filled. */
export function paretoChart({ leaderboard, pareto, objectives }: ExperimentState, width: ChartWidth): string {
  const front = new Set(pareto?.front.map(({ identity }) => identity));
  const rows = leaderboard.map((row) => ({ ...row, x: row.objectives[1]!, y: row.objectives[0]! }));
  const best = rows.filter(({ identity }) => front.has(identity));
  return renderChart({
    ariaLabel: `Networks by ${objectives[1]!.id} and ${objectives[0]!.id}`,
    width,
    height: width === 720 ? 340 : 280,
    x: { label: `${objectives[1]!.id} →`, nice: true, ticks: width / 90 },
    y: { label: `↑ ${objectives[0]!.id}`, grid: true, nice: true },
    color: kindScale,
    symbol: symbolScale,
    marks: [
      Plot.dot(rows, { x: 'x', y: 'y', stroke: 'kind', symbol: 'kind', strokeOpacity: 0.4, r: 2.5 }),
      Plot.dot(best, { x: 'x', y: 'y', stroke: 'kind', fill: 'kind', symbol: 'kind', r: 4.5 }),
    ],
  });
}
