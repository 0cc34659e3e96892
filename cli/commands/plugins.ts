import type { Registries } from '../../core/plugin/registries.js';
import { kindNames, registeredKinds } from '../../core/plugin/registries.js';
import { checkPlugins } from '../../core/plugin/check-plugins.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { table } from '../../core/experiment/report/text-table.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand } from '../command.js';
import { loadConfigFile, versionsOf, type LoadedConfig } from '../open-experiment.js';

export const plugins = defineCommand({
  options: (yargs) =>
    yargs
      .positional('config', { type: 'string', describe: 'YAML or JSON file' })
      .option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ config, json }, { terminal, folder }) {
    const loaded: Pick<LoadedConfig, 'plugins'> =
      config === undefined ? { plugins: builtInPlugins } : await loadConfigFile(config, folder);
    checkPlugins(loaded.plugins);
    const registries = createContainer(loaded.plugins).get(REGISTRIES);
    if (json)
      terminal.result(JSON.stringify({ versions: versionsOf(loaded.plugins), registered: described(registries) }));
    else
      terminal.result(
        kindNames
          .map((kind) => kindText(registries, kind))
          .filter(Boolean)
          .join('\n\n'),
      );
    return 0;
  },
});

function described(registries: Registries): Record<string, { id: string; summary: string }[]> {
  return Object.fromEntries(
    kindNames.map((kind) => [kind, [...registries[kind]].map(({ id, summary }) => ({ id, summary }))]),
  );
}

function kindText(registries: Registries, kind: keyof Registries): string {
  const things = [...registries[kind]];
  if (things.length === 0) return '';
  return table(
    [
      { title: registeredKinds[kind], align: 'left' },
      { title: '', align: 'left' },
    ],
    things.map(({ id, summary }) => [`  ${id}`, summary]),
  );
}
