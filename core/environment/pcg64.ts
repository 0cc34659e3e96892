import type { JsonObject } from '../json.js';
import { parseSeed, seedSequence } from './seed-sequence.js';

/** A generator at rest: 128-bit values as decimal text, and the buffered half of a 64-bit draw, or null. */
export interface Pcg64State extends JsonObject {
  readonly state: string;
  readonly increment: string;
  readonly buffered: number | null;
}

// The multiplier 0x2360ed051fc65da44385df649fccf645 in limbs of 24 bits, lowest first.
const M0 = 0xccf645;
const M1 = 0xdf649f;
const M2 = 0xa44385;
const M3 = 0x1fc65d;
const M4 = 0x60ed05;
const M5 = 0x23;
const LIMB = 0x1000000;
const LIMBS = 6;

/**
 * NumPy's default generator, bit for bit: PCG64 with XSL-RR output (O'Neill, "PCG: a family of simple fast
 * space-efficient statistically good algorithms", HMC-CS-2014-0905), seeded by SeedSequence. Environments draw from it
 * so that equal seeds give Gymnasium's episodes; everything else uses `Rng`.
 *
 * 128-bit numbers are six limbs of 24 bits in float64: sums of six products of two limbs stay below 2^53.
 */
export class Pcg64 {
  readonly #state = new Float64Array(LIMBS);
  readonly #increment = new Float64Array(LIMBS);
  /** Low and high word of the last 64-bit draw. */
  readonly #draw = new Int32Array(2);
  /** Half of a 64-bit draw that the next 32-bit draw returns; -1 = none. */
  #buffered = -1;

  /** @throws HqnasError `invalid-seed` */
  constructor(seed: number) {
    this.seed(seed);
  }

  /**
   * Starts the stream of a seed from its beginning.
   * @throws HqnasError `invalid-seed`
   */
  seed(seed: number): void {
    const words = new Int32Array(8);
    seedSequence(parseSeed(seed), words);
    const word = (i: number): bigint => BigInt(words[i]! >>> 0);
    const start = (word(1) << 96n) | (word(0) << 64n) | (word(3) << 32n) | word(2);
    const sequence = (word(5) << 96n) | (word(4) << 64n) | (word(7) << 32n) | word(6);
    const increment = BigInt.asUintN(128, (sequence << 1n) | 1n);
    setLimbs(this.#increment, increment);
    // From state 0 one step gives the increment; the start value is added and stepped once more.
    setLimbs(this.#state, BigInt.asUintN(128, increment + start));
    this.#step();
    this.#buffered = -1;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  random(): number {
    this.#next();
    return ((this.#draw[1]! >>> 0) * 0x200000 + (this.#draw[0]! >>> 11)) * 1.1102230246251565e-16;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** Uniform in [0, 2^32). Every second call is served from the high half of the 64-bit draw before. */
  uint32(): number {
    if (this.#buffered >= 0) {
      const value = this.#buffered;
      this.#buffered = -1;
      return value;
    }
    this.#next();
    this.#buffered = this.#draw[1]! >>> 0;
    return this.#draw[0]! >>> 0;
  }

  /** Uniform integer in [low, high), high - low <= 2^32 (Lemire 2019, arXiv 1805.10941); draws nothing for a single value. */
  integers(low: number, high: number): number {
    const n = high - low;
    if (!(n >= 1 && n <= 0x1_0000_0000))
      throw new RangeError(`integers(low, high) needs 1 <= high - low <= 2^32, got ${n}`);
    if (n === 1) return low;
    if (n === 0x1_0000_0000) return low + this.uint32();
    let word = this.uint32();
    let fraction = Math.imul(word, n) >>> 0;
    if (fraction < n) {
      const threshold = (0x1_0000_0000 - n) % n;
      while (fraction < threshold) {
        word = this.uint32();
        fraction = Math.imul(word, n) >>> 0;
      }
    }
    const lowPart = Math.floor(((word & 0xffff) * n) / 0x10000);
    return low + Math.floor(((word >>> 16) * n + lowPart) / 0x10000);
  }

  save(): Pcg64State {
    return {
      state: fromLimbs(this.#state).toString(),
      increment: fromLimbs(this.#increment).toString(),
      buffered: this.#buffered < 0 ? null : this.#buffered,
    };
  }

  restore({ state, increment, buffered }: Pcg64State): void {
    setLimbs(this.#state, BigInt(state));
    setLimbs(this.#increment, BigInt(increment));
    this.#buffered = buffered ?? -1;
  }

  /** Steps and leaves (high ^ low) rotated right by the top six bits of the state in `#draw`. */
  #next(): void {
    this.#step();
    const limbs = this.#state;
    const l1 = limbs[1]! | 0;
    const l2 = limbs[2]! | 0;
    const top = limbs[4]! | (limbs[5]! << 24);
    const low = limbs[0]! ^ (l1 << 24) ^ (l2 >>> 16) ^ (limbs[3]! << 8);
    const high = (l1 >>> 8) ^ (l2 << 16) ^ top;
    const turn = top >>> 26;
    const swap = turn >= 32;
    const a = swap ? high : low;
    const b = swap ? low : high;
    const shift = turn & 31;
    if (shift === 0) {
      this.#draw[0] = a;
      this.#draw[1] = b;
      return;
    }
    this.#draw[0] = (a >>> shift) | (b << (32 - shift));
    this.#draw[1] = (b >>> shift) | (a << (32 - shift));
  }

  /** state = state * multiplier + increment mod 2^128 */
  #step(): void {
    const state = this.#state;
    const increment = this.#increment;
    const s0 = state[0]!;
    const s1 = state[1]!;
    const s2 = state[2]!;
    const s3 = state[3]!;
    const s4 = state[4]!;
    const s5 = state[5]!;
    const t0 = s0 * M0 + increment[0]!;
    const c0 = Math.floor(t0 / LIMB);
    const t1 = s0 * M1 + s1 * M0 + increment[1]! + c0;
    const c1 = Math.floor(t1 / LIMB);
    const t2 = s0 * M2 + s1 * M1 + s2 * M0 + increment[2]! + c1;
    const c2 = Math.floor(t2 / LIMB);
    const t3 = s0 * M3 + s1 * M2 + s2 * M1 + s3 * M0 + increment[3]! + c2;
    const c3 = Math.floor(t3 / LIMB);
    const t4 = s0 * M4 + s1 * M3 + s2 * M2 + s3 * M1 + s4 * M0 + increment[4]! + c3;
    const c4 = Math.floor(t4 / LIMB);
    const t5 = s0 * M5 + s1 * M4 + s2 * M3 + s3 * M2 + s4 * M1 + s5 * M0 + increment[5]! + c4;
    state[0] = t0 - c0 * LIMB;
    state[1] = t1 - c1 * LIMB;
    state[2] = t2 - c2 * LIMB;
    state[3] = t3 - c3 * LIMB;
    state[4] = t4 - c4 * LIMB;
    state[5] = t5 - Math.floor(t5 / 256) * 256;
  }
}

function setLimbs(limbs: Float64Array, value: bigint): void {
  for (let i = 0; i < LIMBS; i++) limbs[i] = Number((value >> BigInt(24 * i)) & 0xffffffn);
}

function fromLimbs(limbs: Float64Array): bigint {
  let value = 0n;
  for (let i = LIMBS - 1; i >= 0; i--) value = (value << 24n) | BigInt(limbs[i]!);
  return value;
}
