import {
  exponential,
  type Expression,
  type FunctionBuilder,
  type HeadAddresses,
  type HeadKernel,
} from '../../compiler/index.js';

export type Vector = Expression<'f32x4'>;
export type ValueClip = 'none' | 'sb3' | 'cleanrl';

/** Sums over samples that the kernel keeps, in this order. */
export const lossStatistics = ['policyLoss', 'valueLoss', 'entropy', 'approximateKl', 'clipFraction'] as const;

/** What a distribution over actions says of four samples. */
export interface DistributionValues {
  /** Logarithm of the probability, or of the density, of the actions taken. */
  readonly logProbability: Vector;
  readonly entropy: Vector;
  /**
   * dL/d(output) for each row of the policy's output.
   * @param towards dL/d(log probability)
   * @param entropyScale -dL/d(entropy)
   */
  gradients(towards: Vector, entropyScale: Vector): readonly Vector[];
}

/** A distribution over actions that the policy's output stands for. */
export interface ActionDistribution {
  /** Names the code that it emits. */
  readonly key: string;
  readonly actionRows: number;
  values(fn: FunctionBuilder, at: HeadAddresses, sample: Expression<'i32'>): DistributionValues;
}

/**
 * Loss of PPO as a kernel that writes its gradients with respect to the outputs of policy and value.
 *
 *   L = 1/B sum_i [ -min(r A, clip(r, 1 - c, 1 + c) A) - e H ] + v 1/B sum_i valueLoss_i
 *
 * (Schulman et al. 2017, arXiv 1707.06347, equations 7 and 9), with ratio r = exp(log p(a) - old log p(a)), so that
 * dL/d(log p) = -r A / B where the unclipped term is the smaller, else 0. Samples of weight 0 get gradient 0 and count
 * nowhere.
 *
 * Arguments of `run`: `clipRange`; `scale` = 1/B; `entropyScale` = e/B; `valueScale` = factor of (V - R) in dL/dV, that
 * is 2 v/B, or v/B with `cleanrl`.
 */
export function policyLoss(distribution: ActionDistribution, valueClip: ValueClip): HeadKernel {
  const single = ['oldLogProbability', 'advantage', 'return', 'weight', ...(valueClip === 'none' ? [] : ['oldValue'])];
  return {
    name: 'ppo',
    key: `ppo ${distribution.key} ${valueClip}`,
    rows: { action: distribution.actionRows, ...Object.fromEntries(single.map((row) => [row, 1])) },
    scalars: ['clipRange', 'scale', 'entropyScale', 'valueScale'],
    statistics: lossStatistics,
    emit(fn, at) {
      const ops = fn.f32;
      const splat = (name: string): Vector => fn.let(ops.splat(at.scalars[name]!));
      const clipRange = splat('clipRange');
      const scale = splat('scale');
      const entropyScale = splat('entropyScale');
      const valueScale = splat('valueScale');
      const sums = lossStatistics.map(() => fn.let(ops.constant(0)));

      fn.loop(0, at.sampleBytes, 16, (sample) => {
        const row = (name: string): Vector => fn.let(ops.load(sample, at.rows[name]!.address));
        const counts = fn.let(ops.greater(row('weight'), ops.constant(0)));
        const add = (statistic: (typeof lossStatistics)[number], value: Vector): void =>
          fn.accumulate(sums[lossStatistics.indexOf(statistic)]!, ops.keepWhere(counts, value));

        const { logProbability, entropy, gradients } = distribution.values(fn, at, sample);
        const logRatio = fn.let(ops.subtract(logProbability, row('oldLogProbability')));
        const ratio = fn.let(exponential(fn, ops, logRatio));
        const advantage = row('advantage');
        const lowest = ops.subtract(ops.constant(1), clipRange);
        const highest = ops.add(ops.constant(1), clipRange);
        const plain = fn.let(ops.multiply(ratio, advantage));
        const clipped = fn.let(ops.multiply(ops.minimum(ops.maximum(ratio, lowest), highest), advantage));
        const unclipped = ops.lessEqual(plain, clipped);
        const towards = fn.let(ops.negate(ops.multiply(ops.keepWhere(unclipped, plain), scale)));
        const excess = fn.let(ops.subtract(ratio, ops.constant(1)));
        add('policyLoss', ops.negate(ops.minimum(plain, clipped)));
        add('entropy', entropy);
        add('approximateKl', ops.subtract(excess, logRatio));
        add('clipFraction', ops.keepWhere(ops.greater(ops.abs(excess), clipRange), ops.constant(1)));

        const policy = at.outputGradients['policy']!;
        for (const [j, gradient] of gradients(towards, entropyScale).entries()) {
          fn.store(sample, policy.address + j * policy.strideBytes, ops.keepWhere(counts, gradient));
        }

        const value = fn.let(ops.load(sample, at.outputs['value']!.address));
        const oldValue = valueClip === 'none' ? value : row('oldValue');
        const { loss, error } = valueLoss(fn, value, oldValue, row('return'), clipRange, valueClip);
        add('valueLoss', loss);
        fn.store(sample, at.outputGradients['value']!.address, ops.keepWhere(counts, ops.multiply(error, valueScale)));
      });

      lossStatistics.forEach((name, i) => {
        const address = at.statistics[name]!;
        fn.store(address, 0, ops.add(ops.load(address), sums[i]!));
      });
    },
  };
}

/** Value loss of a sample and the error V - R that its gradient is a multiple of. */
function valueLoss(
  fn: FunctionBuilder,
  value: Vector,
  oldValue: Vector,
  target: Vector,
  clipRange: Vector,
  valueClip: ValueClip,
): { readonly loss: Vector; readonly error: Vector } {
  const ops = fn.f32;
  const error = fn.let(ops.subtract(value, target));
  const square = fn.let(ops.multiply(error, error));
  if (valueClip === 'none') return { loss: square, error };
  const change = fn.let(ops.subtract(value, oldValue));
  const near = ops.lessEqual(ops.abs(change), clipRange);
  const limited = ops.minimum(ops.maximum(change, ops.negate(clipRange)), clipRange);
  const clippedError = fn.let(ops.subtract(ops.add(oldValue, limited), target));
  const clippedSquare = fn.let(ops.multiply(clippedError, clippedError));
  if (valueClip === 'sb3') return { loss: clippedSquare, error: ops.keepWhere(near, clippedError) };
  const farther = ops.lessEqual(clippedSquare, square);
  return {
    loss: ops.multiply(ops.constant(0.5), ops.maximum(square, clippedSquare)),
    // Within the range both errors are the same; outside, the clipped value is constant.
    error: ops.select(near, error, ops.keepWhere(farther, error)),
  };
}
