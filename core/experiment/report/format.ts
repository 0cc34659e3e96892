import type { Score } from '../../training/evaluator.js';
import { shareInterval } from '../../statistics.js';

/** A score with as many digits as mean something: 442.6, 20, 0.0123. */
export function formatScore(value: number | undefined): string {
  if (value === undefined) return '-';
  const size = Math.abs(value);
  if (size >= 1000) return value.toFixed(0);
  if (size >= 1 || size === 0) return value.toFixed(1);
  if (size >= 0.1) return value.toFixed(2);
  return Number(value.toPrecision(3)).toString();
}

/** 442.6 ± 12.0; without a deviation, the value alone. */
export function formatSpread(value: number | undefined, deviation: number | undefined): string {
  return deviation === undefined ? formatScore(value) : `${formatScore(value)} ± ${formatScore(deviation)}`;
}

/** A share with its 95 % interval: "24 % [14, 37]"; empty without a trial. */
export function formatShare(successes: number, trials: number): string {
  const interval = shareInterval(successes, trials);
  if (interval === undefined) return '';
  const percent = (share: number): string => (100 * share).toFixed(0);
  return `${percent(successes / trials)} % [${percent(interval.low)}, ${percent(interval.high)}]`;
}

/** 12 345 as 12,345. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 75 s, 12 min 30 s, 3 h 05 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** 2026-11-22T18:30:12.123Z as 2026-11-22 18:30 UTC. */
export function formatTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

const bars = '▁▂▃▄▅▆▇█';

/** Values as a row of bars between their minimum and maximum; the last `width` of them. */
export function sparkline(values: readonly number[], width = 16): string {
  const shown = values.slice(-width);
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low;
  return shown.map((value) => bars[span === 0 ? 0 : Math.min(7, Math.floor(((value - low) / span) * 8))]).join('');
}

/** The policy of a score, with the conditions that it was made under. */
export function policyName({ policy, under }: Pick<Score, 'policy' | 'under'>): string {
  if (under === undefined) return policy;
  const { use, ...options } = under;
  const given = Object.entries(options).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${policy} (under ${[use, ...given].join(', ')})`;
}
