import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import { registeredIds, type Registries } from '../plugin/registries.js';
import { createRng } from '../random.js';
import { runSearch, type Committed, type Known, type SearchEnd } from '../search/run-search.js';
import type { Evaluator } from '../training/evaluator.js';
import type { Clock, IdSource } from './clock.js';
import type { ExperimentConfig } from './config.js';
import type { ExperimentEvents, ExperimentStarted } from './events.js';
import { foldHistory, type ExperimentState } from './fold.js';
import { forwardSearchEvents } from './forward-search-events.js';
import type { Entry, ExperimentHeader, Ledger } from './ledger.js';
import { headerOf } from './memory-ledger.js';
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
   * @throws HqnasError `plugins-changed`, `history-mismatch`, `search-starved`, `ledger-*`
   */
  async run(signal?: AbortSignal): Promise<ExperimentState> {
    const { config, registries, evaluator, ledger, clock, events, run } = this.#parts;
    const began = clock.seconds();
    const rng = createRng(config.seed);
    rehearse(config, registries);
    const search = startSearch(config, registries);
    const { header, known, finished } = run.resume === undefined ? await this.#start() : await this.#takeUp();
    if (finished) return foldHistory(ledger.read(this.id));
    events.emit('started', { header, candidates: config.budget.candidates, done: known.size, best: bestOf(known) });

    const end = await runSearch({
      search,
      evaluator,
      candidates: config.budget.candidates,
      lookahead: config.lookahead,
      workers: run.workers,
      rng,
      duplicates: config.evaluation.duplicates,
      kinds: registries.layers,
      append: (committed) => ledger.append(this.id, candidateEntry(committed, clock.now())),
      known,
      onEvent: forwardSearchEvents(events),
      onAbort: 'finish',
      ...(signal === undefined ? {} : { signal }),
    });

    await ledger.append(this.id, endEntry(end, { time: clock.now(), seconds: clock.seconds() - began }));
    events.emit('finished', { id: this.id, reason: end.reason });
    return foldHistory(ledger.read(this.id));
  }

  async #start(): Promise<Opened> {
    const { ledger, clock, run } = this.#parts;
    const entry: Entry = {
      type: 'started',
      header: this.#header(),
      run: { id: this.id, time: clock.now(), workers: run.workers, machine: run.machine },
    };
    await ledger.append(this.id, entry);
    return { header: headerOf(entry), known: new Map(), finished: false };
  }

  /** Reads what is there already; the same plugins must be loaded as then. */
  async #takeUp(): Promise<Opened> {
    const { ledger } = this.#parts;
    const known = new Map<number, KnownCandidate>();
    let header: ExperimentHeader | undefined;
    let finished = false;
    for await (const entry of ledger.read(this.id)) {
      if (entry.type === 'started') header = headerOf(entry);
      else if (entry.type === 'finished') finished = true;
      else if (entry.type === 'candidate') known.set(entry.index, entry);
    }
    if (header === undefined) throw new TypeError(`the history of "${this.id}" has no start`);
    if (!finished) checkSame(header, this.#header());
    return { header, known, finished };
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
    };
  }
}

type KnownCandidate = Known & { readonly dna?: string };

interface Opened {
  readonly header: ExperimentHeader;
  readonly known: ReadonlyMap<number, KnownCandidate>;
  readonly finished: boolean;
}

function bestOf(known: Iterable<readonly [number, KnownCandidate]>): ExperimentStarted['best'] {
  let best: ExperimentStarted['best'];
  for (const [, { outcome, dna }] of known) {
    if (outcome.ok && (best === undefined || outcome.score > best.score)) best = { score: outcome.score, dna };
  }
  return best;
}

function candidateEntry(
  { index, genome, dna, identity, origin, refused, outcome, run }: Committed,
  time: string,
): Entry {
  return {
    type: 'candidate',
    index,
    ...(genome === undefined ? {} : { genome }),
    ...(dna === undefined ? {} : { dna }),
    ...(identity === undefined ? {} : { identity }),
    ...(origin === undefined ? {} : { origin }),
    ...(refused === undefined ? {} : { refused }),
    outcome,
    run: { time, ...run },
  };
}

function endEntry({ reason }: SearchEnd, run: { readonly time: string; readonly seconds: number }): Entry {
  return reason === 'interrupted' ? { type: 'interrupted', run } : { type: 'finished', reason, run };
}

/** Another version of a plugin could propose or score differently: a mixed history would be worth nothing. */
function checkSame(before: ExperimentHeader, now: Omit<ExperimentHeader, 'id'>): void {
  const changed = [...new Set([...Object.keys(before.versions), ...Object.keys(now.versions)])].filter(
    (name) => before.versions[name] !== now.versions[name],
  );
  if (changed.length === 0) return;
  const describe = (versions: Readonly<Record<string, string>>): string =>
    changed.map((name) => `${name} ${versions[name] ?? 'absent'}`).join(', ');
  throw new HqnasError({
    code: 'plugins-changed',
    what: 'the experiment was started with other versions',
    expected: describe(before.versions),
    got: describe(now.versions),
    remedy: 'Install those versions again, or start a new experiment.',
  });
}
