import { FunctionBuilder, i32, int } from '../compiler/kernel/function-builder.js';
import { encodeModule } from '../compiler/kernel/wasm/encode-module.js';
import { webAssembly } from '../compiler/kernel/wasm/web-assembly.js';
import { compare, type Timing } from './harness.js';

/** Independent sums: enough of them to hide the latency of a multiplication and an addition. */
const CHAINS = 12;
const STEPS = 20_000;
const flopsPerRun = STEPS * CHAINS * 4 * 2;

/**
 * What this machine can do at best with 128-bit vectors and no fused multiply-add: multiplications and additions on
 * registers alone, no memory. GFLOP/s are flops / microseconds / 1000.
 */
export async function measurePeak(seconds = 1): Promise<{ readonly gigaflops: number; readonly timing: Timing }> {
  const run = peakKernel();
  const [timing] = await compare([{ name: '128-bit peak', run: () => run(STEPS) }], { seconds });
  return { gigaflops: flopsPerRun / timing!.median / 1000, timing: timing! };
}

function peakKernel(): (steps: number) => unknown {
  const fn = new FunctionBuilder('peak', ['i32']);
  const factor = fn.let(fn.f32.constant(0.999));
  const term = fn.let(fn.f32.constant(0.001));
  const sums = Array.from({ length: CHAINS }, (_, chain) => fn.let(fn.f32.constant(chain)));
  fn.loop(0, fn.parameter<'i32'>(0), 1, () => {
    for (const sum of sums) fn.set(sum, fn.f32.multiplyAdd(sum, factor, term));
  });
  // The sums are stored, so that no compiler may drop them.
  sums.forEach((sum, chain) => {
    fn.store(i32.add(int(0), chain * 16), 0, sum);
  });
  if (webAssembly === undefined) throw new Error('this engine has no WebAssembly');
  const memory = new webAssembly.Memory({ initial: 1, maximum: 32768 });
  const module = new webAssembly.Module(encodeModule({ functions: [fn.finish()], exports: ['peak'] }));
  return new webAssembly.Instance(module, { env: { memory } }).exports['peak']!;
}
