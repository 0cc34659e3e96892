import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { formatDuration } from '../core/experiment/report/format.js';
import type { CandidateEntry, Ledger } from '../core/experiment/ledger.js';
import { parseConfigValues } from '../core/experiment/config/parse-config.js';
import type { PlayedEpisode } from '../core/experiment/report/report-playing.js';
import { environmentOf } from '../core/experiment/config/resolve-environment.js';
import { isHqnasError } from '../core/errors.js';
import { allowFastKernels } from '../core/node/fast-kernels.js';
import { systemClock } from '../core/node/system-clock.js';
import type { Score } from '../core/training/evaluator.js';
import { createConfiguredEvaluator } from '../core/wiring/configured-evaluator.js';
import { createContainer } from '../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../core/wiring/tokens.js';
import { loadDraft, resolveLoaded } from './open-experiment.js';
import { pictureEpisode } from './picture-episode.js';
import { startOf } from './read-experiment.js';
import type { Terminal } from './terminal.js';

/** A training that took no longer than this many seconds is repeated for a report without being asked for. */
const UNASKED_SECONDS = 15;
/** One that takes longer is announced. */
const NOTED_SECONDS = 3;

export interface PlayOptions {
  readonly ledger: Ledger;
  /** Where plugin paths of the config start from, if the ledger does not say so. */
  readonly folder: string;
  readonly terminal: Terminal;
  /** Whether to play: `undefined` if the training was short. */
  readonly play: boolean | undefined;
  /** Command that shows the report with the episode. */
  readonly command: string;
}

/**
 * Trains the best network of an experiment once more, from its seed, and lets it play: the ledger holds no weights. The
 * winner among finalists is taken where there is one, as it was first trained in the search. Undefined, with a word to
 * the terminal, where it cannot be had.
 */
export async function playBest(state: ExperimentState, options: PlayOptions): Promise<PlayedEpisode | undefined> {
  const { ledger, terminal, play } = options;
  const candidate = state.winner?.candidate ?? state.best?.reusedFrom ?? state.best?.index;
  if (play === false || candidate === undefined || state.header.config['environment'] === undefined) return undefined;
  const entry = await ledger.candidate(state.header.id, candidate);
  if (entry === undefined) return undefined;
  const seconds = secondsOf(entry);
  if (play === undefined && !(seconds <= UNASKED_SECONDS)) {
    terminal.note(`To see candidate ${candidate} play: ${options.command}`);
    return undefined;
  }
  if (seconds > NOTED_SECONDS) {
    terminal.note(`Candidate ${candidate} is trained again, to show it playing (about ${formatDuration(seconds)}) ...`);
  }
  try {
    return await playAgain(state, entry, options);
  } catch (error) {
    if (!isHqnasError(error)) throw error;
    terminal.note(`The report shows nobody playing: ${error.message}`);
    return undefined;
  }
}

async function playAgain(
  { header }: ExperimentState,
  entry: CandidateEntry,
  { ledger, folder, terminal }: PlayOptions,
): Promise<PlayedEpisode | undefined> {
  const { index, genome, dna, fidelity, outcome } = entry;
  if (genome === undefined || dna === undefined || !outcome.ok) return undefined;
  const start = (await startOf(ledger, header.id))?.run.machine['folder'];
  const plugins = typeof start === 'string' ? start : folder;
  const loaded = await loadDraft(parseConfigValues(header.config, header.id), plugins);
  const container = createContainer(loaded.plugins, { resolveConfig: resolveLoaded(loaded) });
  const registries = container.get(REGISTRIES);
  const config = container.get(CONFIG);
  const environment = environmentOf(config, registries);
  const { seed, among } = medianEpisode((outcome.repeats?.[0] ?? outcome).scores);
  let shown: ReturnType<typeof pictureEpisode>;
  allowFastKernels(config);
  const evaluator = createConfiguredEvaluator(config, registries, systemClock, {
    onTrained(model, _, family) {
      shown ??= pictureEpisode(model, environment, family.statistics(), seed);
    },
  });
  const seedsOf = await firstOf(ledger, header.id, entry);
  const evaluation = await evaluator.evaluate({
    ...{ index, genome, attempt: 0, seedsOf },
    ...(fidelity === undefined ? {} : { fidelity }),
  });
  await evaluator.close();
  if (!evaluation.ok || evaluation.parametersHash !== outcome.parametersHash) {
    terminal.note(
      'The report shows nobody playing: the training of the best network went another way than when it was recorded.',
    );
    return undefined;
  }
  return shown === undefined ? undefined : { candidate: index, dna, seed, among, ...shown };
}

/** Seconds of one training, as far as they were recorded. */
function secondsOf({ outcome, run }: CandidateEntry): number {
  return outcome.ok && run.seconds !== undefined ? run.seconds / (outcome.repeats?.length ?? 1) : Infinity;
}

/** The candidate whose seeds it was trained with: a training that goes on keeps those of its start. */
async function firstOf(ledger: Ledger, id: string, entry: CandidateEntry): Promise<number> {
  if (entry.continues === undefined) return entry.index;
  const before = await ledger.candidate(id, entry.continues);
  return before === undefined ? entry.continues : firstOf(ledger, id, before);
}

/** Neither the luckiest nor the unluckiest: the lower median by return of the first score with likeliest actions. */
function medianEpisode(scores: readonly Score[]): { readonly seed: number; readonly among: number | undefined } {
  const greedy = scores.find(({ policy, under }) => policy === 'greedy' && under === undefined);
  if (greedy === undefined) return { seed: scores[0]!.seeds[0]!, among: undefined };
  const order = greedy.returns.map((_, i) => i).sort((a, b) => greedy.returns[a]! - greedy.returns[b]! || a - b);
  const among = order.length;
  return { seed: greedy.seeds[order[(among - 1) >> 1]!]!, among };
}
