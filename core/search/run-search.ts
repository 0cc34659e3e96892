import { HqnasError } from '../errors.js';
import { printDna } from '../genome/dna.js';
import type { Genome } from '../genome/genome.js';
import { identityOf } from '../genome/identity.js';
import { canonicalJson } from '../json.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import type { Evaluation, EvaluationRun, Evaluator } from '../training/evaluator.js';
import { isCandidateFailure, type CandidateFailure, type FailureReason } from '../training/failure.js';
import type { CurvePoint } from '../training/trainer.js';
import { createEvaluationQueue, type Settled } from './evaluation-queue.js';
import type { Origin, Proposal, Search } from './strategy.js';

/** What a candidate came to: an evaluation without what depends on clock and machine. */
export type CandidateOutcome =
  | ({ readonly ok: true; /** Candidate whose score was taken over. */ readonly reusedFrom?: number } & Omit<
      Extract<Evaluation, { ok: true }>,
      'ok' | 'run'
    >)
  | { readonly ok: false; readonly reason: FailureReason };

/** A candidate as proposed. All but the index is undefined when proposing failed. */
export interface Proposed {
  readonly index: number;
  readonly genome?: Genome;
  readonly dna?: string;
  readonly identity?: string;
  readonly origin?: Origin;
  /** What moves threw away on the way to it, by "mutation: rule". */
  readonly refused?: Readonly<Record<string, number>>;
}

/** A candidate with its outcome, as it goes into the ledger. `run` is undefined where nothing was evaluated. */
export interface Committed extends Proposed {
  readonly outcome: CandidateOutcome;
  readonly run: EvaluationRun | undefined;
}

/** What a resumed search takes from its ledger. */
export type Known = Pick<Committed, 'genome' | 'outcome'>;

export type SearchEvent =
  | { readonly type: 'proposed'; readonly candidate: Proposed }
  | { readonly type: 'started'; readonly index: number }
  | { readonly type: 'progress'; readonly index: number; readonly point: CurvePoint }
  /** `replayed`: it stood in the ledger already. */
  | { readonly type: 'committed'; readonly candidate: Committed; readonly replayed: boolean };

export interface SearchOptions {
  readonly search: Search;
  readonly evaluator: Evaluator;
  /** Total number of candidates, those in the ledger included. */
  readonly candidates: number;
  /** Candidate n is proposed knowing exactly the results of 0 .. n - lookahead - 1; 0 = all before it. Part of the history. */
  readonly lookahead: number;
  /** Evaluations at a time; more than the lookahead are never busy. Never changes the history. */
  readonly workers: number;
  readonly rng: Rng;
  /** `reuse`: a candidate that is the same network as an earlier scored one takes over its score. */
  readonly duplicates: 'reuse' | 're-evaluate';
  readonly kinds: Registry<LayerKind>;
  /** Called in candidate order; the next result is committed when the promise is kept. */
  append(committed: Committed): Promise<void>;
  /** Results by candidate number that are in the ledger already: a gapless range from 0. */
  readonly known?: ReadonlyMap<number, Known>;
  /** Observes; it must not throw. */
  readonly onEvent?: (event: SearchEvent) => void;
  readonly signal?: AbortSignal;
  /** On abort: `finish` what is being evaluated and commit it, or `abandon` it (default). A resumed search makes it again. */
  readonly onAbort?: 'finish' | 'abandon';
}

export interface SearchEnd {
  /** `exhausted`: the strategy had nothing more to propose. */
  readonly reason: 'budget' | 'exhausted' | 'interrupted';
  /** Candidates with a result, replayed ones included. */
  readonly committed: number;
  /** Numbers of candidates that were proposed but have no result in the ledger; empty unless interrupted. */
  readonly abandoned: readonly number[];
}

/** A candidate on its way: proposed, its outcome not yet committed. */
interface Pending {
  readonly proposed: Proposed;
  readonly known: boolean;
  readonly settled: Promise<
    { readonly outcome: CandidateOutcome; readonly run: EvaluationRun | undefined } | 'abandoned'
  >;
}

/**
 * Runs a search to the end of its budget. The order of calls is fixed by `lookahead` alone: ask(n) comes after the
 * results 0 .. n - lookahead - 1 were told and before any later one, so the history is the same for any number of
 * workers, and replaying a ledger through the same calls restores any strategy.
 * @throws HqnasError `history-mismatch` when known results do not belong to what is proposed; whatever the strategy
 * (`search-starved`) or `append` throws, or the evaluator where it can evaluate nothing at all
 */
