import {
  exponential,
  logarithm,
  type Expression,
  type FunctionBuilder,
  type HeadAddresses,
  type HeadKernel,
} from '../../compiler/index.js';
import { policyLoss, type ActionDistribution, type ValueClip, type Vector } from './policy-loss.js';

/** Distribution of one vector of samples: one entry per action. */
interface Distribution {
  readonly probabilities: readonly Vector[];
  readonly logProbabilities: readonly Vector[];
  readonly entropy: Vector;
}

/** Loss of PPO for one discrete action, whose logits are the policy's output. */
export function categoricalLoss(actions: number, valueClip: ValueClip): HeadKernel {
  return policyLoss(categorical(actions), valueClip);
}

/**
 * One of n actions: dL/dz_j = g ([j = a] - p_j) + e/B p_j (log p_j + H), with g = dL/d(log p(a)). The row `action` holds
 * its index.
 */
function categorical(actions: number): ActionDistribution {
  return {
    key: `categorical ${actions}`,
    actionRows: 1,
    values(fn, at, sample) {
      const ops = fn.f32;
      const action = fn.let(ops.load(sample, at.rows['action']!.address));
      const { probabilities, logProbabilities, entropy } = distribution(fn, at, sample, actions);
      const chosen = Array.from({ length: actions }, (_, j) => fn.let(ops.equal(action, ops.constant(j))));
      const logProbability = logProbabilities
        .slice(1)
        .reduce((value, other, j) => ops.select(chosen[j + 1]!, other, value), logProbabilities[0]!);
      return {
        logProbability,
        entropy,
        gradients: (towards, entropyScale) =>
          probabilities.map((p, j) => {
            const direction = ops.subtract(ops.keepWhere(chosen[j]!, ops.constant(1)), p);
            const bonus = ops.multiply(ops.multiply(entropyScale, p), ops.add(logProbabilities[j]!, entropy));
            return ops.multiplyAdd(towards, direction, bonus);
          }),
      };
    },
  };
}

/** Probabilities of all actions; for two of them from the one number exp(-|z_1 - z_0|), so that the small one is never 1 - p. */
function distribution(
  fn: FunctionBuilder,
  at: HeadAddresses,
  sample: Expression<'i32'>,
  actions: number,
): Distribution {
  const ops = fn.f32;
  const { address, strideBytes } = at.outputs['policy']!;
  const logits = Array.from({ length: actions }, (_, j) => fn.let(ops.load(sample, address + j * strideBytes)));
  const one = ops.constant(1);
  const zero = ops.constant(0);
  if (actions === 2) {
    const difference = fn.let(ops.subtract(logits[1]!, logits[0]!));
    const distance = fn.let(ops.abs(difference));
    const unlikely = fn.let(exponential(fn, ops, ops.negate(distance)));
    const sum = fn.let(ops.add(unlikely, one));
    const logSum = fn.let(logarithm(fn, ops, sum));
    const small = fn.let(ops.divide(unlikely, sum));
    const large = fn.let(ops.divide(one, sum));
    const second = fn.let(ops.greater(difference, zero));
    return {
      probabilities: [fn.let(ops.select(second, small, large)), fn.let(ops.select(second, large, small))],
      logProbabilities: [
        fn.let(ops.subtract(ops.minimum(ops.negate(difference), zero), logSum)),
        fn.let(ops.subtract(ops.minimum(difference, zero), logSum)),
      ],
      entropy: fn.let(ops.multiplyAdd(distance, small, logSum)),
    };
  }
  const largest = fn.let(logits.reduce<Vector>((a, b) => ops.maximum(a, b), logits[0]!));
  const shifted = logits.map((logit) => fn.let(ops.subtract(logit, largest)));
  const powers = shifted.map((logit) => fn.let(exponential(fn, ops, logit)));
  const sum = fn.let(powers.slice(1).reduce<Vector>((a, b) => ops.add(a, b), powers[0]!));
  const logSum = fn.let(logarithm(fn, ops, sum));
  const probabilities = powers.map((power) => fn.let(ops.divide(power, sum)));
  const meanLogit = probabilities.map((p, j) => ops.multiply(p, shifted[j]!)).reduce((a, b) => ops.add(a, b));
  return {
    probabilities,
    logProbabilities: shifted.map((logit) => fn.let(ops.subtract(logit, logSum))),
    entropy: fn.let(ops.subtract(logSum, meanLogit)),
  };
}
