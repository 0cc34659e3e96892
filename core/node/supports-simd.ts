import { webAssembly } from '../../compiler/kernel/wasm/web-assembly.js';

/** Smallest module with a vector instruction: (func (result v128) i32.const 0 i8x16.splat). WebAssembly core specification 2.0, section 5. */
const module = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic, version
  ...[1, 5, 1, 96, 0, 1, 123], // type section: () -> v128
  ...[3, 2, 1, 0], // function section
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11], // code section
);

/** Whether this engine compiles WebAssembly's fixed-width SIMD. */
export function supportsSimd(): boolean {
  return webAssembly?.validate(module) === true;
}
