import type { VectorEnvironment, WrapperUse } from '../../core/index.js';
import { normalizeObservation, normalizeReward } from '../wrappers/index.js';
import type { PpoOptions } from './options.js';

/** Normalisation as Stable-Baselines3's VecNormalize does it: rewards with the discount of the algorithm. */
export function wrappersOf({
  normaliseObservations,
  observationClip,
  normaliseRewards,
  rewardClip,
  gamma,
}: PpoOptions): readonly WrapperUse[] {
  return [
    ...(normaliseObservations ? [{ wrapper: normalizeObservation, options: { clip: observationClip } }] : []),
    ...(normaliseRewards ? [{ wrapper: normalizeReward, options: { gamma, clip: rewardClip } }] : []),
  ];
}

/** @throws TypeError where the caller left out wrappers: training would go another way without a word */
export function checkWrapped(
  { saveStatistics }: VectorEnvironment,
  { normaliseObservations, normaliseRewards }: PpoOptions,
): void {
  if ((normaliseObservations || normaliseRewards) && saveStatistics === undefined) {
    throw new TypeError('ppo/clip was given environments without the wrappers that it asked for');
  }
}
