import type { Program } from '../../compiler/index.js';
import type { PpoOptions } from './options.js';

/** Adam with a bound on the gradient's norm; counts its steps. */
export class Optimiser {
  readonly #program: Program;
  readonly #options: PpoOptions;
  #firstPower = 1;
  #secondPower = 1;

  constructor(program: Program, options: PpoOptions) {
    this.#program = program;
    this.#options = options;
  }

  /** Powers of the decay rates of Adam: how many steps were taken. */
  save(): [number, number] {
    return [this.#firstPower, this.#secondPower];
  }

  restore([first, second]: readonly [number, number]): void {
    this.#firstPower = first;
    this.#secondPower = second;
  }

  /** One step along the gathered gradients, scaled by min(1, max / (norm + 1e-6)) over all parameters. */
  step(learningRate: number): void {
    const { maxGradientNorm, adamEpsilon, weightDecay } = this.#options;
    let scale = 1;
    if (maxGradientNorm > 0) {
      scale = Math.min(1, maxGradientNorm / (Math.sqrt(this.#program.gradientNormSquared()) + 1e-6));
    }
    this.#firstPower *= 0.9;
    this.#secondPower *= 0.999;
    const secondBias = Math.sqrt(1 - this.#secondPower);
    const rate = (learningRate * secondBias) / (1 - this.#firstPower);
    this.#program.adam(rate, adamEpsilon * secondBias, scale, learningRate * weightDecay);
  }
}
