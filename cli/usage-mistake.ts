import { HqnasError, suggest } from '../core/errors.js';
import { commands } from './commands.js';

/**
 * Says in the words of this program what yargs finds wrong with a command line, with the nearest word that exists and
 * where the help is.
 *
 * @param argv the command line
 * @param message what yargs says
 * @param aliases of yargs: every option, also those that do not exist, and in camel case
 */
export function usageMistake(
  argv: readonly string[],
  message: string,
  aliases: Readonly<Record<string, unknown>>,
): HqnasError {
  const usages = new Map(commands.map(({ usage }) => [usage.split(' ', 1)[0]!, usage]));
  const command = argv.find((word) => usages.has(word));
  const usage = command === undefined ? '<command>' : usages.get(command)!;
  const { what, nearest } = explain();
  const help = `Try: hqnas ${command === undefined ? '' : `${command} `}--help`;
  const remedy = nearest === undefined ? help : `Did you mean "${nearest}"? ${help}`;
  return new HqnasError({ code: 'bad-usage', what, remedy });

  function explain(): { what: string; nearest?: string | undefined } {
    // An option of several words is named twice, the second time in camel case.
    const unknown = /^Unknown arguments?: (.*)/.exec(message)?.[1]?.split(', ') ?? [];
    const word = unknown[0];
    if (word === undefined) {
      return { what: message.startsWith('Not enough non-option') ? `something is missing: hqnas ${usage}` : message };
    }
    if (!argv.includes(word)) {
      const options = Object.keys(aliases).filter((name) => !unknown.includes(name) && !/[A-Z]/.test(name));
      return { what: `there is no option "${dashed(word)}"`, nearest: suggest(dashed(word), options.map(dashed)) };
    }
    if (command !== undefined) return { what: `"${word}" is too much: hqnas ${usage}` };
    return { what: `there is no command "${word}"`, nearest: suggest(word, usages.keys()) };
  }
}

const dashed = (option: string): string => (option.length === 1 ? `-${option}` : `--${option}`);
