import { sha256Bytes } from './json.js';
import { cosine, logarithm } from './math.js';

/** Bound once: looking up a global costs more than the product where code runs in a sandbox, as tests do. */
const imul = Math.imul;

/**
 * A forkable stream of random numbers. A child depends on the parent's identity, the purpose and the index alone,
 * never on how much was drawn before: `rng.fork('evaluate', n)` is the same stream in every thread and after every
 * resume.
 *
 * Algorithm: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). The
 * 128-bit identity of a stream gives the 64-bit key and the high half of the counter; the low half counts blocks of
 * four draws. A fork's identity is the first 128 bits of SHA-256 over (parent identity, purpose, index).
 */
export interface Rng {
  /** A stream of its own for one purpose; never use one stream for two loops. */
  fork(purpose: string, index?: number): Rng;
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  float(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Uniform integer in [0, n), unbiased (Lemire 2019, arXiv 1805.10941). `n` in [1, 2^32]. */
  int(n: number): number;
  /** Uniform integer in [low, high], both included. */
  between(low: number, high: number): number;
  /** Standard normal (Box-Muller, bit-identical on every engine). */
  normal(): number;
  /** A uniformly chosen element of a non-empty array. */
  pick<T>(items: readonly T[]): T;
  /** Fisher-Yates in place over the first `length` entries. */
  shuffle(items: Int32Array | unknown[], length?: number): void;
  /** Place in the stream, as JSON: a stream of the same identity restored from it draws the same from here on. */
  save(): RngState;
  restore(state: RngState): void;
}

/** Blocks drawn, low and high word, and draws taken of the last one. */
export type RngState = readonly [low: number, high: number, used: number];

/** The stream of a seed (any safe integer). */
export function createRng(seed: number): Rng {
  return new PhiloxRng(identify(`seed:${seed}`));
}

/** One Philox4x32-10 block: `counter` and `key` are 4 and 2 words; the 4 result words go to `out`. Exported for its published test vectors. */
export function philox4x32(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0]!;
  let c1 = counter[1]!;
  let c2 = counter[2]!;
  let c3 = counter[3]!;
  let k0 = key[0]!;
  let k1 = key[1]!;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** High 32 bits of the product of two unsigned 32-bit integers, as a signed integer. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const low = imul(aLow, bLow) >>> 16;
  const middle = imul(aHigh, bLow) + low;
  const middle2 = imul(aLow, bHigh) + (middle & 0xffff);
  return (imul(aHigh, bHigh) + (middle >>> 16) + (middle2 >>> 16)) | 0;
}

class PhiloxRng implements Rng {
  readonly #identity: Uint32Array;
  readonly #counter: Uint32Array;
  readonly #key: Uint32Array;
  readonly #block = new Uint32Array(4);
  readonly #words = new Int32Array(this.#block.buffer);
  #used = 4;

  constructor(identity: Uint32Array) {
    this.#identity = identity;
    this.#key = identity.slice(0, 2);
    this.#counter = Uint32Array.of(0, 0, identity[2]!, identity[3]!);
  }

  fork(purpose: string, index = 0): Rng {
    return new PhiloxRng(identify(`fork:${this.#identity.join(',')}:${index}:${purpose}`));
  }

  uint32(): number {
    return this.#next() >>> 0;
  }

  /** The next 32 bits as a signed integer: engines hand half of the unsigned ones over as objects on the heap. */
  #next(): number {
    if (this.#used === 4) {
      philox4x32(this.#counter, this.#key, this.#block);
      this.#counter[0]!++;
      if (this.#counter[0] === 0) this.#counter[1]!++;
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  float(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  int(n: number): number {
    if (!(n >= 1 && n <= 0x1_0000_0000 && Number.isInteger(n)))
      throw new RangeError(`int(n) needs 1 <= n <= 2^32, got ${n}`);
    if (n === 0x1_0000_0000) return this.uint32();
    const threshold = (0x1_0000_0000 - n) % n;
    for (;;) {
      const word = this.#next();
      if (imul(word, n) >>> 0 >= threshold) return multiplyHigh(word, n) >>> 0;
    }
  }

  between(low: number, high: number): number {
    return low + this.int(high - low + 1);
  }

  normal(): number {
    const radius = Math.sqrt(-2 * logarithm(1 - this.float()));
    // One of the pair is enough: a stored second value would be hidden state.
    return radius * cosine(2 * Math.PI * this.float());
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)]!;
  }

  shuffle(items: Int32Array | unknown[], length = items.length): void {
    for (let i = length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const item = items[i]!;
      items[i] = items[j]!;
      items[j] = item;
    }
  }

  save(): RngState {
    return [this.#counter[0]!, this.#counter[1]!, this.#used];
  }

  restore([low, high, used]: RngState): void {
    // The counter stands one past the block that is in use.
    this.#counter[0] = low - 1;
    this.#counter[1] = low === 0 ? high - 1 : high;
    philox4x32(this.#counter, this.#key, this.#block);
    this.#counter[0] = low;
    this.#counter[1] = high;
    this.#used = used;
  }
}

function identify(text: string): Uint32Array {
  const hex = sha256Bytes(new TextEncoder().encode(text));
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16));
}
