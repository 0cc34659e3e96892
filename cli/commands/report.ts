import path from 'node:path';
import { reportText } from '../../core/experiment/report/report-text.js';
import { defineCommand, ledgerArgument, ledgerOption } from '../command.js';
import { describeBest } from '../describe-best.js';
import { playBest } from '../play-best.js';
import { stateFor, withLedger } from '../read-experiment.js';
import { reportPath, writeReport } from '../write-report.js';

export const report = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .option('html', { type: 'string', requiresArg: true, describe: 'file for the HTML page' })
      .option('play', {
        type: 'boolean',
        describe: 'train the best network again and show it playing; default: where that takes at most 15 s',
      })
      .option('top', { type: 'number', default: 10, describe: 'rows of the leaderboard' }),
  run: ({ id, html, top, play, ledger: file }, context) =>
    withLedger(file, context, async (ledger) => {
      const state = await stateFor(ledger, id);
      const place =
        html === undefined
          ? reportPath(path.resolve(context.folder, file), state.header.id)
          : path.resolve(context.folder, html);
      const command = `hqnas report ${state.header.id} --play${ledgerArgument(file)}`;
      const played = await playBest(state, { ledger, ...context, play, command });
      writeReport(state, place, played);
      context.terminal.result(`${reportText(state, top, describeBest(state))}\n\nReport: ${place}`);
      return 0;
    }),
});
