import type { KernelCalls, KernelModule } from '../kernel-module.js';
import { translateModule } from './translate.js';

/** Runs the module's translation over `buffer`, whose length is a multiple of 16. */
export function instantiateJavaScript(module: KernelModule, buffer: ArrayBuffer): KernelCalls {
  // Generated code is the purpose here; its text comes from the translation of kernels alone.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const instantiate = new Function('buffer', translateModule(module)) as (buffer: ArrayBuffer) => KernelCalls;
  return instantiate(buffer);
}
