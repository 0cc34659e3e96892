import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, arch } from 'node:os';
import path from 'node:path';
import type { Clock } from '../core/experiment/clock.js';
import type { ExperimentConfig } from '../core/experiment/config/config.js';
import { ExperimentEvents } from '../core/experiment/events.js';
import type { Ledger } from '../core/experiment/ledger.js';
import { parseConfig, type ConfigDraft, type WorkersConfig } from '../core/experiment/config/parse-config.js';
import { resolveConfig, resolveWorkers } from '../core/experiment/config/resolve-config.js';
import { HqnasError, messageOf } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import { allowFastKernels } from '../core/node/fast-kernels.js';
import { openArtifacts } from '../core/node/file-artifacts.js';
import { loadPlugins } from '../core/node/load-plugins.js';
import { packageVersion } from '../core/node/package-version.js';
import { pluginFingerprint } from '../core/node/plugin-fingerprint.js';
import { systemClock, systemIds } from '../core/node/system-clock.js';
import { createWorkerPool } from '../core/node/worker-pool.js';
import type { EvaluationStart } from '../core/node/workers/evaluation-worker.js';
import { checkPlugins } from '../core/plugin/check-plugins.js';
import type { Plugin } from '../core/plugin/define-plugin.js';
import type { Registries } from '../core/plugin/registries.js';
import type { Evaluator } from '../core/training/evaluator.js';
import { createConfiguredEvaluator } from '../core/wiring/configured-evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { builtInPlugins, builtInPluginsUrl } from './built-in-plugins.js';

/** A config with the plugins that it needs. */
export interface LoadedConfig {
  readonly draft: ConfigDraft;
  readonly plugins: readonly Plugin[];
  /** Names of the plugins that the config lists. */
  readonly added: readonly string[];
  /** Folder that plugin paths start from. */
  readonly folder: string;
  /** Of hqnas and of every plugin by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** @throws HqnasError `config-not-found`, and what parseConfig, loadPlugins and checkPlugins throw */
export async function loadConfigFile(file: string, folder: string): Promise<LoadedConfig> {
  const place = path.resolve(folder, file);
  let text: string;
  try {
    text = readFileSync(place, 'utf8');
  } catch (error) {
    throw new HqnasError({
      code: 'config-not-found',
      what: `the config cannot be read: ${messageOf(error)}`,
      where: file,
      remedy: 'Check the path.',
      cause: error,
    });
  }
  return loadDraft(parseConfig(text, path.basename(file)), path.dirname(place));
}

/** The same for a config that was read already. */
export async function loadDraft(draft: ConfigDraft, folder: string): Promise<LoadedConfig> {
  const names = draft.values.plugins ?? [];
  const own = await loadPlugins(names, folder);
  const plugins = [...builtInPlugins, ...own];
  checkPlugins(plugins);
  const prints = new Map(own.map(({ name }, i) => [name, pluginFingerprint(names[i]!, folder)]));
  return { draft, plugins, added: own.map(({ name }) => name), folder, versions: versionsOf(plugins, prints) };
}

/** Looks everything up that a config names. */
export function resolveLoaded(
  { draft, added }: LoadedConfig,
  overrides: Overrides = {},
): (registries: Registries) => ExperimentConfig {
  return (registries) => {
    const config = resolveConfig(draft, registries, added);
    return overrides.seed === undefined ? config : { ...config, seed: overrides.seed };
  };
}

export interface Overrides {
  readonly seed?: number | undefined;
  readonly workers?: number | undefined;
  /** Total number of candidates, instead of that of an experiment that is resumed. */
  readonly candidates?: number | undefined;
  /** Work in flight is dropped at an interruption instead of finished. */
  readonly abandon?: boolean | undefined;
  /** Go on with other versions than an experiment was started with. */
  readonly force?: boolean | undefined;
}

export interface OpenOptions {
  readonly ledger: Ledger;
  /** Folder of artifacts, beside the ledger. */
  readonly artifacts: string;
  readonly overrides?: Overrides;
  readonly resume?: string;
}

/** The container of an experiment that is to run, and the events to listen to. */
export function openExperiment(loaded: LoadedConfig, { ledger, artifacts, overrides = {}, resume }: OpenOptions) {
  const events = new ExperimentEvents();
  const { count, ...settings } = loaded.draft.workers;
  const container = createContainer(loaded.plugins, {
    resolveConfig: resolveLoaded(loaded, overrides),
    describeRun: (config) => ({
      versions: loaded.versions,
      workers: resolveWorkers(overrides.workers ?? count, config, availableParallelism()),
      machine: describeMachine(loaded.folder, settings),
      resume,
      candidates: overrides.candidates,
      force: overrides.force ?? false,
      onInterrupt: overrides.abandon === true ? 'abandon' : (settings.onInterrupt ?? 'finish'),
    }),
    createEvaluator: (config, registries, clock, run) =>
      evaluatorOf(config, registries, clock, { ...settings, count: run?.workers ?? 0 }, loaded.folder, artifacts),
    ledger,
    clock: systemClock,
    ids: systemIds,
    events,
  });
  return { container, events };
}

function evaluatorOf(
  config: ExperimentConfig,
  registries: Registries,
  clock: Clock,
  { count, kind, timeout, memory, retries }: WorkersConfig & { readonly count: number },
  folder: string,
  artifacts: string,
): Evaluator {
  allowFastKernels(config);
  if (count === 0) return createConfiguredEvaluator(config, registries, clock, { artifacts: openArtifacts(artifacts) });
  const data: EvaluationStart = { builtIns: builtInPluginsUrl, folder, config, modules: randomUUID(), artifacts };
  const module = new URL('../core/node/workers/evaluation-worker.js', import.meta.url).href;
  return createWorkerPool({ count, start: { module, data }, kind, timeout, memory, retries });
}

function describeMachine(folder: string, workers: Omit<WorkersConfig, 'count'>): JsonObject {
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    folder,
    // Kept for who resumes: the config in the ledger says nothing about workers. JSON has no undefined.
    workers: JSON.parse(JSON.stringify(workers)) as JsonObject,
  };
}

/** Versions of hqnas and of every plugin; plugins without one are as new as hqnas. A file of one's own shows its content. */
export function versionsOf(
  plugins: readonly Plugin[],
  prints: ReadonlyMap<string, string | undefined> = new Map(),
): Record<string, string> {
  const hqnas = packageVersion();
  const versions = plugins.map(({ name, version }): [string, string] => {
    const print = prints.get(name);
    return [name, `${version ?? hqnas}${print === undefined ? '' : `+${print}`}`];
  });
  return { hqnas, ...Object.fromEntries(versions) };
}
