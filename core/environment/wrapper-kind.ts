import type { Domains, ValuesOf } from '../domain.js';
import type { JsonObject } from '../json.js';
import type { Registered } from '../registry.js';
import type { Rows } from '../rows.js';
import type { EnvironmentKind } from './environment.js';
import type { Space } from './space.js';

/** What a wrapper is put around. */
export interface WrapperContext {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Environments side by side; 1 for a single one. */
  readonly lanes: number;
}

/**
 * What a wrapper changes, for a number of lanes: from it follow both the single and the vector form. Every member may be
 * left out. `from` and `into` are [row][lane] and never the same buffer.
 */
export interface LaneWrapper {
  /** Where it is another one than that of the wrapped environment. */
  readonly observationSpace?: Space;
  readonly actionSpace?: Space;
  /** The lane starts the stream of a seed; without a call it is at the start of stream 0. */
  seed?(lane: number, seed: number): void;
  /**
   * Looks at an observation that an agent will act on, before those of any lane are turned; given together with `next`.
   * Last observations of episodes are turned without being looked at.
   */
  see?(lane: number, from: Rows): void;
  /** Turns the first observation of an episode; given together with `next`. */
  start?(lane: number, from: Rows, into: Rows): void;
  /** Turns a later observation. */
  next?(lane: number, from: Rows, into: Rows): void;
  /** Turns an action of the outer action space into one of the inner. */
  act?(lane: number, from: Rows, into: Rows): void;
  /** Looks at a reward, before those of any lane are turned; `done` = the episode ended with it. */
  earn?(lane: number, reward: number, done: boolean): void;
  /** Turns a reward; `done` = the episode ended with it. */
  reward?(lane: number, reward: number, done: boolean): number;
  /** All that it remembers, as JSON. */
  save?(): JsonObject;
  restore?(state: JsonObject): void;
  /** What it has learned of the task, over all lanes. */
  statistics?(): JsonObject;
  /** Takes over statistics and keeps them as they are; rewards are passed on as they are from now on. */
  freeze?(statistics: JsonObject): void;
}

/** A registered wrapper: how to make one. Has `make` or `change`. */
export interface WrapperKind<D extends Domains = Domains> extends Registered {
  readonly options: D;
  make?(context: WrapperContext, options: ValuesOf<D>): LaneWrapper;
  /** For what concerns the whole environment, such as its time limit. */
  change?(kind: EnvironmentKind, options: ValuesOf<D>): EnvironmentKind;
}

/** Gives a wrapper kind its types. */
export function defineWrapper<const D extends Domains>(kind: WrapperKind<D>): WrapperKind {
  return kind;
}
