import type { Program } from '../../compiler/index.js';
import type { JsonObject, TrainingState } from '../../core/index.js';
import type { Collector } from './collect.js';
import type { RolloutBuffer } from './rollout-buffer.js';
import type { TrainingRecord } from './training-record.js';
import type { Updater } from './update.js';

/** What goes through a training from one iteration to the next. */
export interface TrainingParts {
  readonly program: Program;
  readonly buffer: RolloutBuffer;
  readonly collector: Collector;
  readonly updater: Updater;
  readonly record: TrainingRecord;
}

/** The state between two iterations. */
export function pause({ program, buffer, collector, updater, record }: TrainingParts, steps: number): TrainingState {
  const collected = collector.save();
  const updated = updater.save();
  return {
    arrays: {
      parameters: program.parameters.slice(),
      firstMoments: program.moments[0].slice(),
      secondMoments: program.moments[1].slice(),
      lastObservations: buffer.lastObservations.slice(),
      ...updated.arrays,
    },
    facts: { steps, collector: collected, updater: updated.facts, record: record.save() },
    exact: collected['environments'] !== null,
  };
}

/** Takes a paused training up again. @returns steps taken so far */
export function takeUp({ program, buffer, collector, updater, record }: TrainingParts, state: TrainingState): number {
  const { arrays } = state;
  // Written by `pause` above.
  const facts = state.facts as { steps: number; collector: JsonObject; updater: JsonObject; record: JsonObject };
  program.parameters.set(arrays['parameters']!);
  program.moments[0].set(arrays['firstMoments']!);
  program.moments[1].set(arrays['secondMoments']!);
  program.parametersChanged();
  if (state.exact) buffer.lastObservations.set(arrays['lastObservations']!);
  collector.restore(facts.collector);
  updater.restore({ arrays, facts: facts.updater });
  record.restore(facts.record);
  return facts.steps;
}
