import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it, one after the other: where the file system takes no folders (such as /proc), Node's
 * own recursive way never comes back.
 */
export function makeFolder(folder: string): void {
  const place = path.resolve(folder);
  if (isFolder(place)) return;
  const above = path.dirname(place);
  if (above !== place) makeFolder(above);
  try {
    mkdirSync(place);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(place)) throw error;
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
