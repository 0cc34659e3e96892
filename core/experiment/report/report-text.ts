import { evaluationOf, finalistsNote, lineageTitle, objectiveNote } from './report-notes.js';
import type { DescribedNetwork } from './describe-networks.js';
import type { ExperimentState, FinalistRow, LeaderboardRow } from '../experiment-state.js';
import { foundCandidate, lineageOf } from '../fold.js';
import { formatCount, formatDuration, formatScore, formatShare, formatSpread } from './format.js';
import { shortNames } from '../objectives.js';
import { predictorsText, predictorsTitle } from './report-predictors.js';
import { table, type Column } from './text-table.js';

/**
 * The report for a terminal.
 * @param top rows of the leaderboard
 * @param networks those whose layers are shown, see `describeNetworks`
 */
export function reportText(state: ExperimentState, top = 10, networks: readonly DescribedNetwork[] = []): string {
  return [
    headline(state),
    ...winnerSection(state),
    '',
    leaderboardText(state, top),
    ...section('Finalists', finalistsText(state.finalists)),
    ...section('Inside the best hybrid networks', networksText(networks)),
    ...section('Networks that no other beats in everything', paretoText(state, top)),
    '',
    kindsText(state),
    ...section(lineageTitle(state), lineageText(state)),
    ...section(predictorsTitle, predictorsText(state)),
    ...section('Where candidates came from', mutationsText(state)),
    ...section('Refused before training', refusalsText(state)),
    ...section('Failed candidates', failuresText(state)),
    '',
    objectiveNote(state),
  ].join('\n');
}

/** What a run prints at its end. */
export function summaryText(state: ExperimentState, top = 10): string {
  return [
    headline(state),
    ...winnerSection(state),
    '',
    leaderboardText(state, top),
    ...section('Finalists', finalistsText(state.finalists)),
    ...section('Networks that no other beats in everything', paretoText(state, top)),
    '',
    kindsText(state),
  ].join('\n');
}

