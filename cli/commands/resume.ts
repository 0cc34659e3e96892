import path from 'node:path';
import { findExperiment } from '../../core/experiment/memory-ledger.js';
import { parseConfigValues } from '../../core/experiment/config/parse-config.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { defineCommand, ledgerOption, wholeNumber } from '../command.js';
import { loadDraft } from '../open-experiment.js';
import { startOf } from '../read-experiment.js';
import { runExperiment } from '../run-experiment.js';

export const resume = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .option('candidates', { type: 'number', describe: 'extend the experiment to so many in total' })
      .option('force', { type: 'boolean', default: false, describe: 'go on although versions have changed' })
      .option('abandon', {
        type: 'boolean',
        default: false,
        describe: 'Ctrl-C drops work in flight instead of finishing it',
      })
      .option('workers', { type: 'number', describe: 'how many train at a time; 0 = none beside the main thread' })
      .option('play', {
        type: 'boolean',
        describe: 'train the best network again at the end and show it playing; default: where that takes at most 15 s',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the summary as one line of JSON' }),
  async run({ id: given, ledger, workers, candidates, force, abandon, play, json }, context) {
    const overrides = {
      workers: wholeNumber('workers', workers),
      candidates: wholeNumber('candidates', candidates, 1),
      force,
      abandon,
    };
    const { id, draft, folder } = await readStart(path.resolve(context.folder, ledger), given);
    const loaded = await loadDraft(draft, folder ?? context.folder);
    return runExperiment(loaded, { ledger, json, overrides, play, resume: id }, context);
  },
});

/** The config as it was frozen, with the workers of then, and the folder that its plugin paths start from. */
async function readStart(file: string, given: string) {
  const ledger = SqliteLedger.open(file, { create: false });
  try {
    const header = findExperiment(await ledger.list(), given);
    const start = await startOf(ledger, header.id);
    const folder = start?.run.machine['folder'];
    const workers = start?.run.machine['workers'] ?? {};
    return {
      id: header.id,
      draft: parseConfigValues({ ...header.config, workers }, header.id),
      folder: typeof folder === 'string' ? folder : undefined,
    };
  } finally {
    await ledger.close();
  }
}
