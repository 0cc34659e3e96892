#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { isHqnasError, type HqnasError } from '../core/errors.js';
import { packageVersion } from '../core/node/package-version.js';
import type { CommandContext } from './command.js';
import { commands } from './commands.js';
import { createTerminal } from './terminal.js';
import { usageMistake } from './usage-mistake.js';

/** Codes of errors of the work itself; any other lies in what was asked for. */
const failures =
  /^(ledger-|artifact-|search-starved|already-recorded|history-mismatch|plugins-changed|workers-unusable|report-not-written|file-not-written|no-runs)/;

/** Runs one command. @returns the exit code: 0 done, 1 failed, 2 bad input, 130 interrupted */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  let code = 0;
  let parser = yargs([...argv])
    .scriptName('hqnas')
    .usage('$0 <command>\n\nSearches for good hybrid quantum-classical networks for reinforcement learning.')
    .version(packageVersion())
    .locale('en')
    .strict()
    .epilogue('hqnas COMMAND --help has the options of one.')
    .wrap(Math.min(110, terminal.width))
    .exitProcess(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      throw error ?? mistake(message ?? '');
    });
  const mistake = (message: string): HqnasError =>
    usageMistake(argv, message, parser.parsed === false ? {} : parser.parsed.aliases);
  for (const { usage, summary, load } of commands) {
    parser = parser.command(
      usage,
      summary,
      async (builder) => (await load()).options(builder),
      async (args) => {
        code = await (await load()).run(args, context);
      },
    );
  }
  try {
    if (argv.length === 0) throw mistake('name a command');
    await parser.parseAsync();
    return code;
  } catch (thrown) {
    const error = thrown instanceof Error && thrown.name === 'YError' ? mistake(thrown.message) : thrown;
    if (isHqnasError(error)) {
      terminal.note(`${terminal.alarm('error')}: ${error.message}`);
      return failures.test(error.code) ? 1 : 2;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.note(`${terminal.alarm('error')}: ${text}\nThis is a fault of hqnas or of a plugin.`);
    return 1;
  }
}

/** A reader that closes the pipe early, as `head` does, is no failure; nobody hearing the progress is none either. */
function ignoreBrokenPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.stderr.on('error', () => undefined);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ignoreBrokenPipe();
  process.exitCode = await main(process.argv.slice(2), { terminal: createTerminal(), folder: process.cwd() });
}
