import { checkPlugin } from '../../core/plugin/check-plugins.js';
import type { Plugin } from '../../core/plugin/define-plugin.js';
import { kindNames } from '../../core/plugin/registries.js';
import type { Domains } from '../../core/domain.js';
import { createRng } from '../../core/random.js';
import { ensure } from './expect.js';
import type { Check } from './contract.js';

/** What every plugin promises, whatever it brings; the things have contracts of their own. */
export function pluginContract(plugin: Plugin): readonly Check[] {
  const things = kindNames.flatMap((kind) => (plugin[kind] ?? []).map((thing) => ({ kind, thing })));
  return [
    { name: `plugin ${plugin.name}: its shape, name and ids`, run: () => checkPlugin(plugin) },
    {
      name: `plugin ${plugin.name}: brings no id twice`,
      run() {
        const ids = things.map(({ kind, thing }) => `${kind} ${thing.id}`);
        ensure(new Set(ids).size === ids.length, `twice: ${ids.filter((id, i) => ids.indexOf(id) !== i).join(', ')}`);
      },
    },
    {
      name: `plugin ${plugin.name}: summaries are one sentence`,
      run() {
        for (const { thing } of things) {
          ensure(thing.summary.trim() !== '' && !thing.summary.includes('\n'), `summary of ${thing.id}`);
        }
      },
    },
    {
      name: `plugin ${plugin.name}: domains contain what they draw, and their defaults`,
      run() {
        for (const { thing } of things) {
          for (const domains of [optionsIn(thing, 'options'), optionsIn(thing, 'hyper')])
            checkDomains(domains, thing.id);
        }
      },
    },
  ];
}

function checkDomains(domains: Domains, id: string): void {
  const rng = createRng(1);
  for (const [name, domain] of Object.entries(domains)) {
    const { fallback } = domain;
    ensure(fallback === undefined || domain.contains(fallback), `the default of ${id}'s ${name} is outside its domain`);
    for (let i = 0; i < 20; i++) {
      const value = domain.sample(rng);
      ensure(domain.contains(value), `${id}'s ${name} draws ${JSON.stringify(value)}, which is outside its domain`);
      ensure(
        domain.contains(domain.perturb(value, rng)),
        `${id}'s ${name} perturbs ${JSON.stringify(value)} out of its domain`,
      );
    }
  }
}

function optionsIn(thing: object, member: string): Domains {
  // Members called so are domains in every kind of registered thing.
  return ((thing as Readonly<Record<string, unknown>>)[member] ?? {}) as Domains;
}
