import type { Argv } from 'yargs';
import { HqnasError } from '../core/errors.js';
import type { Terminal } from './terminal.js';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Folder in which the command was called. */
  readonly folder: string;
}

/** One command of the program. */
export interface Command<A> {
  options(yargs: Argv): Argv<A>;
  /** @returns the exit code: 0 done, 1 failed, 2 bad input, 130 interrupted */
  run(args: A, context: CommandContext): Promise<number>;
}

/** Gives a command its types. */
export function defineCommand<A>(command: Command<A>): Command<A> {
  return command;
}

/** Where an experiment's ledger is kept unless --ledger names another file. */
export const defaultLedger = '.hqnas/ledger.db';

/** What a command that is printed for a person says about the ledger: nothing about that of the folder. */
export function ledgerArgument(file: string): string {
  return file === defaultLedger ? '' : ` --ledger ${file}`;
}

/** The option that all commands about experiments share. */
export function ledgerOption(yargs: Argv): Argv<{ ledger: string }> {
  return yargs.option('ledger', {
    type: 'string',
    default: defaultLedger,
    describe: 'file that keeps the experiments',
    requiresArg: true,
  });
}

/** An option that must be a whole number; yargs turns other text into NaN. @throws HqnasError `invalid-argument` */
export function wholeNumber<T extends number | undefined>(name: string, value: T, minimum = 0): T {
  if (value === undefined || (Number.isSafeInteger(value) && value >= minimum)) return value;
  throw new HqnasError({
    code: 'invalid-argument',
    what: `--${name} has a wrong value`,
    expected: `a whole number of at least ${minimum}`,
    got: String(value),
  });
}
