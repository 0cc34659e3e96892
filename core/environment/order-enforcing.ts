import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Environment, ResetOptions, ResetResult, StepResult } from './environment.js';
import { PassThrough } from './pass-through.js';
import { rasterise } from './render/rasterise.js';
import type { Element, Space } from './space.js';

/** Refuses to step or render before the first reset, as Gymnasium's OrderEnforcing; makes pixels of what is drawn. */
export class OrderEnforcing<O extends Space = Space, A extends Space = Space> extends PassThrough<O, A> {
  #started = false;

  constructor(environment: Environment<O, A>) {
    super(environment);
    const { render, draw } = environment;
    if (render !== undefined || draw !== undefined) {
      this.render = () => {
        this.#require('render');
        return environment.render?.() ?? rasterise(environment.draw!());
      };
    }
  }

  override reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    const result = super.reset(options);
    this.#started = true;
    return result;
  }

  /** @throws HqnasError `reset-needed` */
  override step(action: Element<A>): StepResult<O> {
    if (!this.#started) this.#require('step');
    return super.step(action);
  }

  protected override ownState(): JsonObject {
    return { started: this.#started };
  }

  protected override setOwnState(state: JsonObject): void {
    this.#started = state['started'] === true;
  }

  protected override beforePicture(): void {
    this.#require('draw');
  }

  #require(call: string): void {
    if (this.#started) return;
    throw new HqnasError({
      code: 'reset-needed',
      what: `${call}() was called before the first reset()`,
      remedy: 'Call reset() first.',
    });
  }
}
