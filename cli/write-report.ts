import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExperimentState } from '../core/experiment/fold.js';
import { reportHtml } from '../core/experiment/report/report-html.js';
import type { PlayedEpisode } from '../core/experiment/report/report-playing.js';
import { HqnasError, messageOf } from '../core/errors.js';
import { describeBest } from './describe-best.js';

/** Where the report of an experiment lies unless another place is asked for: beside its ledger. */
export function reportPath(ledger: string, id: string): string {
  return path.join(path.dirname(ledger), 'reports', `${id}.html`);
}

/**
 * Writes the HTML report.
 * @param played an episode of the best network to show in it
 * @throws HqnasError `report-not-written`
 */
export function writeReport(state: ExperimentState, file: string, played?: PlayedEpisode): void {
  const html = reportHtml(state, describeBest(state), played);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, html);
  } catch (error) {
    throw new HqnasError({
      code: 'report-not-written',
      what: `the report cannot be written: ${messageOf(error)}`,
      where: file,
      remedy: 'The experiment is safe in its ledger; name another file: hqnas report ID --html FILE.',
      cause: error,
    });
  }
}
