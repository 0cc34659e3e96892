import type { JsonObject } from '../json.js';
import { createRows, type Rows } from '../rows.js';
import type { Environment, ResetOptions, ResetResult, StepResult } from './environment.js';
import { PassThrough } from './pass-through.js';
import { rowsOf, type Element, type Space } from './space.js';
import type { LaneWrapper } from './wrapper-kind.js';

/** A single environment with one lane of a wrapper around it. */
export class WrappedEnvironment extends PassThrough {
  readonly #wrapper: LaneWrapper;
  readonly #seen: Rows;
  readonly #actions: Rows;
  readonly #innerActions: Rows;
  #rawReward = 0;

  constructor(inner: Environment, wrapper: LaneWrapper) {
    super(inner, wrapper.observationSpace, wrapper.actionSpace);
    this.#wrapper = wrapper;
    this.#seen = createRows(rowsOf(inner.observationSpace), 1);
    this.#actions = createRows(rowsOf(this.actionSpace), 1);
    this.#innerActions = createRows(rowsOf(inner.actionSpace), 1);
  }

  override reset(options: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<Space> {
    const result = this.inner.reset(options);
    if (options.seed !== undefined) this.#wrapper.seed?.(0, options.seed);
    return { ...result, observation: this.#turned(result.observation, this.#wrapper.start, true) };
  }

  override step(action: Element<Space>): StepResult<Space> {
    const result = this.inner.step(this.#wrapper.act === undefined ? action : this.#acted(action));
    this.#rawReward = this.inner instanceof WrappedEnvironment ? this.inner.rawReward : result.reward;
    const done = result.terminated || result.truncated;
    const observation = this.#turned(result.observation, this.#wrapper.next, !done);
    this.#wrapper.earn?.(0, result.reward, done);
    return { ...result, observation, reward: this.#wrapper.reward?.(0, result.reward, done) ?? result.reward };
  }

  /** Reward of the last step before any wrapper made something of it. */
  get rawReward(): number {
    return this.#rawReward;
  }

  /** Takes over what a `WrappedVector` of the same wrappers learned, and keeps it as it is. */
  freezeStatistics(statistics: JsonObject): void {
    const inner = this.inner instanceof WrappedEnvironment ? this.inner : undefined;
    if (this.#wrapper.statistics === undefined) {
      inner?.freezeStatistics(statistics);
      return;
    }
    // Written by `WrappedVector.saveStatistics`.
    const learned = statistics as { own: JsonObject; inner?: JsonObject };
    this.#wrapper.freeze?.(learned.own);
    if (learned.inner !== undefined) inner?.freezeStatistics(learned.inner);
  }

  protected override ownState(): JsonObject {
    return { wrapper: this.#wrapper.save?.() ?? {} };
  }

  protected override setOwnState(state: JsonObject): void {
    this.#wrapper.restore?.(state['wrapper'] as JsonObject); // written by `ownState`
  }

  /** @param seen whether an agent will act on it */
  #turned(observation: Element<Space>, turn: LaneWrapper['next'], seen: boolean): Element<Space> {
    if (turn === undefined) return observation;
    write(this.#seen, observation);
    if (seen) this.#wrapper.see?.(0, this.#seen);
    const into = createRows(rowsOf(this.observationSpace), 1);
    turn.call(this.#wrapper, 0, this.#seen, into);
    return this.observationSpace.kind === 'discrete' ? into.data[0]! : into.data;
  }

  #acted(action: Element<Space>): Element<Space> {
    // What is no action goes on to the environment, which refuses it.
    if (!fits(this.actionSpace, action)) return action;
    write(this.#actions, action);
    this.#wrapper.act!(0, this.#actions, this.#innerActions);
    const { data } = this.#innerActions;
    return this.inner.actionSpace.kind === 'discrete' ? data[0]! : data.slice();
  }
}

function fits(space: Space, action: unknown): boolean {
  return space.kind === 'discrete'
    ? typeof action === 'number'
    : action instanceof Float32Array && action.length === space.low.length;
}

function write({ data }: Rows, value: Element<Space>): void {
  if (typeof value === 'number') data[0] = value;
  else data.set(value);
}
