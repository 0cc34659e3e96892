import { requireAutoreset } from '../environment/autoreset.js';
import type { Space } from '../environment/space.js';
import { rowsOf } from '../environment/space.js';
import { createStepBuffers, type VectorEnvironment } from '../environment/vector-environment.js';
import type { Rng } from '../random.js';
import { createRows, type Rows } from '../rows.js';

/** Where a player who acts at random comes to. */
export interface StateSample {
  readonly count: number;
  /** [observation rows][sample] */
  readonly observations: Rows;
  /** [action rows][sample]: what was done there; a discrete action as its number. */
  readonly actions: Rows;
}

/** Steps after which samples are taken: 0 .. longest - 1. */
const longest = 16;

/**
 * One sample per environment, taken after a number of random steps that differs from one environment to the next: beginnings
 * are not overrepresented.
 * @param makeEnvironments makes n environments; they are closed here
 * @throws HqnasError `wrong-autoreset`
 */
export function sampleStates(
  makeEnvironments: (count: number) => VectorEnvironment,
  count: number,
  rng: Rng,
): StateSample {
  const environments = makeEnvironments(count);
  requireAutoreset(environments, ['same-step'], 'a sample of states');
  const { observationSpace, actionSpace } = environments;
  const sample: StateSample = {
    count,
    observations: createRows(rowsOf(observationSpace), count),
    actions: createRows(rowsOf(actionSpace), count),
  };
  const buffers = createStepBuffers(rowsOf(observationSpace), count);
  const actions = createRows(rowsOf(actionSpace), count);
  const seeds = Float64Array.from({ length: count }, () => rng.int(2 ** 31));
  environments.reset(buffers.observations, seeds);
  for (let step = 0; step < longest; step++) {
    for (let lane = 0; lane < count; lane++) {
      writeRandomAction(actionSpace, rng, actions, lane);
      if (lane % longest !== step) continue;
      copyColumn(buffers.observations, sample.observations, lane);
      copyColumn(actions, sample.actions, lane);
    }
    environments.step(actions, buffers);
  }
  environments.close?.();
  return sample;
}

function copyColumn(from: Rows, to: Rows, column: number): void {
  for (let row = 0; row < from.rows; row++) {
    to.data[row * to.stride + column] = from.data[row * from.stride + column]!;
  }
}

/** Uniform over the space; standard normal, brought into the bounds, where a dimension has no two finite ones. */
function writeRandomAction(space: Space, rng: Rng, { data, stride }: Rows, column: number): void {
  if (space.kind === 'discrete') {
    data[column] = space.start + rng.int(space.n);
    return;
  }
  for (let row = 0; row < space.low.length; row++) {
    const low = space.low[row]!;
    const high = space.high[row]!;
    const bounded = Number.isFinite(low) && Number.isFinite(high);
    data[row * stride + column] = bounded ? rng.uniform(low, high) : Math.min(high, Math.max(low, rng.normal()));
  }
}
