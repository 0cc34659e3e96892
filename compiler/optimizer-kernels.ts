import type { Expression, KernelFunction } from './kernel/expression.js';
import { FunctionBuilder } from './kernel/function-builder.js';
import { storeVectors, sumLanes } from './ops/row-pass.js';
import type { MemoryPlan } from './passes/memory-plan.js';

/** Adding and subtracting this rounds denormals, and all that is negligible beside the epsilon of Adam, to zero. */
const flush = 1e-24;

/**
 * One Adam step with beta1 = 0.9, beta2 = 0.999 (Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1) and decoupled decay
 * (Loshchilov and Hutter 2019, arXiv 1711.05101). Moments that decay towards zero are flushed before they become
 * denormal, which would slow down every later step several times. Consumes the gradients: they are zero afterwards.
 */
export function adamKernel(plan: MemoryPlan, count: number): KernelFunction {
  const fn = new FunctionBuilder('adam', ['f32', 'f32', 'f32', 'f32']);
  const ops = fn.f32;
  const [rate, epsilon, scale, decay] = [0, 1, 2, 3].map((index) => fn.let(ops.splat(fn.parameter<'f32'>(index))));
  const [first, second] = plan.moments;
  const flushed = (x: Expression<'f32x4'>): Expression<'f32x4'> =>
    ops.subtract(ops.add(x, ops.constant(flush)), ops.constant(flush));
  fn.loop(0, Math.ceil(count / 8) * 32, 32, (at) => {
    const step = (half: number): Readonly<Record<'m' | 'v' | 'parameter', Expression<'f32x4'>>> => {
      const gradient = fn.let(ops.multiply(ops.load(at, plan.gradients + half), scale!));
      const m = fn.let(ops.load(at, first + half));
      fn.set(m, flushed(ops.multiplyAdd(ops.subtract(gradient, m), ops.constant(0.1), m)));
      const v = fn.let(ops.load(at, second + half));
      fn.set(v, flushed(ops.multiplyAdd(ops.subtract(ops.multiply(gradient, gradient), v), ops.constant(0.001), v)));
      const parameter = fn.let(ops.load(at, plan.parameters + half));
      const change = ops.divide(ops.multiply(rate!, m), ops.add(ops.sqrt(v), epsilon!));
      fn.set(parameter, ops.subtract(ops.negativeMultiplyAdd(decay!, parameter, parameter), change));
      return { m, v, parameter };
    };
    const [low, high] = [step(0), step(16)];
    storeVectors(fn, at, plan.gradients, [ops.constant(0), ops.constant(0)]);
    storeVectors(fn, at, first, [low.m, high.m]);
    storeVectors(fn, at, second, [low.v, high.v]);
    storeVectors(fn, at, plan.parameters, [low.parameter, high.parameter]);
  });
  return fn.finish();
}

/** Sum of the squared gradients. */
export function normKernel(plan: MemoryPlan, count: number): KernelFunction {
  const fn = new FunctionBuilder('gradient norm', []);
  const ops = fn.f32;
  const sums = [fn.let(ops.constant(0)), fn.let(ops.constant(0))] as const;
  fn.loop(0, Math.ceil(count / 8) * 32, 32, (at) => {
    sums.forEach((sum, half) => {
      fn.scope(() => {
        const gradient = fn.let(ops.load(at, plan.gradients + half * 16));
        fn.set(sum, ops.multiplyAdd(gradient, gradient, sum));
      });
    });
  });
  return fn.finish(sumLanes(fn, ops.add(sums[0], sums[1])));
}
