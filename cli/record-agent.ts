import { makeEnvironment } from '../core/environment/make-environment.js';
import { recordEpisode, recordingToGif } from '../core/environment/render/record-episode.js';
import { rowsOf } from '../core/environment/space.js';
import { WrappedEnvironment } from '../core/environment/wrapped-environment.js';
import { HqnasError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Model } from '../core/model/model.js';
import { createRows } from '../core/rows.js';
import { actIn } from '../core/training/act.js';
import type { ModelParts } from '../core/training/make-model.js';

/**
 * One episode of a trained network, which always takes its likeliest action, as an animated GIF.
 * @param statistics what the wrappers of the environment learned in training
 * @throws HqnasError `no-pictures`
 */
export function recordAgent(
  { program, actionSpace }: Model,
  { kind, options }: ModelParts['environment'],
  statistics: JsonObject | null | undefined,
  seed: number,
): { readonly gif: Uint8Array; readonly return: number; readonly steps: number } {
  checkPictures({ kind, options });
  const environment = makeEnvironment(kind, { options });
  if (statistics && environment instanceof WrappedEnvironment) environment.freezeStatistics(statistics);
  const input = program.inputs[0]!;
  const policy = program.outputs['policy']!;
  const act = actIn(actionSpace, policy.rows);
  const action = createRows(rowsOf(actionSpace), 1);
  const recording = recordEpisode(
    environment,
    (observation) => {
      const values = typeof observation === 'number' ? [observation] : observation;
      for (let row = 0; row < values.length; row++) input.data[row * input.stride] = values[row]!;
      program.forward(1, 'policy');
      act(policy, 0, undefined, action);
      return actionSpace.kind === 'discrete' ? action.data[0]! : action.data.slice();
    },
    { seed, ...(kind.framesPerSecond === undefined ? {} : { framesPerSecond: kind.framesPerSecond }) },
  );
  environment.close?.();
  return { gif: recordingToGif(recording), return: recording.return, steps: recording.steps };
}

/** @throws HqnasError `no-pictures` */
export function checkPictures({ kind, options }: ModelParts['environment']): void {
  const environment = makeEnvironment(kind, { options });
  const { render } = environment;
  environment.close?.();
  if (render !== undefined) return;
  throw new HqnasError({ code: 'no-pictures', what: `"${kind.id}" has no pictures`, remedy: 'Leave out --record.' });
}
