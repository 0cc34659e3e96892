import { readFileSync } from 'node:fs';

/** Version of this package: package.json lies two folders above in the sources, three in dist/. */
export function packageVersion(): string {
  for (const path of ['../../../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >; // package.json is an object
      if (name === 'hqnas' && typeof version === 'string') return version;
    } catch {
      // Not there: the other place has it.
    }
  }
  return 'unknown';
}
