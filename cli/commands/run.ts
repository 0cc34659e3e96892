import { defineCommand, ledgerOption, wholeNumber } from '../command.js';
import { findUnfinished } from '../find-unfinished.js';
import { loadConfigFile } from '../open-experiment.js';
import { runExperiment } from '../run-experiment.js';

export const run = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('config', { type: 'string', demandOption: true, describe: 'YAML or JSON file' })
      .option('workers', { type: 'number', describe: 'how many train at a time; 0 = none beside the main thread' })
      .option('seed', { type: 'number', describe: 'instead of the seed in the config' })
      .option('resume', {
        type: 'boolean',
        describe: 'go on with an unfinished experiment of this config; --no-resume starts anew without asking',
      })
      .option('abandon', {
        type: 'boolean',
        default: false,
        describe: 'Ctrl-C drops work in flight instead of finishing it',
      })
      .option('play', {
        type: 'boolean',
        describe: 'train the best network again at the end and show it playing; default: where that takes at most 15 s',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the summary as one line of JSON' }),
  async run({ config, ledger, workers, seed, resume, abandon, play, json }, context) {
    const overrides = { workers: wholeNumber('workers', workers), seed: wholeNumber('seed', seed), abandon };
    const loaded = await loadConfigFile(config, context.folder);
    const unfinished = resume === false ? undefined : await findUnfinished(loaded, overrides, ledger, context, resume);
    const options = { ledger, json, overrides, play };
    return runExperiment(loaded, unfinished === undefined ? options : { ...options, resume: unfinished }, context);
  },
});
