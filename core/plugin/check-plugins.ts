import { HqnasError, suggest } from '../errors.js';
import { isId, pluginOf } from '../id.js';
import type { Plugin } from './define-plugin.js';
import { kindNames, registeredKinds } from './registries.js';

const namePattern = /^[a-z][a-z0-9-]*$/;
const members: readonly string[] = ['name', 'version', 'requires', ...kindNames];

/**
 * Checks plugins together, before anything of them is used.
 * @throws HqnasError `invalid-plugin`, `duplicate-plugin`, `missing-plugin`, `wrong-prefix`
 */
export function checkPlugins(plugins: readonly Plugin[]): void {
  const names = new Set<string>();
  for (const plugin of plugins) {
    checkPlugin(plugin);
    if (names.has(plugin.name)) {
      throw new HqnasError({
        code: 'duplicate-plugin',
        what: `two plugins are called "${plugin.name}"`,
        remedy: 'List it once; plugins that come with hqnas need not be listed.',
      });
    }
    names.add(plugin.name);
  }
  for (const plugin of plugins) {
    for (const required of plugin.requires ?? []) {
      if (names.has(required)) continue;
      throw new HqnasError({
        code: 'missing-plugin',
        what: `plugin "${plugin.name}" needs plugin "${required}", which is not loaded`,
        remedy: `Add it to "plugins" in the config.`,
      });
    }
  }
}

/**
 * Checks one plugin alone.
 * @throws HqnasError `invalid-plugin`, `wrong-prefix`
 */
export function checkPlugin(plugin: unknown, where?: string): asserts plugin is Plugin {
  const invalid = (what: string, remedy?: string): HqnasError =>
    new HqnasError({ code: 'invalid-plugin', what, where, remedy });
  if (!isRecord(plugin)) throw invalid('this is not a plugin', 'Export what definePlugin({ name, ... }) returns.');
  const { name } = plugin;
  if (typeof name !== 'string' || !namePattern.test(name)) {
    throw invalid(
      `a plugin needs a name in lower case, digits and hyphens; it is ${name === undefined ? 'missing' : JSON.stringify(name)}`,
    );
  }
  for (const member of Object.keys(plugin)) {
    if (members.includes(member)) continue;
    const closest = suggest(member, members);
    throw invalid(
      `plugin "${name}" has an unknown member "${member}"`,
      closest === undefined ? `Known: ${members.join(', ')}.` : `Did you mean "${closest}"?`,
    );
  }
  for (const kind of kindNames) {
    const things = plugin[kind];
    if (things === undefined) continue;
    if (!Array.isArray(things)) throw invalid(`"${kind}" of plugin "${name}" is not a list`);
    for (const thing of things as readonly unknown[]) checkThing(thing, name, registeredKinds[kind], invalid);
  }
}

function checkThing(thing: unknown, plugin: string, noun: string, invalid: (what: string) => HqnasError): void {
  if (!isRecord(thing) || typeof thing['id'] !== 'string' || typeof thing['summary'] !== 'string') {
    throw invalid(`a ${noun} of plugin "${plugin}" lacks an id or a summary`);
  }
  const { id } = thing;
  if (!isId(id)) throw invalid(`"${id}" of plugin "${plugin}" is not an id like "${plugin}/name"`);
  if (pluginOf(id) !== plugin) {
    throw new HqnasError({
      code: 'wrong-prefix',
      what: `the ${noun} "${id}" belongs to plugin "${plugin}"`,
      expected: `an id that starts with "${plugin}/"`,
    });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
