import { emitProgram } from './emit-program.js';
import { instantiateJavaScript } from './kernel/javascript/instantiate.js';
import type { KernelCalls } from './kernel/kernel-module.js';
import { encodeModule } from './kernel/wasm/encode-module.js';
import { webAssembly, type WebAssemblyModule } from './kernel/wasm/web-assembly.js';
import type { ModuleCache } from './module-cache.js';
import { noWebAssembly, type ProgramMemory } from './program-memory.js';
import type { ProgramPlan } from './program-plan.js';
import { requireRelaxed } from './relaxed-support.js';

/** Exported functions of a translated program, over `buffer`. */
export interface ProgramCode {
  readonly buffer: ArrayBuffer;
  readonly functions: KernelCalls;
}

/**
 * The program as WebAssembly; nothing is emitted when the cache has its module.
 * @throws HqnasError `no-webassembly`, `no-relaxed-simd`, `out-of-memory`
 */
export function loadWebAssembly(
  plan: ProgramPlan,
  memory: ProgramMemory,
  modules: ModuleCache,
  evict: () => void,
): ProgramCode {
  if (webAssembly === undefined) throw noWebAssembly();
  if (plan.relaxed) requireRelaxed();
  const module = modules.get(plan.key) ?? compileModule(plan, modules);
  const home = memory.claim(plan.memory.bytes, evict);
  const { exports } = new webAssembly.Instance(module, { env: { memory: home } });
  return { buffer: home.buffer, functions: exports };
}

/** The program as JavaScript over a buffer of its own. */
export function loadJavaScript(plan: ProgramPlan): ProgramCode {
  const buffer = new ArrayBuffer((plan.memory.bytes + 15) & ~15);
  return { buffer, functions: instantiateJavaScript(emitProgram(plan), buffer) };
}

function compileModule(plan: ProgramPlan, modules: ModuleCache): WebAssemblyModule {
  const module = new webAssembly!.Module(encodeModule(emitProgram(plan)));
  modules.set(plan.key, module);
  return module;
}
