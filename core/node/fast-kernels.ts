import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { expectWideVectors } from '../../compiler/index.js';

const joinVectors = '--experimental-wasm-revectorize';

/**
 * What major versions of V8 have behind a flag. Only versions that know a flag are listed: others complain.
 * Node 20 has relaxed SIMD there. Node 22 and 24 have it without, and on processors with AVX2 can make one operation on
 * 256 bits out of two equal ones on neighbouring vectors, which changes no bits.
 */
const flagsByVersion: Readonly<Record<string, string>> = {
  11: '--experimental-wasm-relaxed-simd',
  ...(process.arch === 'x64' ? { 12: joinVectors, 13: joinVectors } : undefined),
};

/**
 * Switches on what `fast: true` needs beyond the compiler, for the whole process: call it before kernels are compiled.
 * Programs that do not ask for relaxed SIMD keep their bits.
 */
export function allowFastKernels({ fast }: { readonly fast: boolean }): void {
  const flag = flagsByVersion[process.versions.v8.split('.', 1)[0]!];
  if (!fast || flag === undefined) return;
  setFlagsFromString(flag);
  expectWideVectors(flag === joinVectors);
}
