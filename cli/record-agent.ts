import type { Environment } from '../core/environment/environment.js';
import { makeEnvironment } from '../core/environment/make-environment.js';
import {
  recordEpisode,
  recordingToGif,
  type RecordOptions,
  type Recording,
} from '../core/environment/render/record-episode.js';
import { rowsOf, type Element, type Space } from '../core/environment/space.js';
import { WrappedEnvironment } from '../core/environment/wrapped-environment.js';
import { HqnasError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Model } from '../core/model/model.js';
import { createRows } from '../core/rows.js';
import { actIn } from '../core/training/act.js';
import type { ModelParts } from '../core/training/make-model.js';

type Act = (observation: Element<Space>) => Element<Space>;

/**
 * One episode of a trained network, which always takes its likeliest action, as an animated GIF.
 * @param statistics what the wrappers of the environment learned in training
 * @throws HqnasError `no-pictures`
 */
export function recordAgent(
  model: Model,
  environment: ModelParts['environment'],
  statistics: JsonObject | null | undefined,
  seed: number,
): { readonly gif: Uint8Array; readonly return: number; readonly steps: number } {
  checkPictures(environment);
  const recording = playAgent(model, environment, statistics, (made, act, speed) =>
    recordEpisode(made, act, { seed, ...speed }),
  );
  return { gif: recordingToGif(recording), return: recording.return, steps: recording.steps };
}

/**
 * Lets a trained network play while somebody records.
 * @param record gets an environment with frozen statistics, how to act in it, and its own speed
 */
export function playAgent<P>(
  { program, actionSpace }: Model,
  { kind, options }: ModelParts['environment'],
  statistics: JsonObject | null | undefined,
  record: (environment: Environment, act: Act, speed: Pick<RecordOptions, 'framesPerSecond'>) => Recording<P>,
): Recording<P> {
  const environment = makeEnvironment(kind, { options });
  if (statistics && environment instanceof WrappedEnvironment) environment.freezeStatistics(statistics);
  const input = program.inputs[0]!;
  const policy = program.outputs['policy']!;
  const choose = actIn(actionSpace, policy.rows);
  const action = createRows(rowsOf(actionSpace), 1);
  const act: Act = (observation) => {
    const values = typeof observation === 'number' ? [observation] : observation;
    for (let row = 0; row < values.length; row++) input.data[row * input.stride] = values[row]!;
    program.forward(1, 'policy');
    choose(policy, 0, undefined, action);
    return actionSpace.kind === 'discrete' ? action.data[0]! : action.data.slice();
  };
  try {
    return record(
      environment,
      act,
      kind.framesPerSecond === undefined ? {} : { framesPerSecond: kind.framesPerSecond },
    );
  } finally {
    environment.close?.();
  }
}

/** How an environment can be seen: drawn as shapes, or in pixels only. */
export function picturesOf({ kind, options }: ModelParts['environment']): 'draw' | 'render' | undefined {
  const environment = makeEnvironment(kind, { options });
  const { draw, render } = environment;
  environment.close?.();
  if (draw !== undefined) return 'draw';
  return render === undefined ? undefined : 'render';
}

/** @throws HqnasError `no-pictures` */
export function checkPictures(environment: ModelParts['environment']): void {
  if (picturesOf(environment) !== undefined) return;
  const what = `"${environment.kind.id}" has no pictures`;
  throw new HqnasError({ code: 'no-pictures', what, remedy: 'Leave out --record.' });
}
