import { createHash, hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isPath, resolvePlugin } from './load-plugins.js';

/**
 * What tells one state of a plugin from another, for plugins named by path: packages have a version. It covers the file,
 * every file that it or one of those imports by a relative path or finds by `new URL('./name', ...)`, and the versions of
 * packages that they import. The same on every machine; for a plugin of one file its content alone. A path that is put
 * together while the plugin runs is not seen.
 */
export function pluginFingerprint(name: string, folder: string): string | undefined {
  if (!isPath(name)) return undefined;
  const main = resolvePlugin(name, folder);
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const waiting = [main];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const content = readFileSync(file);
    files.set(file, hash('sha256', content, 'hex'));
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    const text = content.toString('utf8');
    waiting.push(...namedFiles(text, path.dirname(file)));
    for (const imported of importedPackages(text, path.dirname(file))) packages.add(imported);
  }
  const start = path.dirname(main);
  const others = [...files].filter(([file]) => file !== main);
  // Names by which files know each other: the same wherever the plugin lies.
  const lines = others.map(([file, print]) => `${path.relative(start, file).split(path.sep).join('/')} ${print}`);
  const digest = createHash('sha256').update(readFileSync(main));
  for (const line of [...lines, ...packages].sort()) digest.update(`\n${line}`);
  return digest.digest('hex').slice(0, 12);
}

/** Imports and addresses of files beside; more than there are do no harm. */
const relativeName = /(?:\bfrom|\bimport|\brequire|\bURL)\s*\(?\s*(?:'|"|`)(\.{1,2}\/[^'"`\n]+)(?:'|"|`)/g;
const packageName = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^'"]*)?['"]/g;

/** Files that a text names by relative paths. */
function namedFiles(text: string, folder: string): string[] {
  const named = [...text.matchAll(relativeName)].map((match) => path.resolve(folder, match[1]!));
  // As Node looks for them, and TypeScript, for which "./name.js" also means "./name.ts".
  return named.flatMap((file) => {
    const places = [file, file.replace(/js$/, 'ts'), `${file}.js`, `${file}.cjs`, `${file}.json`, `${file}/index.js`];
    return places.find(isFile) ?? [];
  });
}

/** Packages that a text imports, as name@version; hqnas has a version of its own in the ledger. */
function importedPackages(text: string, folder: string): string[] {
  const names = new Set([...text.matchAll(packageName)].map((match) => match[1]!));
  names.delete('hqnas');
  return [...names].flatMap((name) => {
    const version = versionOf(name, folder);
    return version === undefined ? [] : `${name}@${version}`;
  });
}

/** Of the package that an import of a file in this folder finds. */
function versionOf(name: string, folder: string): string | undefined {
  const file = path.join(folder, 'node_modules', name, 'package.json');
  if (isFile(file)) {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }; // an object, or npm refuses it
    return String(version);
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : versionOf(name, parent);
}

function isFile(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
}
