import { defineCommand, ledgerOption, wholeNumber } from '../command.js';
import { loadConfigFile } from '../open-experiment.js';
import { runExperiment } from '../run-experiment.js';

export const run = defineCommand({
  usage: 'run <config>',
  summary: 'search for good networks, as a config file says',
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('config', { type: 'string', demandOption: true, describe: 'YAML or JSON file' })
      .option('workers', { type: 'number', describe: 'threads that train; 0 = none beside the main one' })
      .option('seed', { type: 'number', describe: 'instead of the seed in the config' })
      .option('json', { type: 'boolean', default: false, describe: 'print the summary as one line of JSON' }),
  async run({ config, ledger, workers, seed, json }, context) {
    const overrides = { workers: wholeNumber('workers', workers), seed: wholeNumber('seed', seed) };
    const loaded = await loadConfigFile(config, context.folder);
    return runExperiment(loaded, { ledger, json, overrides }, context);
  },
});
