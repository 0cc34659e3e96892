import {
  Pcg64,
  createRows,
  createStepBuffers,
  makeEnvironment,
  rowsOf,
  sampleSpace,
  type EnvironmentKind,
  type VectorEnvironment,
} from '../core/index.js';
import type { Contender } from './harness.js';

/** Environment steps of one run of each contender. */
export const STEPS = 4096;

/** Steps a vector with actions that were drawn beforehand. */
export function vectorSteps(vector: VectorEnvironment): Contender['run'] {
  const { count, actionSpace } = vector;
  const rows = rowsOf(vector.observationSpace);
  const buffers = createStepBuffers(rows, count);
  const chance = new Pcg64(1);
  const actions = Array.from({ length: STEPS / count }, () => {
    const made = createRows(rowsOf(actionSpace), count);
    for (let lane = 0; lane < count; lane++) {
      const action = sampleSpace(actionSpace, chance);
      for (let row = 0; row < made.rows; row++)
        made.data[row * count + lane] = typeof action === 'number' ? action : action[row]!;
    }
    return made;
  });
  vector.reset(
    buffers.observations,
    Int32Array.from({ length: count }, (_, lane) => lane),
  );
  return () => {
    for (const action of actions) vector.step(action, buffers);
  };
}

/** Steps a single environment likewise; it is reset where its episodes end. */
export function scalarSteps(kind: EnvironmentKind): Contender['run'] {
  const environment = makeEnvironment(kind);
  const chance = new Pcg64(1);
  const actions = Array.from({ length: STEPS }, () => sampleSpace(environment.actionSpace, chance));
  environment.reset({ seed: 0 });
  return () => {
    for (const action of actions) {
      const { terminated, truncated } = environment.step(action);
      if (terminated || truncated) environment.reset();
    }
  };
}
