import { HqnasError } from '../../core/errors.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand } from '../command.js';
import { serveEnvironment } from '../environment-messages.js';

export const serveEnv = defineCommand({
  options: (yargs) =>
    yargs
      .positional('environment', { type: 'string', demandOption: true, describe: 'id such as cartpole/v1' })
      .option('options', { type: 'string', default: '{}', requiresArg: true, describe: 'its options as JSON' }),
  async run({ environment, options }) {
    const kind = createContainer(builtInPlugins).get(REGISTRIES).environments.get(environment);
    return serveEnvironment(kind, parseOptions(options)) ? 0 : 1;
  },
});

/** An object; what is in it is checked where the environment is made. */
function parseOptions(text: string): Readonly<Record<string, unknown>> {
  try {
    const options: unknown = JSON.parse(text);
    // An object that is no list has names and values.
    if (typeof options === 'object' && options !== null && !Array.isArray(options))
      return options as Record<string, unknown>;
  } catch {
    // Said below, as of anything else that is no object.
  }
  throw new HqnasError({
    code: 'invalid-argument',
    what: '--options has a wrong value',
    expected: 'a text of JSON such as \'{"gravity": -9}\'',
    got: text,
  });
}
