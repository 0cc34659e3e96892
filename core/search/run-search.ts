import { isHqnasError } from '../errors.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import type { Evaluator } from '../training/evaluator.js';
import { objectiveValues, type Objective } from '../training/objective.js';
import { combineRepeats, trainingsOf } from '../training/repeats.js';
import type { CurvePoint } from '../training/trainer.js';
import { createAsking, type Asked } from './ask-candidate.js';
import { createEvaluationQueue, type Settled } from './evaluation-queue.js';
import { checkHistory } from './history-mismatch.js';
import { inheritanceOf } from './inheritance.js';
import type { CandidateOutcome, Committed, Known, Proposed } from './proposed.js';
import { NetworkRecords, networkKey, type RankRule } from './network-records.js';
import { commitSettled, createPending, type Pending, type Result } from './pending.js';
import { createStopWatch, type EndReason, type StopWhen } from './stop-when.js';
import type { Search } from './strategy.js';

export type { CandidateOutcome, Committed, Known, Proposed } from './proposed.js';

/** What happens in a search, as it happens. Listeners observe and never steer. */
export type SearchEvent =
  | { readonly type: 'proposed'; readonly candidate: Proposed }
  /** `repeat`: which of several trainings of the candidate. */
  | { readonly type: 'started'; readonly index: number; readonly repeat: number }
  | { readonly type: 'progress'; readonly index: number; readonly repeat: number; readonly point: CurvePoint }
  /** `replayed`: it stood in the ledger already. */
  | { readonly type: 'committed'; readonly candidate: Committed; readonly replayed: boolean };

/**
 * What happens to a proposal that is the same network, with the same share of the budget, as one before. `reuse`: it
 * takes over the score of the first that was told. `re-evaluate`: it is trained again, with other seeds, and the network
 * ranks by all its trainings. `reject`: another one is asked for; "before" then means every earlier candidate, told or not.
 */
export type DuplicatePolicy = 'reuse' | 're-evaluate' | 'reject';

/** A search with all that it needs. */
export interface SearchOptions {
  readonly search: Search;
  readonly evaluator: Evaluator;
  /** Total number of candidates, those in the ledger included. */
  readonly candidates: number;
  /** Candidate n is proposed knowing exactly the results of 0 .. n - lookahead - 1; 0 = all before it. Part of the history. */
  readonly lookahead: number;
  /** Evaluations at a time; more than lookahead times repeats are never busy. Never changes the history. */
  readonly workers: number;
  readonly rng: Rng;
  readonly duplicates: DuplicatePolicy;
  /** The first belongs to `score`. Default: the score alone. */
  readonly objectives?: readonly Objective[];
  /** Trainings per candidate, each with seeds of its own; default 1. */
  readonly repeats?: number;
  /** Default `mean`. */
  readonly rank?: RankRule;
  readonly stopWhen?: StopWhen;
  /** Seconds of search so far, for `stopWhen.seconds`. */
  readonly seconds?: () => number;
  readonly kinds: Registry<LayerKind>;
  /**
   * Called in candidate order, with results that are there at the same time together, as far as none of them can end the
   * search; they are committed when the promise is kept. All of them, or none.
   */
  append(committed: readonly Committed[]): Promise<void>;
  /** Gives back what `append` was given, for `reuse`, paused trainings and inheritance: the search itself keeps no outcomes. */
  recall(index: number): Promise<Known>;
  /** Results that are in the ledger already, from candidate 0 on without a gap; read one by one. */
  readonly known?: AsyncIterable<Known> | Iterable<Known>;
  /** Observes; it must not throw. */
  readonly onEvent?: (event: SearchEvent) => void;
  readonly signal?: AbortSignal;
  /** On abort: `finish` what is being evaluated and commit it, or `abandon` it (default). A resumed search makes it again. */
  readonly onAbort?: 'finish' | 'abandon';
}

/** How a search ended. */
export interface SearchEnd {
  /** `starved`: the strategy found no valid network; what was on its way is finished, and the search can be taken up again. */
  readonly reason: EndReason | 'interrupted' | 'starved';
  /** Of a starved search. */
  readonly problem?: { readonly code: string; readonly message: string };
  /** Candidates with a result, replayed ones included. */
  readonly committed: number;
  /** Numbers of candidates that were proposed but have no result in the ledger. */
  readonly abandoned: readonly number[];
}

