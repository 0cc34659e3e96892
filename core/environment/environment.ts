import type { Domains, ValuesOf } from '../domain.js';
import type { JsonObject } from '../json.js';
import type { Registered } from '../registry.js';
import type { Autoreset } from './autoreset.js';
import type { Scene } from './render/scene.js';
import type { Element, Space } from './space.js';
import type { VectorEnvironment } from './vector-environment.js';

/** Bounds or start values of a reset; which ones an environment knows stands in its manual page. */
export type ResetOptions = JsonObject;

/** The start of an episode. */
export interface ResetResult<O extends Space> {
  /** A fresh array, or the caller's to keep: never the live state. */
  readonly observation: Element<O>;
  readonly info: JsonObject;
}

/** What one action led to. */
export interface StepResult<O extends Space> {
  readonly observation: Element<O>;
  readonly reward: number;
  /** The task itself ended (no bootstrap value). */
  readonly terminated: boolean;
  /** The episode was cut, for example by a time limit (bootstrap from the observation). */
  readonly truncated: boolean;
  readonly info: JsonObject;
}

/** Pixels in row-major RGB, 3 bytes each. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The five facts of Gymnasium, named. Equal seeds give equal episodes, bit for bit; a reset without a seed continues the stream. */
export interface Environment<O extends Space = Space, A extends Space = Space> {
  readonly observationSpace: O;
  readonly actionSpace: A;
  /** @throws HqnasError `invalid-seed`, `invalid-reset-option` */
  reset(options?: { readonly seed?: number; readonly options?: ResetOptions }): ResetResult<O>;
  /** @throws HqnasError `reset-needed`, `invalid-action` */
  step(action: Element<A>): StepResult<O>;
  /** Picture of the current state as shapes; `render` follows from it. */
  draw?(): Scene;
  /** Pixels of the current state; only for environments that cannot `draw`. */
  render?(): Frame;
  /** State of episode and random stream as JSON: an environment restored from it continues exactly alike. */
  save?(): JsonObject;
  restore?(state: JsonObject): void;
  /** May be called twice. */
  close?(): void;
}

/** An environment around another one. */
export interface Wrapper<O extends Space = Space, A extends Space = Space> extends Environment<O, A> {
  /** The innermost environment. */
  readonly unwrapped: Environment;
}

/** A registered environment: how to make one, and what is known about it. */
export interface EnvironmentKind<D extends Domains = Domains> extends Registered {
  /** Gymnasium's id, where it has one. */
  readonly gymnasiumId?: string;
  readonly options: D;
  /** Steps after which an episode is truncated; undefined = never. The time limit is a wrapper, outside `make`. */
  readonly maxEpisodeSteps?: number;
  /** Mean return that counts as solved. */
  readonly rewardThreshold?: number;
  /** What a step after the terminating one does: the simulation goes on, or nothing is promised (the default). */
  readonly afterTermination?: 'continues' | 'undefined';
  /** Options of `reset` with their defaults. */
  readonly resetOptions?: Readonly<Record<string, number>>;
  make(options: ValuesOf<D>): Environment;
  /**
   * A native batch form with the time limit inside; without it `make` is lifted, and so it is where the batch form has
   * another autoreset mode than the one asked for.
   */
  makeVector?(
    count: number,
    options: ValuesOf<D>,
    maxEpisodeSteps: number | undefined,
    autoreset: Autoreset,
  ): VectorEnvironment;
  /** Frames per second of recordings; default 30. */
  readonly framesPerSecond?: number;
  /** Wrappers around every environment of this kind, outside the time limit. */
  wrap?(environment: Wrapper): Wrapper;
  /** The same around a vector; without it, wrapped environments are lifted. */
  wrapVector?(vector: VectorEnvironment): VectorEnvironment;
}

/** Gives an environment kind its types. */
export function defineEnvironment<const D extends Domains>(kind: EnvironmentKind<D>): EnvironmentKind {
  return kind;
}
