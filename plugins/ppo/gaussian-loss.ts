import { exponential, type HeadKernel } from '../../compiler/index.js';
import { policyLoss, type ActionDistribution, type ValueClip, type Vector } from './policy-loss.js';

/** log(2 pi) / 2 */
const halfLogTwoPi = 0.9189385332046727;

/**
 * Loss of PPO for continuous actions: independent normal distributions, of which the policy's output holds the means and
 * then the logarithms of the standard deviations.
 * @param size numbers of an action
 */
export function gaussianLoss(size: number, valueClip: ValueClip): HeadKernel {
  return policyLoss(gaussian(size), valueClip);
}

/**
 * With z = (a - m) / s and g = dL/d(log p(a)):
 *
 *   log p(a) = sum_j -z_j^2 / 2 - log s_j - log(2 pi) / 2,   H = sum_j log s_j + 1/2 + log(2 pi) / 2
 *   dL/dm_j = g z_j / s_j,   dL/d(log s_j) = g (z_j^2 - 1) - e/B
 */
function gaussian(size: number): ActionDistribution {
  return {
    key: `gaussian ${size}`,
    actionRows: size,
    values(fn, at, sample) {
      const ops = fn.f32;
      const { address, strideBytes } = at.outputs['policy']!;
      const action = at.rows['action']!;
      const output = (row: number): Vector => fn.let(ops.load(sample, address + row * strideBytes));
      const logProbability = fn.let(ops.constant(-size * halfLogTwoPi));
      const entropy = fn.let(ops.constant(size * (0.5 + halfLogTwoPi)));
      const parts = Array.from({ length: size }, (_, j) => {
        const logDeviation = output(size + j);
        const inverse = fn.let(exponential(fn, ops, ops.negate(logDeviation)));
        const taken = ops.load(sample, action.address + j * action.strideBytes);
        const distance = fn.let(ops.multiply(ops.subtract(taken, output(j)), inverse));
        const square = fn.let(ops.multiply(distance, distance));
        const density = ops.multiplyAdd(ops.constant(-0.5), square, ops.negate(logDeviation));
        fn.set(logProbability, ops.add(logProbability, density));
        fn.set(entropy, ops.add(entropy, logDeviation));
        return { inverse, distance, square };
      });
      return {
        logProbability,
        entropy,
        gradients: (towards, entropyScale) => [
          ...parts.map(({ distance, inverse }) => ops.multiply(towards, ops.multiply(distance, inverse))),
          ...parts.map(({ square }) =>
            ops.subtract(ops.multiply(towards, ops.subtract(square, ops.constant(1))), entropyScale),
          ),
        ],
      };
    },
  };
}
