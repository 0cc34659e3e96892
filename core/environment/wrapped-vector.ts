import type { JsonObject } from '../json.js';
import { createRows, type Rows } from '../rows.js';
import type { Autoreset } from './autoreset.js';
import { rowsOf, type Space } from './space.js';
import type { StepBuffers, VectorEnvironment } from './vector-environment.js';
import type { LaneWrapper } from './wrapper-kind.js';

/** A vector environment with a wrapper around it; allocates nothing per step. */
export class WrappedVector implements VectorEnvironment {
  readonly count: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly autoreset: Autoreset;
  /** Rewards of the last step as the environment gave them. */
  readonly rawRewards: Float64Array;
  readonly #inner: VectorEnvironment;
  readonly #wrapper: LaneWrapper;
  readonly #innerActions: Rows;
  /** What the inner vector writes into; observations of its own where they are turned. */
  readonly #inside: { -readonly [K in keyof StepBuffers]: StepBuffers[K] };
  /** 1 for a lane that the inner vector will reset at its next step. */
  readonly #finished: Uint8Array;

  constructor(inner: VectorEnvironment, wrapper: LaneWrapper) {
    this.count = inner.count;
    this.observationSpace = wrapper.observationSpace ?? inner.observationSpace;
    this.actionSpace = wrapper.actionSpace ?? inner.actionSpace;
    this.autoreset = inner.autoreset ?? 'same-step';
    this.rawRewards = inner.rawRewards ?? new Float64Array(inner.count);
    this.#inner = inner;
    this.#wrapper = wrapper;
    this.#innerActions = createRows(rowsOf(inner.actionSpace), inner.count);
    const rows = rowsOf(inner.observationSpace);
    this.#inside = {
      observations: createRows(rows, inner.count),
      finalObservations: createRows(rows, inner.count),
      rewards: new Float64Array(0),
      terminated: new Uint8Array(0),
      truncated: new Uint8Array(0),
    };
    this.#finished = new Uint8Array(inner.count);
  }

  reset(observations: Rows, seeds?: ArrayLike<number>, mask?: Uint8Array): void {
    const wrapper = this.#wrapper;
    const turns = wrapper.start !== undefined;
    this.#inner.reset(turns ? this.#inside.observations : observations, seeds, mask);
    for (let lane = 0; lane < this.count; lane++) {
      if (mask?.[lane] === 0) continue;
      this.#finished[lane] = 0;
      if (seeds !== undefined) wrapper.seed?.(lane, seeds[lane]!);
      wrapper.see?.(lane, this.#inside.observations);
    }
    if (!turns) return;
    for (let lane = 0; lane < this.count; lane++) {
      if (mask?.[lane] !== 0) wrapper.start!(lane, this.#inside.observations, observations);
    }
  }

  step(actions: Rows, buffers: StepBuffers): void {
    const wrapper = this.#wrapper;
    const { rewards, terminated, truncated } = buffers;
    const innerActions = wrapper.act === undefined ? actions : this.#innerActions;
    if (wrapper.act !== undefined) {
      for (let lane = 0; lane < this.count; lane++) {
        // Whoever is reset takes no action: none is seen, and no random number drawn for it.
        if (this.#finished[lane] === 0) wrapper.act(lane, actions, innerActions);
      }
    }
    if (wrapper.next === undefined) this.#inner.step(innerActions, buffers);
    else {
      const inside = this.#inside;
      inside.rewards = rewards;
      inside.terminated = terminated;
      inside.truncated = truncated;
      this.#inner.step(innerActions, inside);
      this.#turn(buffers);
    }
    if (this.#inner.rawRewards === undefined) {
      for (let lane = 0; lane < this.count; lane++) this.rawRewards[lane] = rewards[lane]!;
    }
    this.#turnRewards(buffers);
    for (let lane = 0; lane < this.count; lane++) {
      const done = terminated[lane] === 1 || truncated[lane] === 1;
      this.#finished[lane] = done && this.autoreset === 'next-step' ? 1 : 0;
    }
  }

  saveStatistics(): JsonObject | undefined {
    const own = this.#wrapper.statistics?.();
    const inner = this.#inner.saveStatistics?.();
    if (own === undefined) return inner;
    return inner === undefined ? { own } : { own, inner };
  }

  freezeStatistics(statistics: JsonObject): void {
    if (this.#wrapper.statistics === undefined) {
      this.#inner.freezeStatistics?.(statistics);
      return;
    }
    // Written by `saveStatistics` above.
    const { own, inner } = statistics as { own: JsonObject; inner?: JsonObject };
    this.#wrapper.freeze?.(own);
    if (inner !== undefined) this.#inner.freezeStatistics?.(inner);
  }

  save(): JsonObject | undefined {
    const inner = this.#inner.save?.();
    if (inner === undefined) return undefined;
    return { inner, wrapper: this.#wrapper.save?.() ?? {}, finished: [...this.#finished] };
  }

  restore(state: JsonObject): void {
    // Written by `save` above.
    const { inner, wrapper, finished } = state as { inner: JsonObject; wrapper: JsonObject; finished: number[] };
    this.#inner.restore?.(inner);
    this.#wrapper.restore?.(wrapper);
    this.#finished.set(finished);
  }

  close(): void {
    this.#inner.close?.();
  }

  /** Last observations of episodes first: what comes after them is not seen yet. */
  #turn({ observations, finalObservations, terminated, truncated }: StepBuffers): void {
    const wrapper = this.#wrapper;
    const inside = this.#inside;
    const sameStep = this.autoreset === 'same-step';
    for (let lane = 0; lane < this.count; lane++) {
      if (terminated[lane] === 0 && truncated[lane] === 0) continue;
      if (sameStep) wrapper.next!(lane, inside.finalObservations, finalObservations);
      else wrapper.next!(lane, inside.observations, observations);
    }
    if (wrapper.see !== undefined) {
      for (let lane = 0; lane < this.count; lane++) {
        if (sameStep || (terminated[lane] === 0 && truncated[lane] === 0)) wrapper.see(lane, inside.observations);
      }
    }
    for (let lane = 0; lane < this.count; lane++) {
      const ended = terminated[lane] === 1 || truncated[lane] === 1;
      if (ended && !sameStep) continue;
      if (ended || this.#finished[lane] === 1) wrapper.start!(lane, inside.observations, observations);
      else wrapper.next!(lane, inside.observations, observations);
    }
  }

  /** A step that only resets a lane has no reward. */
  #turnRewards({ rewards, terminated, truncated }: StepBuffers): void {
    const wrapper = this.#wrapper;
    if (wrapper.earn !== undefined) {
      for (let lane = 0; lane < this.count; lane++) {
        const done = terminated[lane] === 1 || truncated[lane] === 1;
        if (this.#finished[lane] === 0) wrapper.earn(lane, rewards[lane]!, done);
      }
    }
    if (wrapper.reward === undefined) return;
    for (let lane = 0; lane < this.count; lane++) {
      const done = terminated[lane] === 1 || truncated[lane] === 1;
      if (this.#finished[lane] === 0) rewards[lane] = wrapper.reward(lane, rewards[lane]!, done);
    }
  }
}
