import { spawn } from 'node:child_process';
import path from 'node:path';
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
