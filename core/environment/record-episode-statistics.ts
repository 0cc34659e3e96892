import type { Environment, ResetOptions, ResetResult, StepResult } from './environment.js';
import { PassThrough } from './pass-through.js';
import type { Element, Space } from './space.js';

/**
 * Adds `info.episode` to the last step of an episode, as Gymnasium's wrapper: its return `r`, its length `l` and, where
 * a clock is given, its seconds `t`.
 */
export class RecordEpisodeStatistics<O extends Space = Space, A extends Space = Space> extends PassThrough<O, A> {
  readonly #seconds: (() => number) | undefined;
  #return = 0;
  #length = 0;
  #start = 0;

  /** @param seconds since some fixed moment */
  constructor(environment: Environment<O, A>, seconds?: () => number) {
    super(environment);
    this.#seconds = seconds;
  }

  override reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    const result = super.reset(options);
    this.#return = 0;
    this.#length = 0;
    this.#start = this.#seconds?.() ?? 0;
    return result;
  }

  override step(action: Element<A>): StepResult<O> {
    const result = super.step(action);
    this.#return += result.reward;
    this.#length++;
    if (!result.terminated && !result.truncated) return result;
    const time = this.#seconds === undefined ? {} : { t: this.#seconds() - this.#start };
    return { ...result, info: { ...result.info, episode: { r: this.#return, l: this.#length, ...time } } };
  }

  protected override ownState(): { return: number; length: number } {
    return { return: this.#return, length: this.#length };
  }

  protected override setOwnState(state: { readonly [key: string]: unknown }): void {
    this.#return = Number(state['return']);
    this.#length = Number(state['length']);
  }
}
