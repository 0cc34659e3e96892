import type { JsonObject } from '../json.js';
import type { Environment, ResetOptions, ResetResult, StepResult } from './environment.js';
import { PassThrough } from './pass-through.js';
import type { Element, Space } from './space.js';

/**
 * Truncates an episode after a number of steps, as Gymnasium's TimeLimit: both flags may be set on the last step, and a
 * step after truncation goes on with `truncated` still set.
 */
export class TimeLimit<O extends Space = Space, A extends Space = Space> extends PassThrough<O, A> {
  readonly #maxSteps: number;
  #steps = 0;

  /** @param maxSteps at least 1 */
  constructor(environment: Environment<O, A>, maxSteps: number) {
    super(environment);
    if (!(Number.isInteger(maxSteps) && maxSteps >= 1))
      throw new RangeError(`a time limit needs whole steps >= 1, got ${maxSteps}`);
    this.#maxSteps = maxSteps;
  }

  override reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    const result = super.reset(options);
    this.#steps = 0;
    return result;
  }

  override step(action: Element<A>): StepResult<O> {
    const result = super.step(action);
    this.#steps++;
    return this.#steps < this.#maxSteps || result.truncated ? result : { ...result, truncated: true };
  }

  protected override ownState(): JsonObject {
    return { steps: this.#steps };
  }

  protected override setOwnState(state: JsonObject): void {
    this.#steps = Number(state['steps']);
  }
}
