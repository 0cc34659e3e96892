import type { JsonObject } from '../json.js';
import { registeredIds, type Registries } from '../plugin/registries.js';
import { createRng } from '../random.js';
import { runFinalists } from '../search/run-finalists.js';
import { runSearch, type Known, type SearchEnd } from '../search/run-search.js';
import type { EndReason } from '../search/stop-when.js';
import type { Evaluator } from '../training/evaluator.js';
import { towards } from '../training/objective.js';
import type { Clock, IdSource } from './clock.js';
import type { ExperimentConfig, FinalistsConfig } from './config/config.js';
import type { ExperimentEvents } from './events.js';
import { foldHistory, type ExperimentState } from './fold.js';
import { forwardSearchEvents } from './forward-search-events.js';
import type { CandidateEntry, Entry, ExperimentHeader, Ledger } from './ledger.js';
import { candidateEntry } from './candidate-entry.js';
import { headerOf } from './memory-ledger.js';
import { objectivesIn } from './objectives.js';
import { differentNetworks } from './leaderboard.js';
import { readBefore, type Opened } from './read-before.js';
import { changedVersions, notExtended } from './resume-errors.js';
import { rehearse, startSearch } from './start-search.js';

/** What belongs to this run of an experiment, and not to the experiment. */
export interface RunFacts {
  /** Of hqnas, the compiler, and every plugin by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly workers: number;
  /** About the machine, for whoever reads the history later. */
  readonly machine: JsonObject;
  /** Id of an unfinished experiment to go on with. */
  readonly resume?: string | undefined;
  /** Total number of candidates from here on: extends a resumed experiment. */
  readonly candidates?: number | undefined;
  /** Go on with other versions than those of the start; the ledger then says so. */
  readonly force?: boolean | undefined;
  /** What becomes of candidates in flight when the signal aborts: they are finished (default) or dropped. */
  readonly onInterrupt?: 'finish' | 'abandon' | undefined;
}

export interface ExperimentParts {
  readonly config: ExperimentConfig;
  readonly registries: Registries;
  readonly evaluator: Evaluator;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly events: ExperimentEvents;
  readonly run: RunFacts;
}

/** A search from its first candidate to its report, or from where its ledger ends. */
export class Experiment {
  readonly id: string;
  readonly #parts: ExperimentParts;

  constructor(parts: ExperimentParts) {
    this.#parts = parts;
    this.id = parts.run.resume ?? parts.ids.next(parts.config.name);
  }

