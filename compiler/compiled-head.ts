import type { Rows } from '../core/rows.js';
import type { KernelCall } from './kernel/kernel-module.js';
import type { Head } from './program.js';

/** Head of a compiled program. */
export class CompiledHead implements Head {
  readonly rows: Readonly<Record<string, Rows>>;
  readonly #call: KernelCall;
  readonly #bytesOf: (samples: number) => number;
  readonly #floats: Float32Array;
  /** Index of the first of four lanes per statistic. */
  readonly #statistics: readonly number[];

  /** `bytesOf` checks the number of samples and gives the kernel's argument. */
  constructor(
    call: KernelCall,
    rows: Readonly<Record<string, Rows>>,
    floats: Float32Array,
    statistics: readonly number[],
    bytesOf: (samples: number) => number,
  ) {
    this.#call = call;
    this.rows = rows;
    this.#floats = floats;
    this.#statistics = statistics;
    this.#bytesOf = bytesOf;
  }

  // Named arguments instead of a rest parameter: a rest parameter is an allocation per call.
  run(samples: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0): void {
    this.#call(this.#bytesOf(samples), a, b, c, d, e, f, g, h);
  }

  readStatistics(into: Float64Array): void {
    const floats = this.#floats;
    for (let i = 0; i < this.#statistics.length; i++) {
      const at = this.#statistics[i]!;
      into[i] = floats[at]! + floats[at + 1]! + (floats[at + 2]! + floats[at + 3]!);
      floats.fill(0, at, at + 4);
    }
  }
}
