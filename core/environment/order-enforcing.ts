import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Environment, Frame, ResetOptions, ResetResult, StepResult } from './environment.js';
import type { Element, Space } from './space.js';

/** An environment around another one. */
export interface Wrapper<O extends Space, A extends Space> extends Environment<O, A> {
  /** The innermost environment. */
  readonly unwrapped: Environment<O, A>;
}

/** Refuses to step or render before the first reset, as Gymnasium's OrderEnforcing. */
export class OrderEnforcing<O extends Space, A extends Space> implements Wrapper<O, A> {
  readonly unwrapped: Environment<O, A>;
  readonly observationSpace: O;
  readonly actionSpace: A;
  /** Present where the environment has them. */
  readonly render?: () => Frame;
  readonly save?: () => JsonObject;
  readonly restore?: (state: JsonObject) => void;
  #started = false;

  constructor(environment: Environment<O, A>) {
    this.unwrapped = environment;
    this.observationSpace = environment.observationSpace;
    this.actionSpace = environment.actionSpace;
    if (environment.render !== undefined) {
      this.render = () => {
        if (!this.#started) throw resetNeeded('render');
        return environment.render!();
      };
    }
    if (environment.save !== undefined && environment.restore !== undefined) {
      this.save = () => ({ started: this.#started, environment: environment.save!() });
      this.restore = (state) => {
        // Written by `save` above.
        this.#started = state['started'] as boolean;
        environment.restore!(state['environment'] as JsonObject);
      };
    }
  }

  reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    const result = this.unwrapped.reset(options);
    this.#started = true;
    return result;
  }

  /** @throws HqnasError `reset-needed` */
  step(action: Element<A>): StepResult<O> {
    if (!this.#started) throw resetNeeded('step');
    return this.unwrapped.step(action);
  }

  close(): void {
    this.unwrapped.close?.();
  }
}

function resetNeeded(call: string): HqnasError {
  return new HqnasError({
    code: 'reset-needed',
    what: `${call}() was called before the first reset()`,
    remedy: 'Call reset() first.',
  });
}
