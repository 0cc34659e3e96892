import type { RolloutBuffer } from './rollout-buffer.js';

/**
 * Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, equation 16), backwards over the rollout:
 *
 *   delta_t = r_t + gamma V_{t+1} c_t - V_t,   A_t = delta_t + gamma lambda c_t A_{t+1},   c_t = 1 while the episode goes on
 *
 * Fills `advantages` and `returns` = A + V.
 */
export function estimateAdvantages(buffer: RolloutBuffer, gamma: number, lambda: number): void {
  const { environments, size, rewards, values, continues, lastValues, advantages, returns } = buffer;
  const last = size - environments;
  for (let i = size - 1; i >= 0; i--) {
    const final = i >= last;
    const nextValue = final ? lastValues[i - last]! : values[i + environments]!;
    const nextAdvantage = final ? 0 : advantages[i + environments]!;
    const value = values[i]!;
    const advantage = rewards[i]! - value + gamma * continues[i]! * (nextValue + lambda * nextAdvantage);
    advantages[i] = advantage;
    returns[i] = advantage + value;
  }
}
