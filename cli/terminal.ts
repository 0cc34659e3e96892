import { formatScore } from '../core/experiment/report/format.js';

/** The only place that writes to the console: results to stdout, everything else to stderr. */
export interface Terminal {
  /** stderr is a terminal that understands cursor movements. */
  readonly interactive: boolean;
  readonly errors: NodeJS.WriteStream;
  /** Columns of stderr; 100 where it is no terminal. */
  readonly width: number;
  /** A result: text for people, or a line for machines. */
  result(text: string): void;
  /** News that is no result. */
  note(text: string): void;
  emphasise(text: string): string;
  quieten(text: string): string;
  alarm(text: string): string;
}

export function createTerminal(
  output: NodeJS.WriteStream = process.stdout,
  errors: NodeJS.WriteStream = process.stderr,
  environment: NodeJS.ProcessEnv = process.env,
): Terminal {
  // NO_COLOR (no-color.org): present and not empty switches colours off.
  const plain = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const style = (stream: NodeJS.WriteStream, open: number, close: number) => (text: string) =>
    stream.isTTY && !plain ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    interactive: errors.isTTY && environment['TERM'] !== 'dumb' && environment['CI'] === undefined,
    errors,
    // Only terminals have columns, whatever the type says.
    width: (errors as { columns?: number }).columns ?? 100,
    result: (text) => void output.write(`${text}\n`),
    note: (text) => void errors.write(`${text}\n`),
    emphasise: style(output, 1, 22),
    quieten: style(output, 2, 22),
    alarm: style(errors, 31, 39),
  };
}

/** "best 442.6  C 37 T C 1" cut to what is left of a line. */
export function bestText(score: number | undefined, dna: string | undefined, width: number): string {
  if (score === undefined) return 'no score yet';
  const text = `best ${formatScore(score)}  ${dna ?? ''}`;
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
