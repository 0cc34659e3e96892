import { createBuffers, playVector } from '../../core/environment/check/play-vector.js';
import { numbers, randomActions, type Trace } from '../../core/environment/check/probe.js';
import type { Environment, EnvironmentKind, StepResult } from '../../core/environment/environment.js';
import { makeVectorEnvironment } from '../../core/environment/make-environment.js';
import { PassThrough } from '../../core/environment/pass-through.js';
import { rowsOf, type Element, type Space } from '../../core/environment/space.js';
import type { StepBuffers, VectorEnvironment } from '../../core/environment/vector-environment.js';
import { WrappedEnvironment } from '../../core/environment/wrapped-environment.js';
import { createRows } from '../../core/rows.js';
import { ensure } from './expect.js';

/** True where wrappers gather statistics, so that what an environment gives depends on all that was played before. */
export function learns(kind: EnvironmentKind): boolean {
  return makeVectorEnvironment(kind, 1).saveStatistics?.() !== undefined;
}

/** The kind with the statistics of a short training, frozen. */
export function frozenKind(kind: EnvironmentKind): EnvironmentKind {
  const training = makeVectorEnvironment(kind, 2);
  playVector(training, { seed: 3, steps: 30 });
  const statistics = training.saveStatistics!()!;
  return {
    ...kind,
    wrap(environment) {
      const wrapped = kind.wrap!(environment);
      ensure(wrapped instanceof WrappedEnvironment, 'statistics belong to a wrapped environment');
      wrapped.freezeStatistics(statistics);
      return wrapped;
    },
    wrapVector(vector) {
      const wrapped = kind.wrapVector!(vector);
      wrapped.freezeStatistics!(statistics);
      return wrapped;
    },
  };
}

/** An environment that tells what reached it last. */
class Observed extends PassThrough {
  action: Element<Space> | undefined;
  reward = 0;

  override step(action: Element<Space>): StepResult<Space> {
    this.action = typeof action === 'number' ? action : action.slice();
    const result = super.step(action);
    this.reward = result.reward;
    return result;
  }
}

/** The kind, and the environments that were made of it, in order. */
export function observedKind(kind: EnvironmentKind): { kind: EnvironmentKind; made: Observed[] } {
  const made: Observed[] = [];
  const make = (options: Parameters<EnvironmentKind['make']>[0]): Environment => {
    const environment = new Observed(kind.make(options));
    made.push(environment);
    return environment;
  };
  const { makeVector: _, ...single } = kind;
  return { kind: { ...single, make }, made };
}

/** What a lane gave in one step. */
export interface LaneStep {
  readonly lane: number;
  readonly observation: Element<Space>;
  /** Where the episode ended in this step and the lane was reset. */
  readonly finalObservation: Element<Space> | undefined;
  readonly reward: number;
}

/** Goes on with random actions, into buffers of any width. */
export function stepOn(vector: VectorEnvironment, buffers: StepBuffers, steps: number): readonly LaneStep[] {
  const { observations, finalObservations, rewards, terminated, truncated } = buffers;
  const actions = createRows(rowsOf(vector.actionSpace), observations.stride);
  const nextAction = randomActions(vector.actionSpace, 11);
  const seen: LaneStep[] = [];
  const column = ({ data, stride, rows }: StepBuffers['observations'], lane: number): Element<Space> => {
    const values = Float32Array.from({ length: rows }, (_, row) => data[row * stride + lane]!);
    return vector.observationSpace.kind === 'discrete' ? values[0]! : values;
  };
  for (let step = 0; step < steps; step++) {
    for (let lane = 0; lane < vector.count; lane++) {
      Array.from(numbers(nextAction())).forEach((value, row) => (actions.data[row * actions.stride + lane] = value));
    }
    vector.step(actions, buffers);
    for (let lane = 0; lane < vector.count; lane++) {
      const done = terminated[lane] === 1 || truncated[lane] === 1;
      seen.push({
        lane,
        observation: column(observations, lane),
        finalObservation: done ? column(finalObservations, lane) : undefined,
        reward: rewards[lane]!,
      });
    }
  }
  return seen;
}

/** Fresh buffers of a vector that was reset with the seeds 1, 2, ... */
export function started(vector: VectorEnvironment, stride = vector.count): StepBuffers {
  const buffers = createBuffers(vector, stride);
  buffers.observations.data.fill(UNTOUCHED);
  buffers.finalObservations.data.fill(UNTOUCHED);
  vector.reset(
    buffers.observations,
    Array.from({ length: vector.count }, (_, lane) => lane + 1),
  );
  return buffers;
}

/** What stands in fresh buffers where nothing was written. */
export const UNTOUCHED = 77_777;

/** Throws with the first place where two traces part. */
export function ensureSameTrace(expected: Trace, got: Trace, rule: string): void {
  const length = Math.max(expected.length, got.length);
  for (let i = 0; i < length; i++) {
    if (!Object.is(expected[i], got[i])) throw new Error(`${rule}: number ${i} is ${got[i]} instead of ${expected[i]}`);
  }
}
