import type { WebAssemblyModule } from './kernel/wasm/web-assembly.js';

/**
 * Compiled modules by program key. Modules hold no memory and can be posted to workers, so an architecture is compiled
 * once. The key names ops by id: two ops with one id must not differ.
 */
export interface ModuleCache {
  get(key: string): WebAssemblyModule | undefined;
  set(key: string, module: WebAssemblyModule): void;
}

/** Keeps the `limit` modules used last. */
export function createModuleCache(limit = 512): ModuleCache & { readonly size: number } {
  const modules = new Map<string, WebAssemblyModule>();
  return {
    get size() {
      return modules.size;
    },
    get(key) {
      const module = modules.get(key);
      if (module === undefined) return undefined;
      // Maps iterate in order of insertion: the first is the one used longest ago.
      modules.delete(key);
      modules.set(key, module);
      return module;
    },
    set(key, module) {
      modules.delete(key);
      modules.set(key, module);
      for (const oldest of modules.keys()) {
        if (modules.size <= limit) return;
        modules.delete(oldest);
      }
    },
  };
}
