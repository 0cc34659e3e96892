import { ContainerModule } from 'inversify';
import type { Plugin } from '../plugin/define-plugin.js';
import { kindNames } from '../plugin/registries.js';
import { THINGS } from './tokens.js';

/** The module of one plugin: everything that it brings, bound to the token of its kind. */
export function pluginModule(plugin: Plugin): ContainerModule {
  return new ContainerModule(({ bind }) => {
    for (const kind of kindNames) {
      for (const thing of plugin[kind] ?? []) bind<unknown>(THINGS[kind]).toConstantValue(thing);
    }
  });
}
