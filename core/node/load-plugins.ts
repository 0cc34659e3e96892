import { createRequire, register } from 'node:module';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HqnasError, isHqnasError, messageOf } from '../errors.js';
import { checkPlugin } from '../plugin/check-plugins.js';
import type { Plugin } from '../plugin/define-plugin.js';

/**
 * Loads plugins by path (.js, .mjs, .ts) or package name.
 * @param names as written in the config
 * @param folder the config's folder: paths and packages are looked for from there
 * @throws HqnasError `plugin-not-found`, `plugin-failed-to-load`, `plugin-has-no-default-export`, `invalid-plugin`,
 * `wrong-prefix`
 */
export async function loadPlugins(names: readonly string[], folder: string): Promise<readonly Plugin[]> {
  const plugins: Plugin[] = [];
  // One after the other: the first problem is reported, always the same one.
  for (const name of names) plugins.push(await loadPlugin(name, folder));
  return plugins;
}

async function loadPlugin(name: string, folder: string): Promise<Plugin> {
  const file = resolvePlugin(name, folder);
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importFile(file);
  } catch (error) {
    if (isHqnasError(error)) throw error;
    throw new HqnasError({
      code: 'plugin-failed-to-load',
      what: messageOf(error),
      where: `plugin ${placeOf(error, file)}`,
      cause: error,
    });
  }
  const plugin = defaultOf(module);
  if (plugin === undefined) {
    throw new HqnasError({
      code: 'plugin-has-no-default-export',
      what: 'the file exports no plugin by default',
      where: `plugin ${name}`,
      remedy: 'End it with: export default definePlugin({ name, ... });',
    });
  }
  checkPlugin(plugin, `plugin ${name}`);
  return plugin;
}

/** Whether a config names a plugin by its file. */
export function isPath(name: string): boolean {
  return name.startsWith('.') || path.isAbsolute(name) || /\.[cm]?[jt]s$/.test(name);
}

/** Absolute path of a plugin's file. @throws HqnasError `plugin-not-found` */
export function resolvePlugin(name: string, folder: string): string {
  const notFound = (remedy: string, cause?: unknown): HqnasError =>
    new HqnasError({ code: 'plugin-not-found', what: `there is no plugin "${name}"`, where: 'plugins', remedy, cause });
  if (isPath(name)) {
    const file = path.resolve(folder, name);
    if (existsSync(file)) return file;
    throw notFound(`Looked for ${file}.`);
  }
  try {
    return createRequire(path.join(path.resolve(folder), 'package.json')).resolve(name);
  } catch (error) {
    throw notFound(`Install it: npm install ${name}; a path starts with "./".`, error);
  }
}

async function importFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const url = pathToFileURL(file).href;
  if (/\.[cm]?ts$/.test(file)) registerTypeScript();
  return (await import(url)) as Record<string, unknown>; // a module namespace is a record
}

let registered = false;

/** Lets this thread import TypeScript. Whoever runs this package from its sources translates TypeScript already. */
function registerTypeScript(): void {
  if (registered || !import.meta.url.endsWith('.js')) return;
  registered = true;
  register('./typescript-hooks.js', import.meta.url);
}

/** The default export; CommonJS interoperation may have wrapped it once more. */
function defaultOf(module: Readonly<Record<string, unknown>>): unknown {
  const outer = module['default'];
  if (typeof outer === 'object' && outer !== null && 'default' in outer && !('name' in outer)) return outer.default;
  return outer;
}

/** The first line of the stack that lies in the plugin, as file:line. */
function placeOf(error: unknown, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const line = stack.split('\n').find((text) => text.includes(file) && /:\d+/.test(text));
  const position = line === undefined ? undefined : /:(\d+)(?::\d+)?\)?$/.exec(line.trim())?.[1];
  return position === undefined ? file : `${file}:${position}`;
}
