import { describeNetworks, type DescribedNetwork } from '../core/experiment/report/describe-networks.js';
import type { ExperimentConfig } from '../core/experiment/config/config.js';
import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { taskOf } from '../core/experiment/start-search.js';
import { isHqnasError } from '../core/errors.js';
import type { Task } from '../core/genome/constraint.js';
import type { Registries } from '../core/plugin/registries.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { builtInPlugins } from './built-in-plugins.js';

/** What the layers of the best hybrid networks say of themselves, as far as hqnas knows kinds and task without further plugins. */
export function describeBest(state: ExperimentState): readonly DescribedNetwork[] {
  if (state.leaderboard.every(({ kind }) => kind !== 'hybrid')) return [];
  const registries = createContainer(builtInPlugins).get(REGISTRIES);
  const task = knownTask(state, registries);
  return task === undefined ? [] : describeNetworks(state, registries.layers, task);
}

function knownTask({ header }: ExperimentState, registries: Registries): Task | undefined {
  if (header.config['environment'] === undefined) return undefined;
  try {
    // The header's config came out of resolveConfig.
    return taskOf(header.config as unknown as ExperimentConfig, registries);
  } catch (error) {
    if (isHqnasError(error)) return undefined;
    throw error;
  }
}
