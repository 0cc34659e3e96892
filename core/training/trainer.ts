import type { HeadKernel } from '../../compiler/program.js';
import type { Domains, ValuesOf } from '../domain.js';
import type { Space } from '../environment/space.js';
import type { VectorEnvironment } from '../environment/vector-environment.js';
import type { WrapperUse } from '../environment/wrap-kind.js';
import type { Model } from '../model/model.js';
import type { Registered } from '../registry.js';
import type { Rng } from '../random.js';
import type { TrainingState } from './training-state.js';

/** What a trainer needs of the network that is built for it. */
export interface ModelRequest {
  /** Actor and critic as two networks of the same genome, or one trunk with two heads. */
  readonly network: 'separate' | 'shared';
  /** Gains of orthogonal initialisation. */
  readonly hiddenGain: number;
  readonly policyGain: number;
  readonly valueGain: number;
  /** Logarithm of the standard deviation that continuous actions start with; default 0. */
  readonly logDeviation?: number;
  /** Share of the numbers of every hidden layer that are dropped while the program has a stream for it; default 0. */
  readonly dropout?: number;
  /** Loss kernels compiled into the program. */
  readonly heads: readonly HeadKernel[];
}

/** One point of a learning curve. */
export interface CurvePoint {
  /** Environment steps so far. */
  readonly steps: number;
  /** Mean undiscounted return of the last 100 finished episodes; undefined before the first. */
  readonly meanReturn: number | undefined;
  /** Trainer's own figures, such as losses. */
  readonly figures: Readonly<Record<string, number>>;
}

/** What a training tells of itself; the weights stay in the model. */
export interface Trained {
  readonly steps: number;
  readonly episodes: number;
  readonly curve: readonly CurvePoint[];
  /** Where `keepState` asked for it. */
  readonly state?: TrainingState;
}

/** What a trainer gets besides model and environments. */
export interface TrainingContext {
  readonly rng: Rng;
  /**
   * Share of the training budget to spend, in (0, 1]; default 1. Whatever a trainer schedules goes by the whole budget: a
   * training with half of it takes the same way as one with all of it, and stops half way.
   */
  readonly share?: number | undefined;
  /**
   * State of a training of the same model, options and rng that stopped at a lower share: it goes on from there, and ends
   * with the bits of one that never stopped. Trainers that cannot do so start anew.
   */
  readonly from?: TrainingState | undefined;
  /** Asks for `Trained.state`. */
  readonly keepState?: boolean | undefined;
  /** Checked once per iteration. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((point: CurvePoint) => void) | undefined;
  /** Asked after every iteration with its point; true ends the training there. Trainers that do not ask train to the end. */
  readonly stops?: ((point: CurvePoint) => boolean) | undefined;
  /** Adds seconds under a name where the caller wants a profile; the trainer calls it with what it has just done. */
  readonly onPhase?: ((phase: string) => void) | undefined;
}

/** Trains the weights of one network; deterministic in (model, options, rng). */
export interface Trainer<D extends Domains = Domains> extends Registered {
  readonly options: D;
  /** Named sets of options that a config may start from. */
  readonly presets: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** Names that stand for a preset of the environment: `{ zoo: { 'cartpole/v1': 'zooCartPole' } }`. */
  readonly presetsByEnvironment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Wrappers that it wants around every environment, outside those of the config: `environmentOf` puts them there, for
   * training, scoring and pictures alike.
   */
  wrappers?(options: ValuesOf<D>): readonly WrapperUse[];
  /** @throws HqnasError `invalid-option` when options contradict each other */
  request(options: ValuesOf<D>, actionSpace: Space): ModelRequest;
  /**
   * Trains in place. @throws CandidateFailure when the training diverges (non-finite numbers)
   * @param makeEnvironments makes n environments of the task, with the wrappers that it asked for; the caller closes nothing, the trainer closes them. Seeds for
   * them are below 2^31: those above are held out for scoring
   */
  train(
    options: ValuesOf<D>,
    model: Model,
    makeEnvironments: (count: number) => VectorEnvironment,
    context: TrainingContext,
  ): Trained;
}

/** Gives a trainer its types. */
export function defineTrainer<const D extends Domains>(trainer: Trainer<D>): Trainer {
  return trainer;
}
