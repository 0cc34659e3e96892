import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importHistory, parseHistory } from '../../core/experiment/import-history.js';
import { HqnasError, messageOf } from '../../core/errors.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { defineCommand, ledgerOption } from '../command.js';

export const importCommand = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('file', { type: 'string', demandOption: true, describe: 'JSON lines that hqnas export wrote' })
      .option('as', { type: 'string', describe: 'id to give the experiment, instead of its own' }),
  async run({ file, as, ledger: ledgerFile }, { terminal, folder }) {
    const entries = parseHistory(read(path.resolve(folder, file)), path.basename(file));
    const ledger = SqliteLedger.open(path.resolve(folder, ledgerFile));
    try {
      const { id, added } = await importHistory(ledger, entries, as);
      terminal.result(id);
      terminal.note(added === 0 ? 'The ledger held all of it.' : `${added} entries were added.`);
      return 0;
    } finally {
      await ledger.close();
    }
  },
});

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new HqnasError({
      code: 'invalid-history',
      what: `the file cannot be read: ${messageOf(error)}`,
      where: file,
      remedy: 'Check the path.',
      cause: error,
    });
  }
}
