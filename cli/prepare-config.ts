import type { Ledger } from '../core/experiment/ledger.js';
import { pastExperiments, prepareDraft } from '../core/experiment/config/prepare-draft.js';
import type { LoadedConfig } from './open-experiment.js';

/** A config whose references to experiments of the ledger are looked up. @throws HqnasError `unknown-experiment`, `ambiguous-experiment` */
export async function prepareConfig(loaded: LoadedConfig, ledger: Ledger): Promise<LoadedConfig> {
  const middleware = loaded.plugins.flatMap((plugin) => plugin.middleware ?? []);
  return { ...loaded, draft: await prepareDraft(loaded.draft, middleware, pastExperiments(ledger)) };
}
