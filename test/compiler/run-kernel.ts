import { FunctionBuilder } from '../../compiler/index.js';
import type { KernelFunction } from '../../compiler/kernel/expression.js';
import { instantiateJavaScript } from '../../compiler/kernel/javascript/instantiate.js';
import { encodeModule } from '../../compiler/kernel/wasm/encode-module.js';
import { webAssembly } from '../../compiler/kernel/wasm/web-assembly.js';

/** Runs kernels with both backends on equal memory and returns the two memories. */
export function runBoth(
  functions: readonly KernelFunction[],
  call: string,
  argument: number,
  memory: Uint8Array,
): { wasm: ArrayBuffer; javascript: ArrayBuffer; results: readonly (number | undefined)[] } {
  const module = { functions, exports: [call] };
  const home = new webAssembly!.Memory({ initial: Math.ceil(memory.length / 65536), maximum: 32768 });
  new Uint8Array(home.buffer).set(memory);
  const { exports } = new webAssembly!.Instance(new webAssembly!.Module(encodeModule(module)), {
    env: { memory: home },
  });
  const buffer = new ArrayBuffer(home.buffer.byteLength);
  new Uint8Array(buffer).set(memory);
  const twin = instantiateJavaScript(module, buffer);
  const results = [exports[call]!(argument), twin[call]!(argument)];
  return { wasm: home.buffer, javascript: buffer, results };
}

/** One function without parameters. */
export function kernel(build: (fn: FunctionBuilder) => void, relaxed = false): KernelFunction {
  const fn = new FunctionBuilder('kernel', ['i32'], relaxed);
  build(fn);
  return fn.finish();
}
