import { exportHistory } from '../../core/experiment/export-history.js';
import { defineCommand, ledgerOption } from '../command.js';
import { headerFor, withLedger } from '../read-experiment.js';

export const exportCommand = defineCommand({
  usage: 'export <id>',
  summary: 'print the history of an experiment',
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .option('format', { choices: ['jsonl'] as const, default: 'jsonl' as const, describe: 'canonical JSON lines' }),
  run: ({ id, ledger: file }, context) =>
    withLedger(file, context, async (ledger) => {
      const header = await headerFor(ledger, id);
      for await (const line of exportHistory(ledger.read(header.id))) context.terminal.result(line.trimEnd());
      return 0;
    }),
});
