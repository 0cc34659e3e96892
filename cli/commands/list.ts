import { foldHistory } from '../../core/experiment/fold.js';
import { formatScore, formatTime } from '../../core/experiment/format.js';
import { table } from '../../core/experiment/text-table.js';
import { defineCommand, ledgerOption } from '../command.js';
import { withLedger } from '../read-experiment.js';
import { summaryJson } from '../summary.js';

export const list = defineCommand({
  usage: 'list',
  summary: 'list the experiments of a ledger, oldest first',
  options: (yargs) =>
    ledgerOption(yargs).option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ ledger: file, json }, context) {
    const states = await withLedger(file, context, async (ledger) => {
      const headers = await ledger.list();
      return Promise.all(headers.map(({ id }) => foldHistory(ledger.read(id))));
    });
    if (json) {
      context.terminal.result(JSON.stringify(states.map((state) => summaryJson(state))));
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
        states.map(({ header, startedAt, status, candidates, best }) => [
          header.id,
          formatTime(startedAt),
          status,
          String(candidates),
          formatScore(best?.score),
          best?.dna ?? '',
        ]),
      ),
    );
    return 0;
  },
});
