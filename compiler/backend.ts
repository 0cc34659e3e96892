import { HqnasError } from '../core/errors.js';
import { emitProgram } from './emit-program.js';
import { FunctionBuilder } from './kernel/function-builder.js';
import { instantiateJavaScript } from './kernel/javascript/instantiate.js';
import type { KernelCalls } from './kernel/kernel-module.js';
import { encodeModule } from './kernel/wasm/encode-module.js';
import { webAssembly, type WebAssemblyModule } from './kernel/wasm/web-assembly.js';
import type { ModuleCache } from './module-cache.js';
import { noWebAssembly, type ProgramMemory } from './program-memory.js';
import type { ProgramPlan } from './program-plan.js';

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
  if (plan.relaxed && !supportsRelaxed()) {
    throw new HqnasError({
      code: 'no-relaxed-simd',
      what: 'this JavaScript engine has no relaxed SIMD',
      remedy: 'Leave out "relaxed", or run Node 22 or later.',
    });
  }
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

let relaxedSupport: boolean | undefined;

/** Whether this engine has relaxed SIMD (Node 22 on; Node 20 with --experimental-wasm-relaxed-simd). */
export function supportsRelaxed(): boolean {
  if (relaxedSupport === undefined) {
    const fn = new FunctionBuilder('probe', [], true);
    const zero = fn.f32.constant(0);
    fn.store(0, 0, fn.f32.multiplyAdd(zero, zero, zero));
    relaxedSupport = webAssembly?.validate(encodeModule({ functions: [fn.finish()], exports: [] })) ?? false;
  }
  return relaxedSupport;
}
