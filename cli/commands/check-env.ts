import { reportEnvironment, type EnvironmentReport } from '../../core/environment/check-environment.js';
import type { EnvironmentKind } from '../../core/environment/environment.js';
import { HqnasError, messageOf } from '../../core/errors.js';
import { loadPlugins } from '../../core/node/load-plugins.js';
import { checkPlugins } from '../../core/plugin/check-plugins.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand, wholeNumber } from '../command.js';

export const checkEnv = defineCommand({
  options: (yargs) =>
    yargs
      .positional('environment', {
        type: 'string',
        demandOption: true,
        describe: 'id such as cartpole/v1, or path or package of a plugin',
      })
      .option('options', { type: 'string', requiresArg: true, describe: 'options of the environment as JSON' })
      .option('seed', { type: 'number', default: 123, describe: 'seed of the episodes that are compared' })
      .option('steps', { type: 'number', default: 200, describe: 'their length' })
      .option('json', { type: 'boolean', default: false, describe: 'print the reports as one line of JSON' }),
  async run({ environment, options, seed, steps, json }, { terminal, folder }) {
    const settings = {
      seed: wholeNumber('seed', seed),
      steps: wholeNumber('steps', steps, 1),
      options: parseOptions(options),
    };
    const reports = (await kindsOf(environment, folder)).map((kind) => reportEnvironment(kind, settings));
    terminal.result(json ? JSON.stringify(reports) : reports.map(textOf).join('\n\n'));
    return reports.every(({ sound }) => sound) ? 0 : 1;
  },
});

/** The environment of an id, or all of a plugin. */
async function kindsOf(name: string, folder: string): Promise<readonly EnvironmentKind[]> {
  const { environments } = createContainer(builtInPlugins).get(REGISTRIES);
  if (environments.has(name)) return [environments.get(name)];
  const builtIn = builtInPlugins.find((plugin) => plugin.name === name)?.environments;
  if (builtIn !== undefined) return builtIn;
  // What looks like an id and is no path is one that is written wrongly.
  if (/^[a-z0-9-]+\/[a-z0-9-]+$/.test(name)) return [environments.get(name)];
  const plugins = await loadPlugins([name], folder);
  checkPlugins([...builtInPlugins, ...plugins]);
  const kinds = plugins.flatMap((plugin) => plugin.environments ?? []);
  if (kinds.length > 0) return kinds;
  throw new HqnasError({
    code: 'invalid-argument',
    what: `the plugin "${name}" has no environments`,
    remedy: 'Name another plugin, or an id.',
  });
}

function parseOptions(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    throw new TypeError('this is no object');
  } catch (error) {
    throw new HqnasError({
      code: 'invalid-argument',
      what: `--options has a wrong value: ${messageOf(error)}`,
      expected: 'a JSON object such as {"goal_velocity": 0.01}',
    });
  }
}

function textOf({ environment, sound, probes }: EnvironmentReport): string {
  const marks = { error: 'ERROR  ', warning: 'warning', info: 'note   ' } as const;
  const lines = probes.flatMap(({ id, statement, findings }) =>
    findings.length === 0
      ? [`ok       ${id}: ${statement}`]
      : findings.map(({ severity, message, evidence }) => {
          const proof = evidence === undefined ? '' : ` ${JSON.stringify(evidence)}`;
          return `${marks[severity]}  ${id}: ${message}${proof}`;
        }),
  );
  return [`${environment}: ${sound ? 'sound' : 'NOT sound'}`, ...lines].join('\n');
}
