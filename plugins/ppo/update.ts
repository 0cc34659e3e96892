import type { Head, Program } from '../../compiler/index.js';
import type { Rng, RngState, TrainingState } from '../../core/index.js';
import { Minibatches } from './minibatches.js';
import { Optimiser } from './optimiser.js';
import type { PpoOptions } from './options.js';
import { lossStatistics } from './policy-loss.js';
import type { RolloutBuffer } from './rollout-buffer.js';

/** Means over all samples that the optimiser saw in one update. */
export type LossFigures = Record<(typeof lossStatistics)[number], number>;

const APPROXIMATE_KL = lossStatistics.indexOf('approximateKl');

/** Improves the network on one rollout: epochs of minibatches. Dropout is on during updates alone. */
export class Updater {
  readonly #program: Program;
  readonly #head: Head;
  readonly #options: PpoOptions;
  readonly #buffer: RolloutBuffer;
  readonly #minibatches: Minibatches;
  readonly #optimiser: Optimiser;
  readonly #dropout: Rng;
  readonly #sums = new Float64Array(lossStatistics.length);
  readonly #minibatchSums = new Float64Array(lossStatistics.length);

  constructor(program: Program, buffer: RolloutBuffer, options: PpoOptions, rng: Rng) {
    this.#program = program;
    this.#head = program.heads['ppo']!;
    this.#options = options;
    this.#buffer = buffer;
    this.#minibatches = new Minibatches(buffer, program.inputs[0]!, this.#head, rng.fork('minibatches'));
    this.#optimiser = new Optimiser(program, options);
    this.#dropout = rng.fork('dropout');
  }

  /** What the next update depends on, beside weights and moments. */
  save(): Pick<TrainingState, 'arrays' | 'facts'> {
    return {
      arrays: { order: this.#minibatches.order.slice() },
      facts: {
        adam: this.#optimiser.save(),
        minibatches: this.#minibatches.rng.save(),
        dropout: this.#dropout.save(),
      },
    };
  }

  restore({ arrays, facts }: Pick<TrainingState, 'arrays' | 'facts'>): void {
    // Written by `save` above.
    const { adam, minibatches, dropout } = facts as unknown as {
      adam: [number, number];
      minibatches: RngState;
      dropout: RngState;
    };
    this.#minibatches.order.set(arrays['order']!);
    this.#minibatches.rng.restore(minibatches);
    this.#dropout.restore(dropout);
    this.#optimiser.restore(adam);
  }

  /** Stops early where a minibatch has moved too far from the policy that played (`targetKl`). */
  update(learningRate: number, clipRange: number): LossFigures {
    const { epochs, minibatchSize, targetKl } = this.#options;
    const { size } = this.#buffer;
    let samples = 0;
    this.#sums.fill(0);
    this.#program.setDropout(this.#dropout);
    improving: for (let epoch = 0; epoch < epochs; epoch++) {
      this.#minibatches.shuffle();
      for (let start = 0; start < size; start += minibatchSize) {
        const end = Math.min(size, start + minibatchSize);
        this.#differentiate(start, end, clipRange);
        samples += end - start;
        if (targetKl > 0 && this.#minibatchSums[APPROXIMATE_KL]! / (end - start) > 1.5 * targetKl) {
          this.#program.zeroGradients();
          break improving;
        }
        this.#optimiser.step(learningRate);
      }
    }
    this.#program.setDropout(undefined);
    return {
      policyLoss: this.#sums[0]! / samples,
      valueLoss: this.#sums[1]! / samples,
      entropy: this.#sums[2]! / samples,
      approximateKl: this.#sums[3]! / samples,
      clipFraction: this.#sums[4]! / samples,
    };
  }

  /** Adds the gradients of one minibatch, in chunks that the program can hold. */
  #differentiate(start: number, end: number, clipRange: number): void {
    const program = this.#program;
    const { capacity } = program;
    const { normaliseAdvantage, entropyCoefficient, valueCoefficient, valueClip } = this.#options;
    const scale = 1 / (end - start);
    const valueScale = (valueClip === 'cleanrl' ? 1 : 2) * valueCoefficient * scale;
    if (normaliseAdvantage) this.#minibatches.normalise(start, end);
    for (let chunk = start; chunk < end; chunk += capacity) {
      const chunkEnd = Math.min(end, chunk + capacity);
      this.#minibatches.gather(chunk, chunkEnd);
      program.forward(chunkEnd - chunk);
      this.#head.run(chunkEnd - chunk, clipRange, scale, entropyCoefficient * scale, valueScale);
      program.backward(chunkEnd - chunk);
    }
    this.#head.readStatistics(this.#minibatchSums);
    for (let i = 0; i < this.#sums.length; i++) this.#sums[i]! += this.#minibatchSums[i]!;
  }
}
