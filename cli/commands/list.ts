import { formatScore, formatTime } from '../../core/experiment/report/format.js';
import type { ExperimentHeader } from '../../core/experiment/ledger.js';
import { objectivesOf } from '../../core/experiment/objectives.js';
import { towards } from '../../core/training/objective.js';
import { table } from '../../core/experiment/report/text-table.js';
import { defineCommand, ledgerOption } from '../command.js';
import { withLedger } from '../read-experiment.js';

const shown = (score: number, header: ExperimentHeader): number => towards(objectivesOf(header)[0]!, score);

export const list = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs).option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ ledger: file, json }, context) {
    const summaries = await withLedger(file, context, (ledger) => ledger.summaries());
    if (json) {
      const rows = summaries.map(({ header, startedAt, status, candidates, best }) => ({
        id: header.id,
        name: header.name,
        seed: header.seed,
        startedAt,
        status,
        candidates,
        best: best === undefined ? null : { ...best, dna: best.dna ?? null, score: shown(best.score, header) },
      }));
      context.terminal.result(JSON.stringify(rows));
      return 0;
    }
    context.terminal.result(
      table(
        [
          { title: 'id', align: 'left' },
          { title: 'started', align: 'left' },
          { title: 'status', align: 'left' },
          { title: 'candidates', align: 'right' },
          { title: 'best', align: 'right' },
          { title: 'DNA', align: 'left' },
        ],
        summaries.map(({ header, startedAt, status, candidates, best }) => [
          header.id,
          formatTime(startedAt),
          status,
          String(candidates),
          best === undefined ? '' : formatScore(shown(best.score, header)),
          best?.dna ?? '',
        ]),
      ),
    );
    return 0;
  },
});
