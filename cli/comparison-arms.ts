import { parseConfigValues, type ConfigDraft } from '../core/experiment/config/parse-config.js';
import { parseVariation, splitName, varied } from '../core/experiment/config/vary-config.js';
import { HqnasError } from '../core/errors.js';
import type { Registries } from '../core/plugin/registries.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { loadConfigFile, loadDraft, type LoadedConfig } from './open-experiment.js';

/** One side of a comparison that is to run. */
export interface PreparedArm {
  readonly name: string;
  readonly loaded: LoadedConfig;
  readonly registries: Registries;
}

export interface ArmsAsked {
  /** Config files. */
  readonly configs: readonly string[];
  /** Changes of the one config, each an arm beside it. */
  readonly vary: readonly string[];
  /** Networks that are trained as the one config says, each an arm; the config itself is none then. */
  readonly dna: readonly string[];
}

/** @throws HqnasError `invalid-argument`, `invalid-variation`, and whatever loading a config throws */
export async function prepareArms({ configs, vary, dna }: ArmsAsked, folder: string): Promise<readonly PreparedArm[]> {
  if (configs.length > 1 && vary.length + dna.length > 0) throw onlyOne(vary.length > 0 ? '--vary' : '--dna', configs);
  if (vary.length > 0 && dna.length > 0) throw onlyOne('--vary', ['--dna']);
  const loaded = await Promise.all(configs.map((file) => loadConfigFile(file, folder)));
  const base = loaded[0]!; // the command asks for one at least
  const drafts =
    dna.length > 0
      ? dna.map((text) => draftOfNetwork(base.draft, text))
      : vary.map((text) => {
          const variation = parseVariation(text);
          return named(base.draft, variation.name, varied(base.draft.values, variation));
        });
  const made = await Promise.all(drafts.map((draft) => loadDraft(draft, base.folder)));
  const arms = (dna.length > 0 ? made : [...loaded, ...made]).map((each) => ({
    name: each.draft.values.name ?? each.draft.fallbackName,
    loaded: each,
    registries: createContainer(each.plugins).get(REGISTRIES),
  }));
  const twice = arms.find(({ name }, i) => arms.findIndex((other) => other.name === name) < i);
  if (twice === undefined) return arms;
  throw new HqnasError({
    code: 'invalid-argument',
    what: `two arms are called "${twice.name}"`,
    remedy: 'Give the configs different names; put "NAME: " in front of --vary and --dna.',
  });
}

/** An experiment of one candidate: the network, trained and scored as the config says. */
function draftOfNetwork(base: ConfigDraft, text: string): ConfigDraft {
  const { name, rest } = splitName(text);
  const { stopWhen: _stopWhen, evaluation, ...values } = base.values;
  return named(base, name ?? rest, {
    ...values,
    // Whatever the config searches plays no part, and so does not belong to the experiment either.
    searchSpace: 'paper/balanced',
    strategy: { use: 'random-search/uniform', with: [{ use: 'search/warm-start', dna: [rest], examined: false }] },
    evaluation: { ...evaluation, finalists: false },
    budget: { candidates: 1 },
    lookahead: 0,
  });
}

function named(base: ConfigDraft, name: string, values: unknown): ConfigDraft {
  const short = name.slice(0, 60);
  const draft = parseConfigValues(varied(values, { name, changes: [{ path: ['name'], value: short }] }), short);
  return { ...draft, workers: base.workers };
}

function onlyOne(option: string, beside: readonly string[]): HqnasError {
  return new HqnasError({
    code: 'invalid-argument',
    what: `${option} stands beside ${beside.length > 1 ? 'several configs' : beside[0]!}`,
    expected: 'several configs, or one config with --vary, or one config with --dna',
  });
}