function headline(state: ExperimentState): string {
  const { header, candidates, trained, reused, rejected, pruned, failed, steps, seconds } = state;
  const parts = [`${formatCount(trained)} trained`];
  if (reused > 0) parts.push(`${formatCount(reused)} ${reused === 1 ? 'repeat' : 'repeats'} reused`);
  if (pruned > 0) parts.push(`${formatCount(pruned)} stopped early`);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} repeats rejected`);
  const time = seconds === undefined ? '' : `, ${formatDuration(seconds)}`;
  const work = `${formatCount(candidates)} candidates (${parts.join(', ')}), ${formatCount(steps)} steps${time}`;
  return `${header.name} · ${header.id} · ${statusText(state)}\n${work}`;
}

/** "finished", or with the reason where it is not the usual one. */
export function statusText({ status, endReason, problem }: ExperimentState): string {
  if (problem !== undefined) return `${status}: ${problem.message}`;
  return status !== 'finished' || endReason === undefined || endReason === 'budget'
    ? status
    : `${status}, ${endReason}`;
}

function winnerSection(state: ExperimentState): string[] {
  const { winner, best } = state;
  if (winner === undefined) return [];
  const lines = [
    `Winner         ${formatSpread(winner.score, winner.deviation)}  candidate ${winner.candidate}: ${winner.dna}`,
  ];
  if (best !== undefined) {
    lines.push(`Best observed  ${formatScore(best.score)}  candidate ${best.index}: ${best.dna}`);
  }
  return ['', ...lines, finalistsNote(state)];
}

function leaderboardText({ leaderboard: rows, objectives, header }: ExperimentState, top: number): string {
  if (rows.length === 0) return 'No candidate has a score.';
  const bound = evaluationOf(header)?.rank === 'lower-bound';
  const shown = rows.slice(0, top);
  const spread = shown.some(({ trainingDeviation }) => trainingDeviation !== undefined);
  const partly = shown.some(({ fidelity }) => fidelity < 1);
  const more = shortNames(objectives).slice(1);
  const right = (title: string): Column => ({ title, align: 'right' });
  return table(
    [
      ...[right('rank'), right('score'), right('±')],
      ...(bound ? [right('bound')] : []),
      ...(spread ? [right('± trainings')] : []),
      ...more.map(right),
      ...(partly ? [right('budget')] : []),
      ...[right('evals'), right('params'), right('qubits'), { title: 'DNA', align: 'left' } as const],
    ],
    shown.map((row) => [
      ...[String(row.rank), formatScore(row.score), formatScore(row.episodeDeviation)],
      ...(bound ? [formatScore(row.rankedBy)] : []),
      ...(spread ? [formatScore(row.trainingDeviation)] : []),
      ...more.map((_, i) => formatScore(row.objectives[i + 1])),
      ...(partly ? [`${formatScore(100 * row.fidelity)} %`] : []),
      ...[String(row.evaluations), formatCount(row.parameters), row.qubits === 0 ? '-' : String(row.qubits)],
      row.inherited ? `${row.dna} (inherited weights)` : row.dna,
    ]),
  );
}

function finalistsText(rows: readonly FinalistRow[]): string {
  if (rows.length === 0) return '';
  return table(
    [
      { title: 'place', align: 'right' },
      { title: 'score', align: 'right' },
      { title: '± trainings', align: 'right' },
      { title: 'evals', align: 'right' },
      { title: 'in search', align: 'right' },
      { title: 'candidate', align: 'right' },
      { title: 'DNA', align: 'left' },
    ],
    rows.map((row) => [
      String(row.place),
      formatScore(row.score),
      formatScore(row.deviation),
      row.failed === 0 ? String(row.trained.length) : `${row.trained.length} (${row.failed} failed)`,
      formatScore(row.searchScore),
      String(row.candidate),
      row.dna,
    ]),
  );
}

function networksText(networks: readonly DescribedNetwork[]): string {
  return networks
    .flatMap(({ candidate, dna, layers }) => [
      `candidate ${candidate}: ${dna}`,
      ...layers.map(({ name, description: { rows } }) => {
        return `  ${name}: ${rows.map(([term, value]) => `${term} ${value}`).join(', ')}`;
      }),
    ])
    .join('\n');
}

function paretoText({ pareto, objectives }: ExperimentState, top: number): string {
  if (pareto === undefined) return '';
  const row = ({ objectives: values, qubits, dna }: LeaderboardRow): string[] => [
    ...values.map((value) => formatScore(value)),
    qubits === 0 ? '-' : String(qubits),
    dna,
  ];
  const names = shortNames(objectives).map((title): Column => ({ title, align: 'right' }));
  const { front, hypervolume } = pareto;
  const rest = front.length > top ? `\n${front.length - top} more` : '';
  return [
    table(
      [...names, { title: 'qubits', align: 'right' }, { title: 'DNA', align: 'left' }],
      front.slice(0, top).map(row),
    ),
    rest,
    `\nHypervolume ${hypervolume.toFixed(3)} of the box between the worst and the best values.`,
  ].join('');
}

function kindsText({ kinds }: ExperimentState): string {
  return table(
    [
      { title: '', align: 'left' },
      { title: 'trained', align: 'right' },
      { title: 'unique', align: 'right' },
      { title: 'best', align: 'right' },
      { title: 'median', align: 'right' },
      { title: 'mean', align: 'right' },
    ],
    (['classical', 'hybrid'] as const).map((kind) => {
      const { trained, unique, best, median, mean } = kinds[kind];
      return [kind, String(trained), String(unique), formatScore(best), formatScore(median), formatScore(mean)];
    }),
  );
}

function lineageText(state: ExperimentState): string {
  const found = foundCandidate(state);
  if (found === undefined) return '';
  return table(
    [
      { title: 'candidate', align: 'right' },
      { title: 'score', align: 'right' },
      { title: 'by', align: 'left' },
      { title: 'DNA', align: 'left' },
    ],
    lineageOf(state, found).map(({ index, score, origin, dna }) => [String(index), formatScore(score), origin.by, dna]),
  );
}

function mutationsText({ mutations, rejected }: ExperimentState): string {
  if (mutations.length === 0) return '';
  const titles = ['tried', 'improved', '95 %', 'repeats', ...(rejected > 0 ? ['rejected'] : []), 'failed'];
  return table(
    [{ title: 'by', align: 'left' }, ...titles.map((title): Column => ({ title, align: 'right' }))],
    mutations.map((row) => [
      row.by,
      String(row.tried),
      String(row.improved),
      formatShare(row.improved, row.compared),
      ...[row.repeated, ...(rejected > 0 ? [row.rejected] : []), row.failed].map(String),
    ]),
  );
}

function refusalsText({ refusals }: ExperimentState): string {
  if (refusals.length === 0) return '';
  return table(
    [
      { title: 'by', align: 'left' },
      { title: 'rule', align: 'left' },
      { title: 'times', align: 'right' },
    ],
    refusals.slice(0, 20).map(({ by, rule, count }) => [by, rule, String(count)]),
  );
}

function failuresText({ failures }: ExperimentState): string {
  return failures
    .slice(0, 10)
    .map(({ reason, count, firstCandidate }) => {
      return `${count} x ${reason.code} (${reason.stage}), first candidate ${firstCandidate}: ${reason.message}`;
    })
    .join('\n');
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : ['', title, body];
}
