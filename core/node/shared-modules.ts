import { BroadcastChannel } from 'node:worker_threads';
import { createModuleCache, type ModuleCache } from '../../compiler/module-cache.js';

/**
 * A cache of compiled modules that the threads of one process share: what one thread compiles, the others find. A module
 * carries code and no memory, and crossing threads copies nothing. Keys name ops by id: threads of one channel must have
 * loaded the same plugins.
 */
export function createSharedModules(channelName: string): ModuleCache & { close(): void } {
  const modules = createModuleCache();
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (message) => {
    // Only this function posts to the channel.
    const { data } = message as { readonly data: readonly [key: string, module: Parameters<ModuleCache['set']>[1]] };
    modules.set(...data);
  };
  channel.unref();
  return {
    get: (key) => modules.get(key),
    set(key, module) {
      modules.set(key, module);
      channel.postMessage([key, module]);
    },
    close: () => channel.close(),
  };
}
