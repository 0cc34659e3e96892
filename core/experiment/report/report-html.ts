import { stringify } from 'yaml';
import { curveChart, kindsChart, paretoChart, scoresChart } from './report-charts.js';
import type { DescribedNetwork } from './describe-networks.js';
import { formatTime } from './format.js';
import type { ExperimentState } from '../fold.js';
import { escapeHtml } from './html.js';
import {
  factsSection,
  failuresSection,
  finalistsSection,
  leaderboardSection,
  lineageSection,
  mutationsSection,
  networksSection,
  refusalsSection,
  paretoSection,
} from './report-sections.js';
import { predictorIds } from '../predictors.js';
import { predictorsNote, predictorsSection, predictorsTitle } from './report-predictors.js';
import { figure, page, section } from './report-page.js';
import { playingSection, type PlayedEpisode } from './report-playing.js';
import { finalistsNote, lineageTitle, mutationsNote, objectiveNote } from './report-notes.js';
import { statusText } from './report-text.js';

/**
 * The report as one HTML page: no script, no request to anywhere.
 * @param networks those whose layers are shown, see `describeNetworks`
 * @param played an episode of the best network, where there is one to show
 */
export function reportHtml(
  state: ExperimentState,
  networks: readonly DescribedNetwork[] = [],
  played?: PlayedEpisode,
): string {
  const { header, best } = state;
  const objective = state.objectives[0]!.id;
  const parts = [
    `<header><h1>${escapeHtml(header.name)}</h1>`,
    `<p>${escapeHtml(header.id)} · started ${formatTime(state.startedAt)} · ${escapeHtml(statusText(state))}</p></header>`,
    factsSection(state),
    ...(played === undefined ? [] : [playingSection(played)]),
  ];
  if (state.finalists.length > 0) parts.push(section('Finalists', finalistsNote(state), finalistsSection(state)));
  parts.push(section('Best networks', 'Each network once, however often it was proposed.', leaderboardSection(state)));
  if (networks.length > 0) {
    const text = 'What is known of their circuits and other layers without training them.';
    parts.push(section('Inside the best hybrid networks', text, networksSection(networks)));
  }
  if (state.pareto !== undefined) {
    const { hypervolume } = state.pareto;
    const text = `Hypervolume ${hypervolume.toFixed(3)} of the box between the worst and the best values.`;
    parts.push(
      section(
        'Networks that no other beats in everything',
        text,
        figure((width) => paretoChart(state, width)) + paretoSection(state),
      ),
    );
  }
  if (best !== undefined) {
    parts.push(
      section(
        'Scores in the order of the search',
        '',
        legend + figure((width) => scoresChart(state, objective, width)),
      ),
      section(
        'Classical and hybrid networks',
        'Box: quartiles and median of all trainings. Ticks: single trainings.',
        figure((width) => kindsChart(state, objective, width)),
      ),
      section(lineageTitle(state), 'Oldest ancestor first; what each step added and removed.', lineageSection(state)),
    );
    if (best.outcome.curve.some(({ meanReturn }) => meanReturn !== undefined)) {
      const text = `Candidate ${best.index}, ${best.dna}`;
      parts.push(
        section(
          'Learning curve of the best observed',
          text,
          figure((width) => curveChart(best, width)),
        ),
      );
    }
  }
  if (predictorIds(header).length > 0) parts.push(section(predictorsTitle, predictorsNote, predictorsSection(state)));
  parts.push(
    section('Where candidates came from', mutationsNote, mutationsSection(state)),
    section('Refused before training', '', refusalsSection(state)),
    section('Failed candidates', '', failuresSection(state)),
    section(
      'How these numbers were made',
      objectiveNote(state),
      `<details><summary>Config with every default filled in</summary><pre>${escapeHtml(stringify(header.config))}</pre></details>`,
    ),
    `<footer>${escapeHtml(versionsText(state))}</footer>`,
  );
  return page(`${header.name} – hqnas report`, parts.join('\n'));
}

const legend = `<p class="legend"><span class="kind">classical</span><span class="kind hybrid">hybrid</span>
<span class="hollow">repeat, score taken over</span><span class="line">best so far</span></p>`;

function versionsText({ header }: ExperimentState): string {
  return Object.entries(header.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(' · ');
}
