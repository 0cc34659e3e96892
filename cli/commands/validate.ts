import { stringify } from 'yaml';
import { rehearse } from '../../core/experiment/start-search.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../../core/wiring/tokens.js';
import { defineCommand } from '../command.js';
import { loadConfigFile, resolveLoaded } from '../open-experiment.js';

export const validate = defineCommand({
  options: (yargs) =>
    yargs
      .positional('config', { type: 'string', demandOption: true, describe: 'YAML or JSON file' })
      .option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ config: file, json }, { terminal, folder }) {
    const loaded = await loadConfigFile(file, folder);
    const container = createContainer(loaded.plugins, { resolveConfig: resolveLoaded(loaded) });
    const config = container.get(CONFIG);
    rehearse(config, container.get(REGISTRIES));
    terminal.result(json ? JSON.stringify(config) : stringify(config).trimEnd());
    terminal.note(`${file} is valid.`);
    return 0;
  },
});
