import type { Angle } from './angle.js';
import type { Gate } from './circuit.js';
import type { InitialState } from './initial-state.js';

/** How a weight starts: an angle, uniform in [0, 2 pi), or a number. */
export type WeightStart = 'angle' | number;

/** What an ansatz or an encoding builds its gates from. */
export interface BlockContext {
  readonly wires: number;
  /** Inputs of the circuit. */
  readonly features: number;
  /** Number of this repetition, from 0. */
  readonly repetition: number;
  readonly repetitions: number;
  /** The angle of a weight that nothing else uses. */
  weight(start?: WeightStart): Angle;
  /** The angle of an input, times a weight of its own where the inputs are scaled. */
  feature(index: number): Angle;
}

/** Trainable gates, a repetition at a time. */
export interface Ansatz {
  readonly name: string;
  /** One line, for lists and messages. */
  readonly summary: string;
  /** Once, at the very start of the circuit. */
  before?(context: BlockContext): readonly Gate[];
  repetition(context: BlockContext): readonly Gate[];
  /** Once, after the last repetition. */
  after?(context: BlockContext): readonly Gate[];
  /** The ansatz puts the inputs in itself, by `feature`; no encoding comes before it. */
  readonly encodes?: boolean;
}

/** Gates, or an initial state, that put the inputs into the circuit. */
export interface Encoding {
  readonly name: string;
  /** One line, for lists and messages. */
  readonly summary: string;
  /** The most features that fit on this many wires. Fewer always do. */
  capacity(wires: number): number;
  gates(context: BlockContext): readonly Gate[];
  /** Makes inputs the state in which the circuit starts, so that they cannot be put in a second time. */
  initial?(wires: number, features: number): InitialState;
}

/** Gives an ansatz its types; it is nothing but this value. */
export function defineAnsatz(ansatz: Ansatz): Ansatz {
  return ansatz;
}

/** Gives an encoding its types; it is nothing but this value. */
export function defineEncoding(encoding: Encoding): Encoding {
  return encoding;
}
