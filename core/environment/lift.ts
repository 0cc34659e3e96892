import type { Rows } from '../rows.js';
import type { Environment } from './environment.js';
import { rowsOf } from './space.js';
import type { StepBuffers, VectorEnvironment } from './vector-environment.js';

/** Steps scalar environments of equal spaces as one; allocates nothing beyond what they do themselves. */
export function lift(environments: readonly Environment[]): VectorEnvironment {
  const first = environments[0];
  if (first === undefined) throw new RangeError('a vector environment needs at least one environment');
  const { observationSpace, actionSpace } = first;
  const readAction = actionReader(first);

  const step = (actions: Rows, buffers: StepBuffers): void => {
    for (let lane = 0; lane < environments.length; lane++) {
      const environment = environments[lane]!;
      const { observation, reward, terminated, truncated } = environment.step(readAction(actions, lane));
      buffers.rewards[lane] = reward;
      buffers.terminated[lane] = terminated ? 1 : 0;
      buffers.truncated[lane] = truncated ? 1 : 0;
      if (terminated || truncated) {
        writeColumn(buffers.finalObservations, lane, observation);
        writeColumn(buffers.observations, lane, environment.reset().observation);
      } else {
        writeColumn(buffers.observations, lane, observation);
      }
    }
  };

  return {
    count: environments.length,
    observationSpace,
    actionSpace,
    reset(observations, seeds) {
      environments.forEach((environment, lane) => {
        const seed = seeds?.[lane];
        writeColumn(observations, lane, environment.reset(seed === undefined ? {} : { seed }).observation);
      });
    },
    step,
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
