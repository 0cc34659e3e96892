import { configJsonSchema } from '../../core/experiment/config/config-json-schema.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand } from '../command.js';
import { loadConfigFile } from '../open-experiment.js';

export const schema = defineCommand({
  options: (yargs) => yargs.positional('config', { type: 'string', describe: 'a config whose plugins count, too' }),
  async run({ config }, { terminal, folder }) {
    const { plugins } = config === undefined ? { plugins: builtInPlugins } : await loadConfigFile(config, folder);
    terminal.result(JSON.stringify(configJsonSchema(createContainer(plugins).get(REGISTRIES)), undefined, 2));
    return 0;
  },
});
