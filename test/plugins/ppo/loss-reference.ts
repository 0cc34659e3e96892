/** The loss of PPO in float64, written from its formula: what the kernel is held to. */
export interface LossSample {
  readonly logits: readonly number[];
  readonly value: number;
  readonly action: number;
  readonly oldLogProbability: number;
  readonly advantage: number;
  readonly return: number;
  readonly oldValue: number;
}

export interface LossSettings {
  readonly clipRange: number;
  readonly entropyCoefficient: number;
  readonly valueCoefficient: number;
  readonly valueClip: 'none' | 'sb3' | 'cleanrl';
}

export function logProbabilities(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return logits.map((logit) => logit - largest - logSum);
}

export function entropyOf(logits: readonly number[]): number {
  return -logProbabilities(logits).reduce((sum, log) => sum + Math.exp(log) * log, 0);
}

export function valueLossOf(
  { value, oldValue, return: target }: LossSample,
  { clipRange, valueClip }: LossSettings,
): number {
  const square = (value - target) ** 2;
  if (valueClip === 'none') return square;
  const clipped = oldValue + Math.max(-clipRange, Math.min(clipRange, value - oldValue));
  const clippedSquare = (clipped - target) ** 2;
  return valueClip === 'sb3' ? clippedSquare : 0.5 * Math.max(square, clippedSquare);
}

export function policyLossOf(
  { logits, action, oldLogProbability, advantage }: LossSample,
  { clipRange }: LossSettings,
): number {
  const ratio = Math.exp(logProbabilities(logits)[action]! - oldLogProbability);
  return -Math.min(ratio * advantage, Math.max(1 - clipRange, Math.min(1 + clipRange, ratio)) * advantage);
}

/** Loss of one sample; the loss of a minibatch is the mean. */
export function lossOf(sample: LossSample, settings: LossSettings): number {
  const { entropyCoefficient, valueCoefficient } = settings;
  return (
    policyLossOf(sample, settings) -
    entropyCoefficient * entropyOf(sample.logits) +
    valueCoefficient * valueLossOf(sample, settings)
  );
}
