import type { Space } from '../environment/space.js';
import { rowsOf } from '../environment/space.js';
import type { Rng } from '../random.js';
import type { Rows } from '../rows.js';
import { drawCategorical, largestRow, logSoftmax } from './categorical-sampling.js';
import { drawGaussian, writeClipped } from './gaussian-sampling.js';

/**
 * Turns one column of a network's output `policy` into an action, in the same column of `actions`.
 * @param rng undefined: the likeliest action, which of a continuous one is the mean
 */
export type Act = (policy: Rows, column: number, rng: Rng | undefined, actions: Rows) => void;

/** How to act in a space. Continuous actions are brought to the bounds. */
export function actIn(space: Space, policyRows: number): Act {
  if (space.kind === 'discrete') {
    const logProbabilities = new Float64Array(policyRows);
    return (policy, column, rng, actions) => {
      let choice: number;
      if (rng === undefined) choice = largestRow(policy, column);
      else {
        logSoftmax(policy, column, logProbabilities);
        choice = drawCategorical(logProbabilities, rng.float());
      }
      actions.data[column] = space.start + choice;
    };
  }
  const size = rowsOf(space);
  const action = new Float32Array(size);
  return (policy, column, rng, actions) => {
    if (rng !== undefined) drawGaussian(policy, column, rng, action, 0);
    else for (let row = 0; row < size; row++) action[row] = policy.data[row * policy.stride + column]!;
    writeClipped(space, action, 0, actions, column);
  };
}

/** A valid action for a column whose environment is not heeded any more. */
export function writeAnyAction(space: Space, { data, stride }: Rows, column: number): void {
  if (space.kind === 'discrete') data[column] = space.start;
  else
    for (let row = 0; row < space.low.length; row++)
      data[row * stride + column] = clampZero(space.low[row]!, space.high[row]!);
}

function clampZero(low: number, high: number): number {
  return Math.min(high, Math.max(low, 0));
}
