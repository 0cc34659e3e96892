/**
 * Value of a schedule.
 * @param progress share of the training that lies behind, 0 to 1; a little more when the last rollout overshoots: a
 *   linear schedule stays at 0 then
 */
export function scheduled(start: number, schedule: 'constant' | 'linear', progress: number): number {
  return schedule === 'constant' ? start : start * Math.max(0, 1 - progress);
}
