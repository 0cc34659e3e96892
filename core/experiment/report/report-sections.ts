import type { DescribedNetwork } from './describe-networks.js';
import { diffDna } from './dna-diff.js';
import type { ExperimentState, LeaderboardRow, ScoredCandidate } from '../experiment-state.js';
import { foundCandidate, lineageOf } from '../fold.js';
import { formatCount, formatDuration, formatScore, formatShare } from './format.js';
import { shortNames } from '../objectives.js';
import { escapeHtml, htmlTable } from './html.js';

/** Rows of the leaderboard that are shown at once; the rest unfolds. */
const shownRows = 20;

export function factsSection(state: ExperimentState): string {
  const { best, kinds, candidates, trained, reused, failed, steps, seconds } = state;
  const { winner, rejected, pruned } = state;
  const facts: [term: string, value: string, note: string][] = [
    ...(winner === undefined
      ? []
      : [
          [
            'Winner',
            formatScore(winner.score),
            `candidate ${winner.candidate}, ${winner.kind}, ± ${formatScore(winner.deviation)} over trainings`,
          ] satisfies [string, string, string],
        ]),
    ['Best observed', formatScore(best?.score), best === undefined ? '' : `candidate ${best.index}, ${best.kind}`],
    ['Candidates', formatCount(candidates), countsNote(trained, reused, rejected, pruned, failed)],
    ['Median, classical', formatScore(kinds.classical.median), `${formatCount(kinds.classical.trained)} trained`],
    ['Median, hybrid', formatScore(kinds.hybrid.median), `${formatCount(kinds.hybrid.trained)} trained`],
    ['Environment steps', formatCount(steps), seconds === undefined ? '' : `in ${formatDuration(seconds)}`],
  ];
  const items = facts.map(([term, value, note]) => {
    const small = note === '' ? '' : `<small>${escapeHtml(note)}</small>`;
    return `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}${small}</dd></div>`;
  });
  return `<dl class="facts">\n${items.join('\n')}\n</dl>`;
}