  /**
   * Runs to the end of the budget, or until `signal` aborts: what is in flight is then finished and recorded.
   * @throws HqnasError `plugins-changed`, `budget-not-extended`, `history-mismatch`, `search-starved` before the first candidate, `ledger-*`
   */
  async run(signal?: AbortSignal): Promise<ExperimentState> {
    const { config, registries, ledger, clock, events } = this.#parts;
    const began = clock.seconds();
    rehearse(config, registries);
    const opened = this.#parts.run.resume === undefined ? await this.#start() : await this.#takeUp();
    if (opened.finished) return foldHistory(ledger.read(this.id));
    const { header, candidates, done, best } = opened;
    events.emit('started', { header, candidates, done, best });

    const spent = (): number => opened.seconds + clock.seconds() - began;
    const end = opened.searched ?? (await this.#search(opened, spent, signal));
    const { finalists } = config.evaluation;
    if (isFinal(end.reason) && finalists !== false) {
      if (opened.searched === undefined) await ledger.append(this.id, this.#endOfSearch(end.reason, spent()));
      const complete = await this.#runFinalists(finalists, signal);
      return this.#close(complete ? end : { reason: 'interrupted' }, clock.seconds() - began);
    }
    return this.#close(end, clock.seconds() - began);
  }

  #search(opened: Opened, seconds: () => number, signal: AbortSignal | undefined): Promise<SearchResult> {
    const { config, registries, evaluator, ledger, clock, events, run } = this.#parts;
    const { evaluation, stopWhen } = config;
    const objectives = objectivesIn(config, registries);
    return runSearch({
      search: startSearch(config, registries),
      evaluator,
      candidates: opened.candidates,
      lookahead: config.lookahead,
      workers: run.workers,
      rng: createRng(config.seed),
      duplicates: evaluation.duplicates,
      repeats: evaluation.repeats,
      rank: evaluation.rank,
      objectives,
      stopWhen: {
        score: stopWhen.score === undefined ? undefined : towards(objectives[0]!, stopWhen.score),
        noImprovement: stopWhen.noImprovement,
        seconds: stopWhen.minutes === undefined ? undefined : stopWhen.minutes * 60,
      },
      seconds,
      kinds: registries.layers,
      append: (results) =>
        ledger.appendAll(
          this.id,
          results.map((committed) => candidateEntry(committed, clock.now())),
        ),
      recall: (index) => this.#recall(index),
      known: opened.done === 0 ? [] : this.#candidates(),
      onEvent: forwardSearchEvents(events),
      onAbort: run.onInterrupt ?? 'finish',
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** Trains the best of the search again. @returns false when it was interrupted */
  async #runFinalists(config: FinalistsConfig, signal: AbortSignal | undefined): Promise<boolean> {
    const { evaluator, ledger, clock, events, run, registries } = this.#parts;
    const { leaderboard, finalists } = await foldHistory(ledger.read(this.id));
    const known = new Set(
      finalists.flatMap(({ candidate, trained }) => trained.map((repeat) => `${candidate} ${repeat}`)),
    );
    const chosen = await Promise.all(
      differentNetworks(leaderboard, config.top).map(async ({ candidate }) => {
        const { genome } = await this.#recall(candidate);
        return { candidate, genome: genome! }; // what has a score has a genome
      }),
    );
    events.emit('finalists-started', { candidates: chosen.map(({ candidate }) => candidate), repeats: config.repeats });
    return runFinalists({
      finalists: chosen,
      repeats: config.repeats,
      episodes: config.episodes,
      objectives: objectivesIn(this.#parts.config, registries),
      evaluator,
      workers: run.workers,
      known: (candidate, repeat) => known.has(`${candidate} ${repeat}`),
      append: async ({ candidate, repeat, outcome, run: facts }) => {
        await ledger.append(this.id, {
          type: 'finalist',
          candidate,
          repeat,
          outcome,
          run: { time: clock.now(), ...facts },
        });
        events.emit('finalist-finished', { candidate, repeat, outcome });
      },
      onAbort: run.onInterrupt ?? 'finish',
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** Records how this run ended. */
  async #close({ reason, problem }: SearchResult, seconds: number): Promise<ExperimentState> {
    const { ledger, clock, events } = this.#parts;
    const run = { time: clock.now(), seconds };
    const entry: Entry = isFinal(reason)
      ? { type: 'finished', reason, run }
      : { type: 'interrupted', ...(problem === undefined ? {} : { problem }), run };
    await ledger.append(this.id, entry);
    events.emit('finished', { id: this.id, reason });
    return foldHistory(ledger.read(this.id));
  }

  #endOfSearch(reason: EndReason, seconds: number): Entry {
    return { type: 'searched', reason, run: { time: this.#parts.clock.now(), seconds } };
  }

  /** @throws TypeError for a candidate without an entry */
  async #recall(index: number): Promise<CandidateEntry> {
    const entry = await this.#parts.ledger.candidate(this.id, index);
    if (entry === undefined) throw new TypeError(`candidate ${index} of "${this.id}" has no entry`);
    return entry;
  }

  async *#candidates(): AsyncIterable<Known> {
    for await (const entry of this.#parts.ledger.read(this.id)) if (entry.type === 'candidate') yield entry;
  }

  async #start(): Promise<Opened> {
    const { ledger, clock, run } = this.#parts;
    const entry: Entry = {
      type: 'started',
      header: this.#header(),
      run: { id: this.id, time: clock.now(), workers: run.workers, machine: run.machine },
    };
    await ledger.append(this.id, entry);
    const { candidates } = this.#parts.config.budget;
    const nothing = { done: 0, best: undefined, seconds: 0, searched: undefined, finished: false };
    return { header: headerOf(entry), candidates, ...nothing };
  }

  /** Reads what is there already, and records what this run changes about the experiment. */
  async #takeUp(): Promise<Opened> {
    const { ledger, clock, run } = this.#parts;
    const before = await readBefore(ledger, this.id);
    const { finished, searched, versions, ...opened } = before;
    const more = run.candidates !== undefined && run.candidates !== opened.candidates ? run.candidates : undefined;
    if (more !== undefined && more < opened.candidates) throw notExtended(opened.candidates, more);
    if (finished && more === undefined) return { ...opened, searched, finished };
    const changed = changedVersions(versions, run.versions);
    if (changed !== undefined) {
      if (run.force !== true) throw changed;
      await ledger.append(this.id, { type: 'forced', versions: run.versions, run: { time: clock.now() } });
    }
    if (more === undefined) return { ...opened, searched, finished };
    await ledger.append(this.id, { type: 'extended', candidates: more, run: { time: clock.now() } });
    return { ...opened, candidates: more, searched: undefined, finished: false };
  }

  #header(): Omit<ExperimentHeader, 'id'> {
    const { config, registries, run } = this.#parts;
    return {
      name: config.name,
      // The config is JSON by its schema; the interface only lacks the index signature.
      config: config as unknown as JsonObject,
      seed: config.seed,
      versions: run.versions,
      registered: registeredIds(registries),
      objectives: objectivesIn(config, registries),
    };
  }
}

type SearchResult = Pick<SearchEnd, 'reason' | 'problem'>;

function isFinal(reason: SearchEnd['reason']): reason is EndReason {
  return reason !== 'interrupted' && reason !== 'starved';
}
