import {
  exponential,
  logarithm,
  type Expression,
  type FunctionBuilder,
  type HeadAddresses,
  type HeadKernel,
} from '../../compiler/index.js';

type Vector = Expression<'f32x4'>;

/** Sums over samples that the kernel keeps, in this order. */
export const lossStatistics = ['policyLoss', 'valueLoss', 'entropy', 'approximateKl', 'clipFraction'] as const;

/** Distribution of one vector of samples: one entry per action. */
interface Distribution {
  readonly probabilities: readonly Vector[];
  readonly logProbabilities: readonly Vector[];
  readonly entropy: Vector;
}

/**
 * Loss of PPO for discrete actions, as a kernel that writes its gradients with respect to logits and value.
 *
 *   L = 1/B sum_i [ -min(r A, clip(r, 1 - c, 1 + c) A) - e H ] + v 1/B sum_i valueLoss_i
 *
 * (Schulman et al. 2017, arXiv 1707.06347, equations 7 and 9), with ratio r = exp(log p(a) - old log p(a)). Gradients:
 * dL/dz_j = g ([j = a] - p_j) + e/B p_j (log p_j + H), g = -r A / B where the unclipped term is the smaller, else 0.
 * Samples of weight 0 get gradient 0 and count nowhere.
 *
 * Arguments of `run`: `clipRange`; `scale` = 1/B; `entropyScale` = e/B; `valueScale` = factor of (V - R) in dL/dV, that
 * is 2 v/B, or v/B with `cleanrl`.
 */
export function categoricalLoss(actions: number, valueClip: 'none' | 'sb3' | 'cleanrl'): HeadKernel {
  const rows = [
    'action',
    'oldLogProbability',
    'advantage',
    'return',
    'weight',
    ...(valueClip === 'none' ? [] : ['oldValue']),
  ];
  return {
    name: 'ppo',
    key: `ppo categorical ${actions} ${valueClip}`,
    rows: Object.fromEntries(rows.map((row) => [row, 1])),
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

        const action = row('action');
        const { probabilities, logProbabilities, entropy } = distribution(fn, at, sample, actions);
        const chosen = Array.from({ length: actions }, (_, j) => fn.let(ops.equal(action, ops.constant(j))));
        const logProbability = logProbabilities
          .slice(1)
          .reduce((value, other, j) => ops.select(chosen[j + 1]!, other, value), logProbabilities[0]!);
        const logRatio = fn.let(ops.subtract(logProbability, row('oldLogProbability')));
        const ratio = fn.let(exponential(fn, ops, logRatio));
        const advantage = row('advantage');
        const lowest = ops.subtract(ops.constant(1), clipRange);
        const highest = ops.add(ops.constant(1), clipRange);
        const plain = fn.let(ops.multiply(ratio, advantage));
        const clipped = fn.let(ops.multiply(ops.minimum(ops.maximum(ratio, lowest), highest), advantage));
        const unclipped = ops.lessEqual(plain, clipped);
        const towardsChosen = fn.let(ops.negate(ops.multiply(ops.keepWhere(unclipped, plain), scale)));
        const excess = fn.let(ops.subtract(ratio, ops.constant(1)));
        add('policyLoss', ops.negate(ops.minimum(plain, clipped)));
        add('entropy', entropy);
        add('approximateKl', ops.subtract(excess, logRatio));
        add('clipFraction', ops.keepWhere(ops.greater(ops.abs(excess), clipRange), ops.constant(1)));

        const policy = at.outputGradients['policy']!;
        for (let j = 0; j < actions; j++) {
          const p = probabilities[j]!;
          const direction = ops.subtract(ops.keepWhere(chosen[j]!, ops.constant(1)), p);
          const bonus = ops.multiply(ops.multiply(entropyScale, p), ops.add(logProbabilities[j]!, entropy));
          const gradient = ops.multiplyAdd(towardsChosen, direction, bonus);
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

/** Value loss of a sample and the error V - R that its gradient is a multiple of. */
function valueLoss(
  fn: FunctionBuilder,
  value: Vector,
  oldValue: Vector,
  target: Vector,
  clipRange: Vector,
  valueClip: 'none' | 'sb3' | 'cleanrl',
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