function countsNote(trained: number, reused: number, rejected: number, pruned: number, failed: number): string {
  const parts = [`${formatCount(trained)} trained`];
  if (reused > 0) parts.push(`${formatCount(reused)} ${reused === 1 ? 'repeat' : 'repeats'}`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} repeats rejected`);
  if (pruned > 0) parts.push(`${formatCount(pruned)} stopped early`);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  return parts.join(', ');
}

export function finalistsSection({ finalists }: ExperimentState): string {
  return htmlTable(
    [
      { title: 'Place', number: true },
      { title: 'Score', number: true },
      { title: '± trainings', number: true },
      { title: 'Trainings', number: true },
      { title: 'In the search', number: true },
      { title: 'Network' },
      { title: 'DNA' },
      { title: 'Candidate', number: true },
    ],
    finalists.map((row) => [
      String(row.place),
      formatScore(row.score),
      formatScore(row.deviation),
      row.failed === 0 ? String(row.trained.length) : `${row.trained.length} (${row.failed} failed)`,
      formatScore(row.searchScore),
      kindHtml(row.kind),
      `<span class="dna">${escapeHtml(row.dna)}</span>`,
      String(row.candidate),
    ]),
  );
}

export function paretoSection({ pareto, objectives }: ExperimentState): string {
  return htmlTable(
    [...shortNames(objectives).map((title) => ({ title, number: true })), { title: 'Network' }, { title: 'DNA' }],
    (pareto?.front ?? []).map((row) => [
      ...row.objectives.map((value) => formatScore(value)),
      kindHtml(row.kind),
      `<span class="dna">${escapeHtml(row.dna)}</span>`,
    ]),
  );
}

export function leaderboardSection({ leaderboard }: ExperimentState): string {
  if (leaderboard.length === 0) return '<p>No candidate has a score.</p>';
  const rest = leaderboard.slice(shownRows);
  const more =
    rest.length === 0
      ? ''
      : `<details><summary>${formatCount(rest.length)} more</summary>${leaderboardTable(rest)}</details>`;
  return leaderboardTable(leaderboard.slice(0, shownRows)) + more;
}

function leaderboardTable(rows: readonly LeaderboardRow[]): string {
  return htmlTable(
    [
      { title: 'Rank', number: true },
      { title: 'Score', number: true },
      { title: '± episodes', number: true },
      { title: 'Network' },
      { title: 'DNA' },
      { title: 'Parameters', number: true },
      { title: 'Qubits', number: true },
      { title: 'Evaluations', number: true },
    ],
    rows.map((row) => [
      String(row.rank),
      formatScore(row.score),
      formatScore(row.episodeDeviation),
      kindHtml(row.kind),
      `<span class="dna">${escapeHtml(row.dna)}</span>${row.inherited ? ' (inherited weights)' : ''}`,
      formatCount(row.parameters),
      row.qubits === 0 ? '–' : String(row.qubits),
      row.trainingDeviation === undefined
        ? String(row.evaluations)
        : `${row.evaluations} (± ${formatScore(row.trainingDeviation)})`,
    ]),
  );
}

function kindHtml(kind: ScoredCandidate['kind']): string {
  return `<span class="kind ${kind}">${kind}</span>`;
}

export function lineageSection(state: ExperimentState): string {
  const found = foundCandidate(state);
  const line = found === undefined ? [] : lineageOf(state, found);
  return htmlTable(
    [{ title: 'Candidate', number: true }, { title: 'Score', number: true }, { title: 'By' }, { title: 'DNA' }],
    line.map((candidate, i) => [
      String(candidate.index),
      formatScore(candidate.score),
      escapeHtml(candidate.origin.by),
      `<span class="dna">${diffHtml(line[i - 1]?.dna, candidate.dna)}</span>`,
    ]),
  );
}

function diffHtml(before: string | undefined, after: string): string {
  if (before === undefined) return escapeHtml(after);
  const tags = { same: undefined, added: 'ins', removed: 'del' } as const;
  return diffDna(before, after)
    .map(({ change, text }) => {
      const tag = tags[change];
      return tag === undefined ? escapeHtml(text) : `<${tag}>${escapeHtml(text)}</${tag}>`;
    })
    .join(' ');
}

/** Every layer that says something of itself: a row of figures, and its drawing below. */
export function networksSection(networks: readonly DescribedNetwork[]): string {
  return networks
    .map(({ candidate, dna, layers }) => {
      const described = layers.map(({ name, description: { rows, svg } }) => {
        const figures = htmlTable(
          rows.map(([title]) => ({ title, number: true })),
          [rows.map(([, value]) => escapeHtml(value))],
        );
        const drawing = svg === undefined ? '' : `<div class="scroll">${svg}</div>`;
        return `<p class="dna">${escapeHtml(name)}</p>${figures}${drawing}`;
      });
      return `<p>Candidate ${candidate}: <span class="dna">${escapeHtml(dna)}</span></p>${described.join('\n')}`;
    })
    .join('\n');
}

export function mutationsSection({ mutations }: ExperimentState): string {
  return htmlTable(
    [
      { title: 'By' },
      { title: 'Tried', number: true },
      { title: 'Better than parent', number: true },
      { title: '95 %' },
      { title: 'Repeats', number: true },
      { title: 'Rejected', number: true },
      { title: 'Failed', number: true },
    ],
    mutations.map((row) => [
      escapeHtml(row.by),
      String(row.tried),
      String(row.improved),
      formatShare(row.improved, row.compared),
      String(row.repeated),
      String(row.rejected),
      String(row.failed),
    ]),
  );
}

export function refusalsSection({ refusals }: ExperimentState): string {
  if (refusals.length === 0) return '<p>Nothing.</p>';
  return htmlTable(
    [{ title: 'By' }, { title: 'Rule' }, { title: 'Times', number: true }],
    refusals.map(({ by, rule, count }) => [escapeHtml(by), escapeHtml(rule), String(count)]),
  );
}

export function failuresSection({ failures }: ExperimentState): string {
  if (failures.length === 0) return '<p>None.</p>';
  return htmlTable(
    [{ title: 'Times', number: true }, { title: 'Stage' }, { title: 'Code' }, { title: 'Message' }, { title: 'First' }],
    failures.map(({ reason, count, firstCandidate }) => [
      String(count),
      escapeHtml(reason.stage),
      `<code>${escapeHtml(reason.code)}</code>`,
      escapeHtml(reason.message),
      `candidate ${firstCandidate}`,
    ]),
  );
}
