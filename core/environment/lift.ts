import type { JsonObject } from '../json.js';
import type { Rows } from '../rows.js';
import { laneFinished, type Autoreset } from './autoreset.js';
import type { Environment } from './environment.js';
import { checkResetMask } from './reset-mask.js';
import { rowsOf } from './space.js';
import type { StepBuffers, VectorEnvironment } from './vector-environment.js';

/** Steps scalar environments of equal spaces as one; allocates nothing beyond what they do themselves. */
export function lift(environments: readonly Environment[], autoreset: Autoreset = 'same-step'): VectorEnvironment {
  const first = environments[0];
  if (first === undefined) throw new RangeError('a vector environment needs at least one environment');
  const { observationSpace, actionSpace } = first;
  const readAction = actionReader(first);
  const finished = new Uint8Array(environments.length);

  const step = (actions: Rows, buffers: StepBuffers): void => {
    if (autoreset === 'disabled' && finished.includes(1)) throw laneFinished(finished.indexOf(1));
    for (let lane = 0; lane < environments.length; lane++) {
      const environment = environments[lane]!;
      if (finished[lane] === 1) {
        finished[lane] = 0;
        writeColumn(buffers.observations, lane, environment.reset().observation);
        buffers.rewards[lane] = 0;
        buffers.terminated[lane] = 0;
        buffers.truncated[lane] = 0;
        continue;
      }
      const { observation, reward, terminated, truncated } = environment.step(readAction(actions, lane));
      buffers.rewards[lane] = reward;
      buffers.terminated[lane] = terminated ? 1 : 0;
      buffers.truncated[lane] = truncated ? 1 : 0;
      if ((terminated || truncated) && autoreset === 'same-step') {
        writeColumn(buffers.finalObservations, lane, observation);
        writeColumn(buffers.observations, lane, environment.reset().observation);
      } else {
        writeColumn(buffers.observations, lane, observation);
        if (terminated || truncated) finished[lane] = 1;
      }
    }
  };

  return {
    count: environments.length,
    observationSpace,
    actionSpace,
    autoreset,
    reset(observations, seeds, mask) {
      if (mask !== undefined) checkResetMask(mask, environments.length);
      environments.forEach((environment, lane) => {
        if (mask?.[lane] === 0) return;
        const seed = seeds?.[lane];
        writeColumn(observations, lane, environment.reset(seed === undefined ? {} : { seed }).observation);
        finished[lane] = 0;
      });
    },
    step,
    save() {
      if (environments.some(({ save }) => save === undefined)) return undefined;
      return { environments: environments.map((environment) => environment.save!()), finished: [...finished] };
    },
    restore(state) {
      // Written by `save` above.
      const saved = state as { environments: JsonObject[]; finished: number[] };
      environments.forEach((environment, lane) => environment.restore?.(saved.environments[lane]!));
      finished.set(saved.finished);
    },
    close: () => environments.forEach((environment) => environment.close?.()),
  };
}

/** Reads one column of actions as a member of the action space; a box reuses one array, valid during the step. */
function actionReader({ actionSpace }: Environment): (actions: Rows, lane: number) => number | Float32Array {
  if (actionSpace.kind === 'discrete') return ({ data }, lane) => data[lane]!;
  const action = new Float32Array(rowsOf(actionSpace));
  return ({ data, stride }, lane) => {
    for (let row = 0; row < action.length; row++) action[row] = data[row * stride + lane]!;
    return action;
  };
}

function writeColumn({ data, stride }: Rows, column: number, observation: number | Float32Array): void {
  if (typeof observation === 'number') {
    data[column] = observation;
    return;
  }
  for (let row = 0; row < observation.length; row++) data[row * stride + column] = observation[row]!;
}
