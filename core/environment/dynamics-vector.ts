import type { JsonObject } from '../json.js';
import type { Rows } from '../rows.js';
import { laneFinished, type Autoreset } from './autoreset.js';
import type { Dynamics, LaneStep } from './dynamics.js';
import { Pcg64, type Pcg64State } from './pcg64.js';
import { checkResetMask } from './reset-mask.js';
import { checkAction, type Space } from './space.js';
import type { StepBuffers, VectorEnvironment } from './vector-environment.js';

export interface DynamicsVectorOptions {
  readonly count: number;
  /** Undefined = no limit. */
  readonly maxEpisodeSteps?: number | undefined;
  /** Default: `same-step`. */
  readonly autoreset?: Autoreset | undefined;
}

/** Many lanes of dynamics in one array, each with its own random stream; same numbers as lifted single environments. */
export class DynamicsVector implements VectorEnvironment {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly count: number;
  readonly autoreset: Autoreset;
  readonly #dynamics: Dynamics;
  readonly #maxEpisodeSteps: number;
  readonly #generators: readonly Pcg64[];
  /** [row][lane] */
  readonly #state: Float64Array;
  readonly #steps: Int32Array;
  /** 1 for a lane that must be reset before it can go on. */
  readonly #finished: Uint8Array;
  #anyFinished = false;
  readonly #reset: unknown;
  /** What `advance` gets; one object for all steps, its members replaced before every use. */
  readonly #laneStep: { -readonly [K in keyof LaneStep]: LaneStep[K] } = {
    actions: { data: new Float32Array(0), stride: 0, rows: 0 },
    rewards: new Float64Array(0),
    terminated: new Uint8Array(0),
  };

  constructor(dynamics: Dynamics, { count, maxEpisodeSteps, autoreset = 'same-step' }: DynamicsVectorOptions) {
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.count = count;
    this.autoreset = autoreset;
    this.#dynamics = dynamics;
    this.#maxEpisodeSteps = maxEpisodeSteps ?? Infinity;
    this.#generators = Array.from({ length: count }, () => new Pcg64(0));
    this.#state = new Float64Array(dynamics.stateRows * count);
    this.#steps = new Int32Array(count);
    this.#finished = new Uint8Array(count);
    this.#reset = dynamics.readReset();
  }

  reset(observations: Rows, seeds?: ArrayLike<number>, mask?: Uint8Array): void {
    if (mask !== undefined) checkResetMask(mask, this.count);
    for (let lane = 0; lane < this.count; lane++) {
      if (mask?.[lane] === 0) continue;
      if (seeds !== undefined) this.#generators[lane]!.seed(seeds[lane]!);
      this.#restart(lane);
      this.#dynamics.observe(this.#state, this.count, lane, lane + 1, observations);
    }
    this.#anyFinished = this.#finished.includes(1);
  }

  step(actions: Rows, buffers: StepBuffers): void {
    const { count } = this;
    const { rewards, terminated, truncated, observations, finalObservations } = buffers;
    this.#checkActions(actions);
    if (this.#anyFinished) this.#advanceSome(actions, rewards, terminated);
    else {
      const step = this.#laneStep;
      step.actions = actions;
      step.rewards = rewards;
      step.terminated = terminated;
      this.#dynamics.advance(this.#state, count, 0, count, step, this.#generators);
    }
    const sameStep = this.autoreset === 'same-step';
    const steps = this.#steps;
    const limit = this.#maxEpisodeSteps;
    for (let lane = 0; lane < count; lane++) {
      const cut = ++steps[lane]! >= limit ? 1 : 0;
      truncated[lane] = cut;
      if ((terminated[lane]! | cut) === 0) continue;
      if (sameStep) {
        this.#dynamics.observe(this.#state, count, lane, lane + 1, finalObservations);
        this.#restart(lane);
      } else {
        this.#finished[lane] = 1;
        this.#anyFinished = true;
      }
    }
    this.#dynamics.observe(this.#state, count, 0, count, observations);
  }

  save(): JsonObject {
    return {
      state: [...this.#state],
      steps: [...this.#steps],
      finished: [...this.#finished],
      generators: this.#generators.map((generator) => generator.save() as unknown as JsonObject), // plain data
    };
  }

  restore(saved: JsonObject): void {
    // Written by `save` above.
    const { state, steps, finished, generators } = saved as unknown as {
      state: number[];
      steps: number[];
      finished: number[];
      generators: Pcg64State[];
    };
    this.#state.set(state);
    this.#steps.set(steps);
    this.#finished.set(finished);
    this.#anyFinished = this.#finished.includes(1);
    generators.forEach((generator, lane) => this.#generators[lane]!.restore(generator));
  }

  /** With finished lanes among them: resets those (their step count becomes 0 after this step), advances the others. */
  #advanceSome(actions: Rows, rewards: Float64Array, terminated: Uint8Array): void {
    const finished = this.#finished;
    if (this.autoreset === 'disabled') throw laneFinished(finished.indexOf(1));
    const step = { actions, rewards, terminated };
    for (let lane = 0; lane < this.count; lane++) {
      if (finished[lane] === 0) {
        this.#dynamics.advance(this.#state, this.count, lane, lane + 1, step, this.#generators);
        continue;
      }
      this.#restart(lane);
      this.#steps[lane] = -1;
      rewards[lane] = 0;
      terminated[lane] = 0;
    }
    this.#anyFinished = false;
  }

  #checkActions({ data }: Rows): void {
    const { actionSpace } = this;
    if (actionSpace.kind !== 'discrete') return;
    const { start } = actionSpace;
    const last = start + actionSpace.n - 1;
    for (let lane = 0; lane < this.count; lane++) {
      const action = data[lane]!;
      if (action >= start && action <= last && action === Math.floor(action)) continue;
      // The action that a finished lane ignores may be anything.
      if (this.#finished[lane] === 0) checkAction(actionSpace, action);
    }
  }

  #restart(lane: number): void {
    this.#dynamics.start(this.#state, this.count, lane, this.#generators[lane]!, this.#reset);
    this.#steps[lane] = 0;
    this.#finished[lane] = 0;
  }
}
