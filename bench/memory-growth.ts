import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mean, median } from '../core/statistics.js';
import type { Row } from './report.js';

/** Pieces of work between two readings, and readings. */
const BLOCK = 250;
const READINGS = 12;

/**
 * Whether a process grows while it does the same kind of work again and again. Memory is read after garbage collection,
 * every 250 pieces from the time when caches are full; machine code is reclaimed in lumps, so that one difference of two
 * readings says little: the slope over all of them says it, with its interval.
 * @param warmUp pieces of work until caches are full and the engine's own tables have settled
 */
export async function measureGrowth(work: string, warmUp: number, run: () => void): Promise<Row[]> {
  const collect = exposeCollector();
  for (let i = 0; i < warmUp; i++) run();
  const readings: { readonly rss: number; readonly heapUsed: number }[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    for (let i = 0; i < BLOCK; i++) run();
    // What a first collection finalizes, a second one frees.
    for (let pass = 0; pass < 2; pass++) {
      collect();
      await setImmediate();
    }
    readings.push(process.memoryUsage());
  }
  return (['rss', 'heapUsed'] as const).map((kind) => {
    const values = readings.map((reading) => reading[kind] / 2 ** 20);
    const [first, second] = [values.slice(0, READINGS / 2), values.slice(READINGS / 2)].map((half) => median(half));
    const { slope, margin } = trend(values);
    const perThousand = 1000 / BLOCK;
    // Surely more than 1 % over all readings, or more than 2 % from half to half.
    const grown = (slope - margin) * READINGS > 0.01 * first! || second! > 1.02 * first!;
    return {
      work,
      who: kind === 'rss' ? 'resident memory' : 'JavaScript heap',
      median: median(values),
      unit: 'MB',
      spread: [Math.min(...values), Math.max(...values)],
      note: `${(slope * perThousand).toFixed(2)} +- ${(margin * perThousand).toFixed(2)} MB per 1,000; first half ${first!.toFixed(1)}, second ${second!.toFixed(1)}`,
      target: { text: 'no growth', met: !grown },
    };
  });
}

/** Slope per step of a line through the values (least squares), and half of its 95 % interval (Student's t, 10 degrees of freedom). */
function trend(values: readonly number[]): { readonly slope: number; readonly margin: number } {
  const count = values.length;
  const middle = (count - 1) / 2;
  const centre = mean(values);
  const spread = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const slope = values.reduce((sum, value, i) => sum + (i - middle) * (value - centre), 0) / spread;
  const rest = values.reduce((sum, value, i) => sum + (value - centre - slope * (i - middle)) ** 2, 0);
  return { slope, margin: 2.228 * Math.sqrt(rest / (count - 2) / spread) };
}

function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  // The function exists in contexts made after the flag was set.
  return runInNewContext('gc') as () => void;
}
