import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Entry } from './train-network.js';

/** Entries of a table in the making, one line of JSON each. A line that an interruption tore is left out. */
export function readJournal(path: string): readonly Entry[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        // Written by `appendEntry` below.
        return [JSON.parse(line) as Entry];
      } catch {
        return [];
      }
    });
}

export function appendEntry(path: string, entry: Entry): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(entry)}\n`);
}
