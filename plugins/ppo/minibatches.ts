import type { Head } from '../../compiler/index.js';
import type { Rng, Rows } from '../../core/index.js';
import type { RolloutBuffer } from './rollout-buffer.js';

/** Deals the samples of a rollout in random order, and writes them into the program's rows chunk by chunk. */
export class Minibatches {
  readonly #buffer: RolloutBuffer;
  readonly #order: Int32Array;
  readonly #rng: Rng;
  readonly #input: Rows;
  readonly #action: Rows;
  readonly #oldLogProbability: Float32Array;
  readonly #advantage: Float32Array;
  readonly #return: Float32Array;
  readonly #weight: Float32Array;
  readonly #oldValue: Float32Array | undefined;
  #mean = 0;
  #scale = 1;

  constructor(buffer: RolloutBuffer, input: Rows, { rows }: Head, rng: Rng) {
    this.#buffer = buffer;
    this.#order = Int32Array.from({ length: buffer.size }, (_, i) => i);
    this.#rng = rng;
    this.#input = input;
    this.#action = rows['action']!;
    this.#oldLogProbability = rows['oldLogProbability']!.data;
    this.#advantage = rows['advantage']!.data;
    this.#return = rows['return']!.data;
    this.#weight = rows['weight']!.data;
    this.#oldValue = rows['oldValue']?.data;
  }

  /** The order of samples: each epoch deals on from the one before. */
  get order(): Int32Array {
    return this.#order;
  }

  get rng(): Rng {
    return this.#rng;
  }

  shuffle(): void {
    this.#rng.shuffle(this.#order);
  }

  /** From now on advantages are (A - mean) / (deviation + 1e-8) over the given part of the order, deviation with n - 1. */
  normalise(start: number, end: number): void {
    const { advantages } = this.#buffer;
    const count = end - start;
    if (count < 2) {
      this.#mean = 0;
      this.#scale = 1;
      return;
    }
    let sum = 0;
    for (let i = start; i < end; i++) sum += advantages[this.#order[i]!]!;
    const mean = sum / count;
    let squares = 0;
    for (let i = start; i < end; i++) {
      const distance = advantages[this.#order[i]!]! - mean;
      squares += distance * distance;
    }
    this.#mean = mean;
    this.#scale = 1 / (Math.sqrt(squares / (count - 1)) + 1e-8);
  }

  /** Writes the samples `start` .. `end` of the order to columns 0 ..; weights beyond them become 0. */
  gather(start: number, end: number): void {
    const { observations, observationRows, actions, actionRows } = this.#buffer;
    const { logProbabilities, advantages, returns, values } = this.#buffer;
    const { data, stride } = this.#input;
    const { data: taken, stride: takenStride } = this.#action;
    const count = end - start;
    for (let column = 0; column < count; column++) {
      const sample = this.#order[start + column]!;
      const from = sample * observationRows;
      for (let row = 0; row < observationRows; row++) data[row * stride + column] = observations[from + row]!;
      const action = sample * actionRows;
      for (let row = 0; row < actionRows; row++) taken[row * takenStride + column] = actions[action + row]!;
      this.#oldLogProbability[column] = logProbabilities[sample]!;
      this.#advantage[column] = (advantages[sample]! - this.#mean) * this.#scale;
      this.#return[column] = returns[sample]!;
      this.#weight[column] = 1;
      if (this.#oldValue !== undefined) this.#oldValue[column] = values[sample]!;
    }
    // The program computes whole groups of eight.
    for (let column = count; column % 8 !== 0; column++) this.#weight[column] = 0;
  }
}
