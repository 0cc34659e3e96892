import type { EvaluationConfig } from './config.js';
import { lineageOf, type ExperimentState, type LeaderboardRow } from './fold.js';
import { formatCount, formatDuration, formatScore } from './format.js';
import { table } from './text-table.js';

/** The report for a terminal. @param top rows of the leaderboard */
export function reportText(state: ExperimentState, top = 10): string {
  return [
    headline(state),
    '',
    leaderboardText(state.leaderboard, top),
    '',
    kindsText(state),
    ...section('Lineage of the best', lineageText(state)),
    ...section('Where candidates came from', mutationsText(state)),
    ...section('Failed candidates', failuresText(state)),
    '',
    scoreNote(state),
  ].join('\n');
}

/** What a run prints at its end. */
export function summaryText(state: ExperimentState, top = 10): string {
  return [headline(state), '', leaderboardText(state.leaderboard, top), '', kindsText(state)].join('\n');
}

/** How the scores were made, in one sentence. */
export function scoreNote(state: ExperimentState): string {
  const evaluation = evaluationOf(state);
  if (evaluation === undefined) return '';
  const made = evaluation.scores.map(({ policy, episodes }) => `${episodes} ${policy} episodes`).join(' and ');
  return `Score: ${objectiveOf(state)}, after one training, from ${made} on held-out seeds; ± is the standard deviation over episodes. Seed ${state.header.seed}.`;
}

/** The metric that the search improved. */
export function objectiveOf(state: ExperimentState): string {
  return state.objectives[0]!.id;
}

function evaluationOf({ header }: ExperimentState): EvaluationConfig | undefined {
  // The header's config came out of resolveConfig; other programs may have written less.
  return header.config['evaluation'] as unknown as EvaluationConfig | undefined;
}

function headline(state: ExperimentState): string {
  const { header, candidates, trained, reused, failed, steps, seconds } = state;
  const parts = [`${formatCount(trained)} trained`];
  if (reused > 0) parts.push(`${formatCount(reused)} repeats reused`);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  const time = seconds === undefined ? '' : `, ${formatDuration(seconds)}`;
  const work = `${formatCount(candidates)} candidates (${parts.join(', ')}), ${formatCount(steps)} steps${time}`;
  return `${header.name} · ${header.id} · ${state.status}\n${work}`;
}

function leaderboardText(rows: readonly LeaderboardRow[], top: number): string {
  if (rows.length === 0) return 'No candidate has a score.';
  return table(
    [
      { title: 'rank', align: 'right' },
      { title: 'score', align: 'right' },
      { title: '±', align: 'right' },
      { title: 'evals', align: 'right' },
      { title: 'params', align: 'right' },
      { title: 'qubits', align: 'right' },
      { title: 'DNA', align: 'left' },
    ],
    rows
      .slice(0, top)
      .map((row) => [
        String(row.rank),
        formatScore(row.score),
        formatScore(row.episodeDeviation),
        String(row.evaluations),
        formatCount(row.parameters),
        row.qubits === 0 ? '-' : String(row.qubits),
        row.dna,
      ]),
  );
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
  if (state.best === undefined) return '';
  return table(
    [
      { title: 'candidate', align: 'right' },
      { title: 'score', align: 'right' },
      { title: 'by', align: 'left' },
      { title: 'DNA', align: 'left' },
    ],
    lineageOf(state, state.best).map(({ index, score, origin, dna }) => [
      String(index),
      formatScore(score),
      origin.by,
      dna,
    ]),
  );
}

function mutationsText({ mutations }: ExperimentState): string {
  if (mutations.length === 0) return '';
  return table(
    [
      { title: 'by', align: 'left' },
      { title: 'tried', align: 'right' },
      { title: 'improved', align: 'right' },
      { title: 'repeats', align: 'right' },
      { title: 'failed', align: 'right' },
    ],
    mutations.map((row) => [row.by, ...[row.tried, row.improved, row.repeated, row.failed].map(String)]),
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
