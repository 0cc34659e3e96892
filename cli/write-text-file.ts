import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HqnasError, messageOf } from '../core/errors.js';

/** Writes a text that a person asked for. @returns its path. @throws HqnasError `file-not-written` */
export function writeTextFile(file: string, text: string, folder: string): string {
  return writeFile(file, text, folder);
}

/** The same for texts and bytes. */
export function writeFile(file: string, content: string | Uint8Array, folder: string): string {
  const place = path.resolve(folder, file);
  try {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    return place;
  } catch (error) {
    throw new HqnasError({
      code: 'file-not-written',
      what: `the file cannot be written: ${messageOf(error)}`,
      where: file,
      remedy: 'Name another one.',
      cause: error,
    });
  }
}
