import type { JsonObject } from '../json.js';
import type { Environment, Frame, ResetOptions, ResetResult, StepResult, Wrapper } from './environment.js';
import type { Scene } from './render/scene.js';
import type { Element, Space } from './space.js';

/**
 * A wrapper that changes nothing: what others override a part of. Pictures and saved state are passed on where the inner
 * environment has them.
 */
export class PassThrough<O extends Space = Space, A extends Space = Space> implements Wrapper<O, A> {
  readonly unwrapped: Environment;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly draw?: () => Scene;
  render?: () => Frame;
  readonly save?: () => JsonObject;
  readonly restore?: (state: JsonObject) => void;
  protected readonly inner: Environment;

  constructor(inner: Environment, observationSpace?: O, actionSpace?: A) {
    this.inner = inner;
    // A wrapper names the environment that it is around.
    this.unwrapped = 'unwrapped' in inner ? (inner as Wrapper).unwrapped : inner;
    // Whoever wraps without naming spaces keeps those of the inner environment.
    this.observationSpace = observationSpace ?? (inner.observationSpace as O);
    this.actionSpace = actionSpace ?? (inner.actionSpace as A);
    if (inner.draw !== undefined) {
      this.draw = () => {
        this.beforePicture();
        return inner.draw!();
      };
    }
    if (inner.render !== undefined) {
      this.render = () => {
        this.beforePicture();
        return inner.render!();
      };
    }
    if (inner.save !== undefined && inner.restore !== undefined) {
      this.save = () => ({ ...this.ownState(), environment: inner.save!() });
      this.restore = (state) => {
        this.setOwnState(state);
        inner.restore!(state['environment'] as JsonObject); // written by `save` above
      };
    }
  }

  reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O> {
    return this.inner.reset(options); // the same space, unless overridden
  }

  step(action: Element<A>): StepResult<O> {
    return this.inner.step(action); // the same space, unless overridden
  }

  close(): void {
    this.inner.close?.();
  }

  /** What this wrapper itself remembers between steps, as JSON; not under the key `environment`. */
  protected ownState(): JsonObject {
    return {};
  }

  /** Takes back what `ownState` gave. */
  protected setOwnState(_state: JsonObject): void {}

  protected beforePicture(): void {}
}