const scoreAlone: readonly Objective[] = [{ id: 'score', direction: 'maximise' }];

/**
 * Runs a search to its end. The order of calls is fixed by `lookahead` alone: ask(n) comes after the results
 * 0 .. n - lookahead - 1 were told and before any later one, so the history is the same for any number of workers, and
 * replaying a ledger through the same calls restores any strategy. What happens to duplicates follows from the same
 * order. Besides the strategy's own state, a few numbers are kept of every network, and no outcomes.
 * @throws HqnasError `history-mismatch` when known results do not belong to what is proposed, `invalid-proposal`;
 * whatever the strategy or `append` throws, or the evaluator where it can evaluate nothing at all
 */
export async function runSearch(options: SearchOptions): Promise<SearchEnd> {
  const { search, candidates, lookahead, signal, onEvent, repeats = 1, objectives = scoreAlone } = options;
  const stop = new AbortController();
  const queue = createEvaluationQueue({
    evaluator: options.evaluator,
    width: Math.max(1, Math.min(options.workers, Math.max(1, lookahead) * repeats)),
    stop: stop.signal,
    objectives,
    onStart: (index, repeat) => onEvent?.({ type: 'started', index, repeat }),
    onProgress: (index, repeat, point) => onEvent?.({ type: 'progress', index, repeat, point }),
  });
  const interrupt = (): void => {
    if (options.onAbort === 'finish') queue.drain();
    else stop.abort(signal?.reason);
  };
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });

  const records = new NetworkRecords();
  /** First told candidate of each network that has a score. */
  const firsts = new Map<string, number>();
  const asking = createAsking(search, options.rng, {
    kinds: options.kinds,
    rejectSeen: options.duplicates === 'reject',
  });
  const watch = createStopWatch(options.stopWhen ?? {}, options.seconds ?? (() => 0));
  const known = readOneByOne(options.known ?? []);
  const pending: Pending[] = [];
  let asked = 0;
  let told = 0;
  let ended: Pick<SearchEnd, 'reason' | 'problem'> | undefined;
  try {
    for (;;) {
      while (ended === undefined && asked < candidates && asked <= told + lookahead && signal?.aborted !== true) {
        const next = askNext(asked);
        if (next === undefined) break;
        pending.push(dispatch(next, await known()));
        asked++;
      }
      const next = pending[0];
      if (next === undefined) return end(ended ?? { reason: asked < candidates ? 'interrupted' : 'budget' });
      if (next.committed === undefined) {
        if ((await next.settled) === 'abandoned') return end({ reason: 'interrupted' });
        await commitSettled(pending, watch.mayEnd, options.append);
      }
      const committed = next.committed!; // its result is there
      onEvent?.({ type: 'committed', candidate: committed, replayed: next.known });
      const rank = tell(committed, next.asked.again);
      pending.shift();
      told++;
      const reason = watch.told(rank, next.known);
      // What is still on its way would not be there in a search without lookahead: it is given up.
      if (reason !== undefined) return end({ reason });
    }
  } finally {
    signal?.removeEventListener('abort', interrupt);
    stop.abort();
  }

  /** The next candidate, or undefined where there is none; `ended` then says why. */
  function askNext(index: number): Asked | undefined {
    try {
      const next = asking(index);
      if (next === undefined) ended = { reason: 'exhausted' };
      return next;
    } catch (error) {
      if (!isHqnasError(error) || error.code !== 'search-starved') throw error;
      ended = { reason: 'starved', problem: { code: error.code, message: error.message } };
      return undefined;
    }
  }

  function dispatch(next: Asked, recorded: Known | undefined): Pending {
    const { proposed, key } = next;
    onEvent?.({ type: 'proposed', candidate: proposed });
    const settle = (outcome: CandidateOutcome): Pending => {
      return createPending(next, recorded !== undefined, Promise.resolve({ outcome, run: undefined }));
    };
    if (recorded !== undefined) {
      checkHistory(proposed.index, recorded.genome, proposed.genome);
      return settle(recorded.outcome);
    }
    if (next.failure !== undefined) return settle({ ok: false, reason: next.failure });
    const first = options.duplicates === 'reuse' && !next.again && key !== undefined ? firsts.get(key) : undefined;
    const settled = first === undefined ? evaluate(next).then(splitRun) : reuse(first);
    return createPending(next, false, settled);
  }

  async function reuse(index: number): Promise<{ outcome: CandidateOutcome; run: undefined }> {
    const { outcome } = await options.recall(index);
    return { outcome: outcome.ok ? { ...outcome, reusedFrom: index } : outcome, run: undefined };
  }

  async function evaluate({ proposed, seedsOf, stopBelow }: Asked): Promise<Settled> {
    const { index, genome, fidelity, inherits } = proposed;
    const inheritance = inherits === undefined ? undefined : await inheritanceOf(inherits, told, options.recall);
    const candidate = {
      index,
      genome: genome!, // only a failed proposal has none
      attempt: 0,
      ...(fidelity === undefined ? {} : { fidelity }),
      ...(seedsOf === undefined ? {} : { seedsOf }),
      ...(inheritance === undefined ? {} : { inherits: inheritance }),
      ...(stopBelow === undefined ? {} : { stopBelow }),
    };
    const paused = proposed.continues === undefined ? () => ({}) : await pausedStates(proposed.continues);
    if (repeats === 1) return queue.evaluate({ ...candidate, ...paused(0) });
    const jobs = Array.from({ length: repeats }, (_, repeat) => {
      return queue.evaluate({ ...candidate, repeat, ...paused(repeat) });
    });
    const settled = await Promise.all(jobs);
    const evaluations = settled.flatMap((one) => (one === 'abandoned' ? [] : [one]));
    return evaluations.length < repeats ? 'abandoned' : combineRepeats(evaluations);
  }

  /** Where the trainings that a candidate takes further were paused: the ledger says so once they are in it. */
  async function pausedStates(before: number): Promise<(repeat: number) => { readonly paused?: string }> {
    const run = before < told ? (await options.recall(before)).run : undefined;
    return (repeat) => {
      const name = run?.paused?.[repeat];
      return typeof name === 'string' ? { paused: name } : {};
    };
  }

  /** @returns what the candidate ranks by, if it was trained with the whole budget */
  function tell(committed: Committed, again: boolean): number | undefined {
    const { index, genome, identity, origin, outcome, fidelity = 1, inherits } = committed;
    if (genome === undefined || identity === undefined || origin === undefined) return undefined;
    const key = networkKey(identity, fidelity, inherits);
    if (!outcome.ok) {
      const nothing = { score: undefined, objectives: undefined, metrics: {}, evaluations: 0, deviation: undefined };
      search.tell({ index, genome, identity, origin, fidelity, ...nothing, curve: outcome.spent?.curve });
      return undefined;
    }
    if (outcome.reusedFrom === undefined) {
      for (const training of trainingsOf(outcome)) records.add(key, objectiveValues(objectives, training));
      // A network trained further is no twin: it used the seeds of another candidate.
      if (options.duplicates === 'reuse' && !again && !firsts.has(key)) firsts.set(key, index);
    }
    const { evaluations, means, deviation } = records.summary(key);
    const score = records.rank(key, options.rank ?? 'mean');
    search.tell({
      index,
      genome,
      identity,
      origin,
      score,
      ...(options.rank === 'lower-bound' ? { mean: means[0]! } : {}),
      objectives: means.with(0, score),
      metrics: outcome.metrics,
      evaluations,
      deviation,
      fidelity,
      curve: outcome.curve,
    });
    return fidelity === 1 ? score : undefined;
  }

  function end({ reason, problem }: Pick<SearchEnd, 'reason' | 'problem'>): SearchEnd {
    const abandoned = pending.map(({ asked: { proposed } }) => proposed.index);
    return { reason, ...(problem === undefined ? {} : { problem }), committed: told, abandoned };
  }
}

/** The values of an iterable, one for each call; undefined after the last. */
function readOneByOne<T>(values: AsyncIterable<T> | Iterable<T>): () => Promise<T | undefined> {
  const iterator = Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
  let done = false;
  return async () => {
    if (done) return undefined;
    const next = await iterator.next();
    if (next.done !== true) return next.value;
    // A ledger grows while the search goes on: what comes now is not from before.
    done = true;
    return undefined;
  };
}

function splitRun(settled: Settled): Result {
  if (settled === 'abandoned') return settled;
  const { run, ...outcome } = settled;
  return { outcome, run };
}
