import { HqnasError } from '../core/errors.js';
import { FunctionBuilder } from './kernel/function-builder.js';
import { encodeModule } from './kernel/wasm/encode-module.js';
import { webAssembly } from './kernel/wasm/web-assembly.js';

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

/** @throws HqnasError `no-relaxed-simd` */
export function requireRelaxed(): void {
  if (supportsRelaxed()) return;
  throw new HqnasError({
    code: 'no-relaxed-simd',
    what: 'this JavaScript engine has no relaxed SIMD',
    remedy: 'Leave out "relaxed", or run Node 22 or later.',
  });
}
