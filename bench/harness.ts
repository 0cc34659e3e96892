import { performance } from 'node:perf_hooks';
import process from 'node:process';

import { quantile } from '../core/statistics.js';

/** One way to do a piece of work. Contenders of one comparison do the same work per run. */
export interface Contender {
  readonly name: string;
  run(): unknown;
  /** Called before each slice, outside the clock. */
  enter?(): unknown;
}

/** Microseconds of process CPU time per run: median and quartiles over the slices. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  /** How many times as long as the first contender: median over the slices of the same round. */
  readonly ratio: number;
}

export interface CompareOptions {
  /** Milliseconds of one slice; a run that takes longer is a slice by itself. */
  readonly slice?: number;
  /** Seconds for all contenders together, after warming up. */
  readonly seconds?: number;
  /** Milliseconds of warm-up per contender, long enough for the optimising tier of WebAssembly. */
  readonly warmUp?: number;
}

/** Microseconds of CPU time that this process has used, all threads. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Times contenders in turns of a few milliseconds, so that a change in the state of the machine meets all of them alike.
 * Ratios within one comparison can be trusted further than the times themselves.
 */
export async function compare(contenders: readonly Contender[], options: CompareOptions = {}): Promise<Timing[]> {
  const { slice = 4, seconds = 3, warmUp = 250 } = options;
  const counts: number[] = [];
  for (const contender of contenders) {
    await contender.enter?.();
    const runs = await warm(contender, warmUp);
    counts.push(Math.max(1, Math.round((runs * slice) / warmUp)));
  }
  const times: number[][] = contenders.map(() => []);
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < 5 || performance.now() < end; round++) {
    for (const [index, contender] of contenders.entries()) {
      await contender.enter?.();
      const count = counts[index]!;
      const start = cpuTime();
      for (let run = 0; run < count; run++) contender.run();
      times[index]!.push((cpuTime() - start) / count);
    }
  }
  return contenders.map(({ name }, index) => ({
    name,
    median: quantile(times[index]!, 0.5),
    lower: quantile(times[index]!, 0.25),
    upper: quantile(times[index]!, 0.75),
    ratio: quantile(
      times[index]!.map((time, round) => time / times[0]![round]!),
      0.5,
    ),
  }));
}

/** CPU seconds of one call. */
export async function cpuSecondsOf(work: () => unknown): Promise<number> {
  const start = cpuTime();
  await work();
  return (cpuTime() - start) / 1e6;
}

/** Runs for some milliseconds, yielding now and then so that code compiled in the background is taken up. */
async function warm(contender: Contender, milliseconds: number): Promise<number> {
  const start = performance.now();
  let runs = 0;
  for (let pause = start + 20; performance.now() - start < milliseconds; runs++) {
    contender.run();
    if (performance.now() < pause) continue;
    await new Promise((resolve) => setImmediate(resolve));
    pause = performance.now() + 20;
  }
  return runs;
}
