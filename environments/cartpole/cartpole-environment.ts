import {
  Pcg64,
  box,
  checkAction,
  discrete,
  parseResetBounds,
  type BoxSpace,
  type DiscreteSpace,
  type Environment,
  type JsonObject,
  type Pcg64State,
  type ResetOptions,
  type ResetResult,
  type StepResult,
} from '../../core/index.js';
import { ANGLE_LIMIT, POSITION_LIMIT, STATE_ROWS, advance, type Integrator } from './cartpole-physics.js';

export interface CartPoleOptions {
  /** Reward 0 per step and -1 at the end, instead of 1 per step. */
  readonly sutton_barto_reward: boolean;
  readonly integrator: Integrator;
}

export const observationSpace: BoxSpace = box(
  [-2 * POSITION_LIMIT, -Infinity, -2 * ANGLE_LIMIT, -Infinity],
  [2 * POSITION_LIMIT, Infinity, 2 * ANGLE_LIMIT, Infinity],
);
export const actionSpace: DiscreteSpace = discrete(2);

/** Start values are drawn uniformly between these. */
export const RESET_BOUNDS = { low: -0.05, high: 0.05 };

/** One CartPole without a time limit. */
export class CartPole implements Environment<BoxSpace, DiscreteSpace> {
  readonly observationSpace = observationSpace;
  readonly actionSpace = actionSpace;
  readonly #options: CartPoleOptions;
  readonly #state = new Float64Array(STATE_ROWS);
  #generator: Pcg64 | undefined;
  #terminated = false;

  constructor(options: CartPoleOptions) {
    this.#options = options;
  }

  reset(settings: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<BoxSpace> {
    const { low, high } = parseResetBounds(RESET_BOUNDS, settings.options);
    const generator = this.#seeded(settings.seed);
    for (let row = 0; row < STATE_ROWS; row++) this.#state[row] = generator.uniform(low, high);
    this.#terminated = false;
    return { observation: Float32Array.from(this.#state), info: {} };
  }

  step(action: number): StepResult<BoxSpace> {
    checkAction(actionSpace, action);
    const terminated = advance(this.#state, 0, 1, action === 1, this.#options.integrator);
    // Steps after the terminating one go on, and earn nothing while out of bounds.
    const reward = rewardOf(terminated, this.#terminated, this.#options.sutton_barto_reward);
    this.#terminated ||= terminated;
    return { observation: Float32Array.from(this.#state), reward, terminated, truncated: false, info: {} };
  }

  save(): JsonObject {
    return { state: [...this.#state], terminated: this.#terminated, generator: this.#generator?.save() ?? null };
  }

  restore(saved: JsonObject): void {
    // Written by `save` above.
    const { state, terminated, generator } = saved as {
      state: number[];
      terminated: boolean;
      generator: Pcg64State | null;
    };
    this.#state.set(state);
    this.#terminated = terminated;
    this.#generator = generator === null ? undefined : new Pcg64(0);
    if (generator !== null) this.#generator!.restore(generator);
  }

  #seeded(seed: number | undefined): Pcg64 {
    if (this.#generator === undefined) return (this.#generator = new Pcg64(seed ?? 0));
    if (seed !== undefined) this.#generator.seed(seed);
    return this.#generator;
  }
}

/** Reward of a step; `alreadyTerminated` = the episode had ended before it. */
export function rewardOf(terminated: boolean, alreadyTerminated: boolean, suttonBarto: boolean): number {
  if (suttonBarto) return terminated ? -1 : 0;
  return terminated && alreadyTerminated ? 0 : 1;
}
