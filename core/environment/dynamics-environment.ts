import type { JsonObject } from '../json.js';
import { createRows, type Rows } from '../rows.js';
import type { Dynamics, LaneStep } from './dynamics.js';
import type { Environment, ResetOptions, ResetResult, StepResult } from './environment.js';
import { Pcg64, type Pcg64State } from './pcg64.js';
import type { Scene } from './render/scene.js';
import { checkAction, rowsOf, type Space } from './space.js';

/** One lane of dynamics as an environment, without a time limit. Before the first seed it is at the start of stream 0. */
export class DynamicsEnvironment implements Environment {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Present where the dynamics have it. */
  readonly draw?: () => Scene;
  readonly #dynamics: Dynamics;
  readonly #state: Float64Array;
  readonly #generator = new Pcg64(0);
  readonly #generators = [this.#generator];
  readonly #step: LaneStep;
  readonly #discrete: boolean;
  readonly #rows: number;

  constructor(dynamics: Dynamics) {
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.#dynamics = dynamics;
    this.#discrete = dynamics.actionSpace.kind === 'discrete';
    this.#rows = rowsOf(dynamics.observationSpace);
    this.#state = new Float64Array(dynamics.stateRows);
    this.#step = {
      actions: createRows(rowsOf(dynamics.actionSpace), 1),
      rewards: new Float64Array(1),
      terminated: new Uint8Array(1),
    };
    if (dynamics.draw !== undefined) this.draw = () => dynamics.draw!(this.#state);
  }

  reset(settings: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<Space> {
    const reset = this.#dynamics.readReset(settings.options);
    if (settings.seed !== undefined) this.#generator.seed(settings.seed);
    this.#dynamics.start(this.#state, 1, 0, this.#generator, reset);
    return { observation: this.#observe(), info: this.#info() };
  }

  step(action: number | Float32Array): StepResult<Space> {
    checkAction(this.actionSpace, action);
    const { actions, rewards, terminated } = this.#step;
    // Checked against the action space just above.
    if (this.#discrete) actions.data[0] = action as number;
    else actions.data.set(action as Float32Array);
    this.#dynamics.advance(this.#state, 1, 0, 1, this.#step, this.#generators);
    return {
      observation: this.#observe(),
      reward: rewards[0]!,
      terminated: terminated[0] === 1,
      truncated: false,
      info: this.#info(),
    };
  }

  save(): JsonObject {
    return { state: [...this.#state], generator: this.#generator.save() };
  }

  restore(saved: JsonObject): void {
    // Written by `save` above.
    const { state, generator } = saved as { state: number[]; generator: Pcg64State };
    this.#state.set(state);
    this.#generator.restore(generator);
  }

  #observe(): number | Float32Array {
    const data = new Float32Array(this.#rows);
    const into: Rows = { data, stride: 1, rows: this.#rows };
    this.#dynamics.observe(this.#state, 1, 0, 1, into);
    return this.observationSpace.kind === 'discrete' ? data[0]! : data;
  }

  #info(): JsonObject {
    return this.#dynamics.info?.(this.#state) ?? {};
  }
}
