import path from 'node:path';
import { reportText } from '../../core/experiment/report-text.js';
import { defineCommand, ledgerOption } from '../command.js';
import { describeBest } from '../describe-best.js';
import { stateFor, withLedger } from '../read-experiment.js';
import { reportPath, writeReport } from '../write-report.js';

export const report = defineCommand({
  usage: 'report <id>',
  summary: 'print the report of an experiment and write it as HTML',
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .option('html', { type: 'string', requiresArg: true, describe: 'file for the HTML page' })
      .option('top', { type: 'number', default: 10, describe: 'rows of the leaderboard' }),
  run: ({ id, html, top, ledger: file }, context) =>
    withLedger(file, context, async (ledger) => {
      const state = await stateFor(ledger, id);
      const place =
        html === undefined
          ? reportPath(path.resolve(context.folder, file), state.header.id)
          : path.resolve(context.folder, html);
      writeReport(state, place);
      context.terminal.result(`${reportText(state, top, describeBest(state))}\n\nReport: ${place}`);
      return 0;
    }),
});
