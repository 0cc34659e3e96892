import { instantiateJavaScript } from './kernel/javascript/instantiate.js';
import type { KernelCalls, KernelModule } from './kernel/kernel-module.js';
import { encodeModule } from './kernel/wasm/encode-module.js';
import { webAssembly } from './kernel/wasm/web-assembly.js';
import type { MemoryViews } from './op.js';
import { borrowMemory, noWebAssembly, returnMemory } from './program-memory.js';
import { requireRelaxed } from './relaxed-support.js';

/** Kernels with a memory of their own, outside any program. */
export interface LoadedKernels {
  /** Exported functions by name. */
  readonly functions: KernelCalls;
  readonly memory: MemoryViews;
  /** Gives the memory back; functions and views must not be used any more. */
  release(): void;
}

/**
 * Translates kernels and gives them `bytes` of zeros, addressed from 0.
 * @throws HqnasError `no-webassembly`, `no-relaxed-simd`, `out-of-memory`
 */
export function loadKernels(
  module: KernelModule,
  bytes: number,
  backend: 'wasm' | 'javascript' = 'wasm',
): LoadedKernels {
  if (backend === 'javascript') {
    const buffer = new ArrayBuffer((bytes + 15) & ~15);
    return { functions: instantiateJavaScript(module, buffer), memory: viewsOf(buffer), release: () => undefined };
  }
  if (webAssembly === undefined) throw noWebAssembly();
  if (module.functions.some(({ relaxed }) => relaxed)) requireRelaxed();
  const memory = borrowMemory();
  const home = memory.claim(bytes, () => undefined);
  const { exports } = new webAssembly.Instance(new webAssembly.Module(encodeModule(module)), {
    env: { memory: home },
  });
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    memory.vacate();
    returnMemory(memory);
  };
  return { functions: exports, memory: viewsOf(home.buffer), release };
}

function viewsOf(buffer: ArrayBuffer): MemoryViews {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), f64: new Float64Array(buffer) };
}
