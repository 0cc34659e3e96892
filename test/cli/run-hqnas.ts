import { spawn } from 'node:child_process';
import path from 'node:path';
import { Writable } from 'node:stream';
import { main } from '../../cli/main.js';
import { createTerminal } from '../../cli/terminal.js';
import { builtFolder } from '../built.js';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the compiled command in a folder. */
export function runHqnas(
  folder: string,
  args: readonly string[],
  onErrors?: (text: string, send: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(builtFolder, 'cli/main.js'), ...args], { cwd: folder });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString();
      onErrors?.(errors, (signal) => child.kill(signal));
    });
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

/** Runs a command in this process, from the sources: quicker, and without workers. */
export async function runHere(folder: string, args: readonly string[]): Promise<Ended> {
  const [output, errors] = [collector(), collector()];
  const code = await main(args, { terminal: createTerminal(output.stream, errors.stream), folder });
  return { code, output: output.text(), errors: errors.text() };
}

function collector(): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  // A stream that is no terminal has nothing more than this.
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text };
}
