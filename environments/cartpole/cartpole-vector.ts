import { Pcg64, checkAction, type Rows, type StepBuffers, type VectorEnvironment } from '../../core/index.js';
import { RESET_BOUNDS, actionSpace, observationSpace, rewardOf, type CartPoleOptions } from './cartpole-environment.js';
import { STATE_ROWS, advance } from './cartpole-physics.js';

/** Many carts in one array, each with its own random stream; same numbers as lifted scalar environments. */
export class CartPoleVector implements VectorEnvironment {
  readonly observationSpace = observationSpace;
  readonly actionSpace = actionSpace;
  readonly count: number;
  readonly #options: CartPoleOptions;
  readonly #maxEpisodeSteps: number;
  readonly #generators: readonly Pcg64[];
  /** [row][lane] */
  readonly #state: Float64Array;
  readonly #steps: Int32Array;

  constructor(count: number, options: CartPoleOptions, maxEpisodeSteps = Infinity) {
    this.count = count;
    this.#options = options;
    this.#maxEpisodeSteps = maxEpisodeSteps;
    this.#generators = Array.from({ length: count }, () => new Pcg64(0));
    this.#state = new Float64Array(STATE_ROWS * count);
    this.#steps = new Int32Array(count);
  }

  reset(observations: Rows, seeds?: ArrayLike<number>): void {
    for (let lane = 0; lane < this.count; lane++) {
      if (seeds !== undefined) this.#generators[lane]!.seed(seeds[lane]!);
      this.#restart(lane);
      this.#write(observations, lane);
    }
  }

  step({ data: actions }: Rows, buffers: StepBuffers): void {
    const { count } = this;
    const { sutton_barto_reward: suttonBarto, integrator } = this.#options;
    const { rewards, terminated, truncated, observations, finalObservations } = buffers;
    const state = this.#state;
    for (let lane = 0; lane < count; lane++) {
      const action = actions[lane]!;
      if (action !== 0 && action !== 1) checkAction(actionSpace, action);
      const ended = advance(state, lane, count, action === 1, integrator);
      const cut = ++this.#steps[lane]! >= this.#maxEpisodeSteps;
      rewards[lane] = rewardOf(ended, false, suttonBarto);
      terminated[lane] = ended ? 1 : 0;
      truncated[lane] = cut ? 1 : 0;
      if (ended || cut) {
        this.#write(finalObservations, lane);
        this.#restart(lane);
      }
      this.#write(observations, lane);
    }
  }

  #restart(lane: number): void {
    const generator = this.#generators[lane]!;
    for (let row = 0; row < STATE_ROWS; row++) {
      this.#state[row * this.count + lane] = generator.uniform(RESET_BOUNDS.low, RESET_BOUNDS.high);
    }
    this.#steps[lane] = 0;
  }

  #write({ data, stride }: Rows, lane: number): void {
    const state = this.#state;
    const count = this.count;
    data[lane] = state[lane]!;
    data[stride + lane] = state[count + lane]!;
    data[2 * stride + lane] = state[2 * count + lane]!;
    data[3 * stride + lane] = state[3 * count + lane]!;
  }
}