export async function runSearch(options: SearchOptions): Promise<SearchEnd> {
  const { search, candidates, lookahead, signal, onEvent } = options;
  const stop = new AbortController();
  const queue = createEvaluationQueue({
    evaluator: options.evaluator,
    width: Math.max(1, Math.min(options.workers, lookahead)),
    stop: stop.signal,
    onStart: (index) => onEvent?.({ type: 'started', index }),
    onProgress: (index, point) => onEvent?.({ type: 'progress', index, point }),
  });
  const interrupt = (): void => {
    if (options.onAbort === 'finish') queue.drain();
    else stop.abort(signal?.reason);
  };
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });

  const scored = new Map<string, { readonly index: number; readonly outcome: CandidateOutcome }>();
  const pending: Pending[] = [];
  let asked = 0;
  let told = 0;
  let exhausted = false;
  try {
    for (;;) {
      while (!exhausted && asked < candidates && asked <= told + lookahead && signal?.aborted !== true) {
        const proposal = propose(options, asked);
        if (proposal === undefined) exhausted = true;
        else pending.push(dispatch(proposal, asked++));
      }
      const next = pending[0];
      if (next === undefined)
        return end(signal?.aborted === true && !exhausted && asked < candidates ? 'interrupted' : undefined);
      const settled = await next.settled;
      if (settled === 'abandoned') return end('interrupted');
      const committed: Committed = { ...next.proposed, ...settled };
      if (!next.known) await options.append(committed);
      onEvent?.({ type: 'committed', candidate: committed, replayed: next.known });
      tell(committed);
      pending.shift();
      told++;
    }
  } finally {
    signal?.removeEventListener('abort', interrupt);
    stop.abort();
  }

  function dispatch(proposal: Proposal | CandidateFailure, index: number): Pending {
    const known = options.known?.get(index);
    if (isCandidateFailure(proposal)) {
      if (known !== undefined) checkHistory(index, known, undefined);
      onEvent?.({ type: 'proposed', candidate: { index } });
      const outcome = known?.outcome ?? { ok: false, reason: proposal.reason };
      return { proposed: { index }, known: known !== undefined, settled: Promise.resolve({ outcome, run: undefined }) };
    }
    const { genome, origin, refused } = proposal;
    const dna = printDna(genome, options.kinds);
    const identity = identityOf(genome, options.kinds);
    const proposed: Proposed = {
      index,
      genome,
      dna,
      identity,
      origin,
      ...(refused === undefined ? {} : { refused }),
    };
    onEvent?.({ type: 'proposed', candidate: proposed });
    if (known !== undefined) {
      checkHistory(index, known, genome);
      return { proposed, known: true, settled: Promise.resolve({ outcome: known.outcome, run: undefined }) };
    }
    const twin = options.duplicates === 'reuse' ? scored.get(identity) : undefined;
    if (twin?.outcome.ok === true) {
      const outcome: CandidateOutcome = { ...twin.outcome, reusedFrom: twin.index };
      return { proposed, known: false, settled: Promise.resolve({ outcome, run: undefined }) };
    }
    const settled = queue.evaluate({ index, genome, attempt: 0 }).then(splitRun);
    // It is awaited in its turn; an earlier candidate may end the search before.
    settled.catch(() => undefined);
    return { proposed, known: false, settled };
  }

  function tell({ index, genome, identity, origin, outcome }: Committed): void {
    if (genome === undefined || identity === undefined || origin === undefined) return;
    if (outcome.ok && options.duplicates === 'reuse' && !scored.has(identity)) scored.set(identity, { index, outcome });
    search.tell({
      index,
      genome,
      identity,
      origin,
      score: outcome.ok ? outcome.score : undefined,
      objectives: outcome.ok ? [outcome.score] : undefined,
      metrics: outcome.ok ? outcome.metrics : {},
      evaluations: outcome.ok ? 1 : 0,
      deviation: undefined,
      fidelity: 1,
    });
  }

  function end(reason: 'interrupted' | undefined): SearchEnd {
    return {
      reason: reason ?? (exhausted ? 'exhausted' : 'budget'),
      committed: told,
      abandoned: pending.map(({ proposed }) => proposed.index),
    };
  }
}

/** The next proposal; a failure to make one is a result as well. */
function propose({ search, rng }: SearchOptions, index: number): Proposal | CandidateFailure | undefined {
  try {
    return search.ask(index, rng.fork('ask', index));
  } catch (error) {
    if (isCandidateFailure(error)) return error;
    throw error;
  }
}

function splitRun(settled: Settled): { readonly outcome: CandidateOutcome; readonly run: EvaluationRun } | 'abandoned' {
  if (settled === 'abandoned') return settled;
  const { run, ...outcome } = settled;
  return { outcome, run };
}

function checkHistory(index: number, known: Known, genome: Genome | undefined): void {
  const proposed = genome === undefined ? 'no genome' : canonicalJson(genome);
  const recorded = known.genome === undefined ? 'no genome' : canonicalJson(known.genome);
  if (proposed === recorded) return;
  throw new HqnasError({
    code: 'history-mismatch',
    what: `candidate ${index} of the ledger is not the one that this config and these plugins propose`,
    expected: recorded,
    got: proposed,
    remedy: 'Resume with the config, seed and plugin versions the experiment was started with, or start a new one.',
  });
}
