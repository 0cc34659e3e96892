import type { JsonObject } from '../json.js';
import type { Environment, Frame, ResetOptions, ResetResult, StepResult } from './environment.js';
import type { Wrapper } from './order-enforcing.js';
import type { Element, Space } from './space.js';

/**
 * Truncates an episode after a number of steps, as Gymnasium's TimeLimit: both flags may be set on the last step, and a
 * step after truncation goes on with `truncated` still set.
 */
export class TimeLimit<O extends Space, A extends Space> implements Wrapper<O, A> {
  readonly unwrapped: Environment<O, A>;
  readonly observationSpace: O;
  readonly actionSpace: A;
  /** Present where the environment has them. */
  readonly render?: () => Frame;
  readonly save?: () => JsonObject;
  readonly restore?: (state: JsonObject) => void;
  readonly #inner: Environment<O, A>;
  readonly #maxSteps: number;
  #steps = 0;

  /** @param maxSteps at least 1 */
  constructor(environment: Environment<O, A>, maxSteps: number) {
    if (!(Number.isInteger(maxSteps) && maxSteps >= 1))
      throw new RangeError(`a time limit needs whole steps >= 1, got ${maxSteps}`);
    this.#inner = environment;
    this.#maxSteps = maxSteps;
    // A wrapper names the environment that it is around.
    this.unwrapped = 'unwrapped' in environment ? (environment as Wrapper<O, A>).unwrapped : environment;
    this.observationSpace = environment.observationSpace;
    this.actionSpace = environment.actionSpace;
    if (environment.render !== undefined) this.render = () => environment.render!();
    if (environment.save !== undefined && environment.restore !== undefined) {
      this.save = () => ({ steps: this.#steps, environment: environment.save!() });
      this.restore = (state) => {
        // Written by `save` above.
        this.#steps = state['steps'] as number;
        environment.restore!(state['environment'] as JsonObject);
      };
    }
  }

  reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    const result = this.#inner.reset(options);
    this.#steps = 0;
    return result;
  }

  step(action: Element<A>): StepResult<O> {
    const result = this.#inner.step(action);
    this.#steps++;
    return this.#steps < this.#maxSteps || result.truncated ? result : { ...result, truncated: true };
  }

  close(): void {
    this.#inner.close?.();
  }
}
