import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folder of the compiled package, which `npm test` makes first. Threads and processes of tests run from there. */
export const builtFolder = path.resolve(import.meta.dirname, '..', process.env['HQNAS_BUILT'] ?? 'dist');

/** URL of a compiled file of the package. */
export function built(file: string): string {
  return pathToFileURL(path.join(builtFolder, file)).href;
}
