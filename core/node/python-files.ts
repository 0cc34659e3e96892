import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a file in the folder python/ of this package, from its sources or its build. */
export function pythonFile(name: string): string {
  const places = ['../../python/', '../../../python/'].map((folder) =>
    fileURLToPath(new URL(`${folder}${name}`, import.meta.url)),
  );
  return places.find((place) => existsSync(place)) ?? places[1]!;
}
