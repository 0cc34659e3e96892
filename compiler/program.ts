import type { Rng } from '../core/random.js';
import type { Rows } from '../core/rows.js';
import type { Tensor } from './graph.js';
import type { Expression } from './kernel/expression.js';
import type { FunctionBuilder } from './kernel/function-builder.js';
import type { ModuleCache } from './module-cache.js';
import type { RowBuffer } from './op.js';
import type { ProgramMemory } from './program-memory.js';

/** A loss or sampling kernel that reads outputs and writes output gradients, compiled into the same program. */
export interface HeadKernel {
  readonly name: string;
  /** Row buffers of its own that the caller fills before a run: name -> rows. */
  readonly rows: Readonly<Record<string, number>>;
  /** Names of the float32 arguments of `run`. */
  readonly scalars: readonly string[];
  /** Names of sums over samples that the kernel adds to; the caller reads and clears them. */
  readonly statistics: readonly string[];
  /** Part of the program's cache key beside the name: everything that changes the emitted code. */
  readonly key: string;
  emit(fn: FunctionBuilder, at: HeadAddresses): void;
}

/** Where a head kernel finds its rows. */
export interface HeadAddresses {
  readonly outputs: Readonly<Record<string, RowBuffer>>;
  readonly outputGradients: Readonly<Record<string, RowBuffer>>;
  readonly rows: Readonly<Record<string, RowBuffer>>;
  readonly scalars: Readonly<Record<string, Expression<'f32'>>>;
  /** Byte address of four float32 lanes per statistic; add whole vectors, lanes are summed when read. */
  readonly statistics: Readonly<Record<string, number>>;
  /** Samples of the call times 4, a multiple of 32; lanes beyond the caller's samples carry row `weight` = 0 by convention. */
  readonly sampleBytes: Expression<'i32'>;
}

/** What is compiled, and for how many samples. */
export interface CompileOptions {
  /** Named results, in order. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly heads?: readonly HeadKernel[];
  /** Largest number of samples of one call; rounded up to a multiple of 8. Default 64. */
  readonly capacity?: number;
  /** Also compute gradients of the inputs. Default false. */
  readonly inputGradients?: boolean;
  /** `javascript` runs the same kernels with Math.fround, bit-identical and slow: for tests and debugging. */
  readonly backend?: 'wasm' | 'javascript';
  /** Relaxed SIMD multiply-add: faster, last bits depend on the machine; recorded with every result. Default false. */
  readonly relaxed?: boolean;
  /** Where the program lives; the one that lived there is released. Default: one from a pool, back to it on `release`. */
  readonly memory?: ProgramMemory;
  /** Modules compiled before, such as those posted to a worker. Default: one cache per thread. */
  readonly modules?: ModuleCache;
}

/** One run-time call of a head kernel. */
export interface Head {
  readonly rows: Readonly<Record<string, Rows>>;
  /** Up to 8 scalars, in the order of the kernel's names. */
  run(samples: number, ...scalars: number[]): void;
  /** Sums since the last call, in the order of the kernel's names; cleared by reading. `into` receives them. */
  readStatistics(into: Float64Array): void;
}

/**
 * A network compiled for exactly its architecture. Views stay valid for the life of the program. The number of samples
 * of a call is 1 .. capacity; columns up to the next multiple of 8 are computed too: keep their inputs finite and their
 * output gradients zero.
 */
export interface Program {
  readonly capacity: number;
  readonly parameterCount: number;
  /** Flat, in graph order. After writing to it call `parametersChanged`. */
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  /** Adam's moments, for checkpoints. */
  readonly moments: readonly [Float32Array, Float32Array];
  readonly inputs: readonly Rows[];
  readonly outputs: Readonly<Record<string, Rows>>;
  /** The caller's cotangents, one per output. */
  readonly outputGradients: Readonly<Record<string, Rows>>;
  readonly inputGradients: readonly Rows[] | undefined;
  readonly heads: Readonly<Record<string, Head>>;
  /** "wasm", "wasm relaxed" or "javascript". */
  readonly backend: string;
  parametersChanged(): void;
  /** Draws start values in graph order, each parameter from its own fork of `rng`. Clears moments and gradients. */
  initialize(rng: Rng): void;
  /**
   * Computes all outputs, or the named one alone, for players rather than for training: what `backward` needs is then not
   * kept, and up to 4 samples may be computed one by one, without the columns beyond them. The numbers are the same.
   */
  forward(samples: number, output?: string): void;
  /** After `forward` of all outputs with the same samples: adds to the gradients. */
  backward(samples: number): void;
  /** Squared L2 norm of the gradients of the minibatch. */
  gradientNormSquared(): number;
  /**
   * One Adam step (Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1; the caller counts steps and corrects the bias:
   * rate = lr sqrt(1 - b2^t) / (1 - b1^t), epsilon = eps sqrt(1 - b2^t)), b1 = 0.9, b2 = 0.999. Gradients are multiplied by
   * `gradientScale` first and zeroed afterwards. `decay` = lr * weight decay (AdamW, Loshchilov and Hutter 2019).
   */
  adam(rate: number, epsilon: number, gradientScale: number, decay?: number): void;
  zeroGradients(): void;
  /** Random masks of dropout ops for the next forward calls; undefined switches dropout off. */
  setDropout(rng: Rng | undefined): void;
  /** The kernels as text. */
  dump(): string;
  /** Bytes of memory that the program uses. */
  readonly memoryBytes: number;
  /**
   * Gives the memory back. Every later call throws `program-released`; views must not be used any more. Happens by
   * itself when another program is compiled into the same `memory`.
   */
  release(): void;
}
