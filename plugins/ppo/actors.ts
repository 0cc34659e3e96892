import {
  drawCategorical,
  drawGaussian,
  gaussianLogDensity,
  logSoftmax,
  writeClipped,
  type BoxSpace,
  type DiscreteSpace,
  type Rng,
  type Rows,
  type Space,
} from '../../core/index.js';
import type { RolloutBuffer } from './rollout-buffer.js';

/** Draws the actions of a step. */
export interface Actor {
  /** Writes actions for the environments, and stores them as drawn with their log probabilities from sample `first` on. */
  act(policy: Rows, rng: Rng, actions: Rows, buffer: RolloutBuffer, first: number): void;
}

export function actorFor(space: Space, policyRows: number): Actor {
  return space.kind === 'discrete' ? categoricalActor(space, policyRows) : gaussianActor(space);
}

function categoricalActor({ start }: DiscreteSpace, policyRows: number): Actor {
  const logProbabilities = new Float64Array(policyRows);
  return {
    act(policy, rng, actions, buffer, first) {
      for (let lane = 0; lane < buffer.environments; lane++) {
        const sample = first + lane;
        logSoftmax(policy, lane, logProbabilities);
        const action = drawCategorical(logProbabilities, rng.float());
        actions.data[lane] = start + action;
        buffer.actions[sample] = action;
        buffer.logProbabilities[sample] = logProbabilities[action]!;
      }
    },
  };
}

function gaussianActor(space: BoxSpace): Actor {
  return {
    act(policy, rng, actions, buffer, first) {
      for (let lane = 0; lane < buffer.environments; lane++) {
        const sample = first + lane;
        const place = sample * buffer.actionRows;
        drawGaussian(policy, lane, rng, buffer.actions, place);
        buffer.logProbabilities[sample] = gaussianLogDensity(policy, lane, buffer.actions, place);
        writeClipped(space, buffer.actions, place, actions, lane);
      }
    },
  };
}
