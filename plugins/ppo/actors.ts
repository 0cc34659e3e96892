import {
  drawCategorical,
  drawGaussian,
  exponential,
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
  /** What it remembers from one step to the next; empty for most. The array itself, which may be written to. */
  readonly memory: Float64Array;
}

const NOTHING = new Float64Array(0);

/**
 * @param correlation of the noise of continuous actions from step to step
 * @param rng for what an actor starts with
 */
export function actorFor(space: Space, policyRows: number, lanes: number, correlation: number, rng: Rng): Actor {
  if (space.kind === 'discrete') return categoricalActor(space, policyRows);
  return correlation === 0 ? gaussianActor(space) : correlatedActor(space, lanes, correlation, rng);
}

function categoricalActor({ start }: DiscreteSpace, policyRows: number): Actor {
  const logProbabilities = new Float64Array(policyRows);
  return {
    memory: NOTHING,
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
    memory: NOTHING,
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

/**
 * Noise that stays alike for a while explores farther than noise that is drawn anew for each step. For each number of an
 * action z' = c z + sqrt(1 - c^2) normal, so that z is standard normal at every step, and the density of an action is
 * taken to be that of the policy, step by step: Hollenstein, Martius and Piater 2024, "Colored noise in PPO", arXiv
 * 2312.11091, with an autoregressive process of order 1 in place of their power laws.
 */
function correlatedActor(space: BoxSpace, lanes: number, correlation: number, rng: Rng): Actor {
  const rows = space.low.length;
  const fresh = Math.sqrt(1 - correlation * correlation);
  /** [lane][row]; standard normal. */
  const noise = Float64Array.from({ length: lanes * rows }, () => rng.normal());
  return {
    memory: noise,
    act(policy, rng, actions, buffer, first) {
      const { data, stride } = policy;
      for (let lane = 0; lane < lanes; lane++) {
        const sample = first + lane;
        const place = sample * rows;
        for (let row = 0; row < rows; row++) {
          const at = lane * rows + row;
          const deviation = exponential(data[(rows + row) * stride + lane]!);
          buffer.actions[place + row] = data[row * stride + lane]! + deviation * noise[at]!;
          noise[at] = correlation * noise[at]! + fresh * rng.normal();
        }
        buffer.logProbabilities[sample] = gaussianLogDensity(policy, lane, buffer.actions, place);
        writeClipped(space, buffer.actions, place, actions, lane);
      }
    },
  };
}
