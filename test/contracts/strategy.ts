import { parseValues } from '../../core/domain.js';
import { freezeGenome } from '../../core/genome/edit.js';
import type { Genome } from '../../core/genome/genome.js';
import type { NetworkMeasures } from '../../core/genome/network-measures.js';
import { canonicalJson } from '../../core/json.js';
import { createRng, type Rng } from '../../core/random.js';
import type { Move, Moves } from '../../core/search/moves.js';
import type { Proposal, SearchStrategy } from '../../core/search/strategy.js';
import { CandidateFailure, type Stage } from '../../core/training/failure.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';
import { plainContext, toldOf } from './told.js';

/** What a strategy is tried with. */
export interface StrategyContractOptions {
  /** Options of the strategy; the rest take their defaults. */
  readonly options?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Candidates per check. Default 120. */
  readonly candidates?: number;
}

/** A search in which a genome is a number and a mutation a step up or down. */
interface Toy {
  readonly lookahead?: number;
  readonly score?: (value: number, index: number) => number | undefined;
  /** Calls of moves, counted from 0, that fail the candidate. */
  readonly fails?: (call: number) => boolean;
  /** Numbers about untrained networks; absent by default. */
  readonly measures?: NetworkMeasures;
  /** Candidates that are asked for twice: the first proposal is not taken. */
  readonly twice?: (index: number) => boolean;
}

/** What every strategy promises: reproducible, plain data, mutates what it knows, survives failures, ties and late results. */
export function strategyContract(strategy: SearchStrategy, options: StrategyContractOptions = {}): readonly Check[] {
  const { candidates = 120 } = options;
  const run = (toy: Toy = {}, seed = 1): readonly (Proposal | undefined)[] =>
    runToy(strategy, options.options ?? {}, candidates, toy, seed);
  const check = (name: string, body: () => void): Check => ({ name: `${strategy.id}: ${name}`, run: body });

  return [
    check('proposes the same for the same seed and results', () => {
      for (const lookahead of [0, 4]) ensureEqual(plain(run({ lookahead })), plain(run({ lookahead })), 'second run');
    }),
    check('proposes something else for another seed', () => {
      ensure(canonicalJson(plain(run())) !== canonicalJson(plain(run({}, 2))), 'two seeds gave the same 120 proposals');
    }),
    check('proposes plain JSON, with parents that were told before', () => {
      for (const proposal of run()) canonicalJson(proposal ?? null);
    }),
    check('goes on when every third candidate fails', () => {
      ensure(
        run({ score: (value, index) => (index % 3 === 0 ? undefined : value) }).length === candidates,
        'it stopped early',
      );
    }),
    check('goes on when all candidates fail', () => void run({ score: () => undefined })),
    check('goes on when all scores are equal', () => void run({ score: () => 1 })),
    check('goes on when a move fails the candidate', () => {
      const proposals = run({ fails: (call) => call % 5 === 2 });
      ensure(proposals.includes(undefined), 'a failure of a move was swallowed: let it pass, the search records it');
    }),
    check('goes on when results come late', () => {
      for (const lookahead of [1, 7, 60]) run({ lookahead });
    }),
    check('goes on when a proposal is not taken, and another one is asked for under the same number', () => {
      const toy = { twice: (index: number) => index % 4 === 3, lookahead: 2 };
      ensureEqual(plain(run(toy)), plain(run(toy)), 'second run');
    }),
    check('goes on with measures that do not apply to some networks and fail on others', () => {
      ensureEqual(plain(run({ measures: patchyMeasures })), plain(run({ measures: patchyMeasures })), 'second run');
    }),
    check('goes on with scores that are negative, huge or tiny', () => {
      for (const factor of [-1, 1e300, 1e-300]) run({ score: (value) => factor * value });
    }),
  ];
}

function plain(proposals: readonly (Proposal | undefined)[]): unknown {
  return proposals.map((proposal) => proposal ?? null);
}

function runToy(
  strategy: SearchStrategy,
  given: Readonly<Record<string, unknown>>,
  candidates: number,
  { lookahead = 0, score = (value) => value, fails = () => false, twice = () => false, measures }: Toy,
  seed: number,
): readonly (Proposal | undefined)[] {
  const known = new Set<string>();
  let calls = 0;
  const make = (value: number): Genome => {
    if (fails(calls++)) throw planted();
    const genome: Genome = freezeGenome({ layers: [{ kind: 'toy/number', value }] });
    known.add(canonicalJson(genome));
    return genome;
  };
  const mutate = (parent: Genome, rng: Rng): Move => {
    ensure(known.has(canonicalJson(parent)), `mutates a genome that nobody proposed: ${canonicalJson(parent)}`);
    return { genome: make(valueOf(parent) + (rng.int(2) === 0 ? -1 : 1)), by: 'toy/step' };
  };
  const moves: Moves = {
    random: (rng) => ({ genome: make(rng.int(1000)), by: 'random' }),
    mutate,
    accept(genome, by) {
      if (fails(calls++)) throw planted();
      known.add(canonicalJson(genome));
      return { genome: freezeGenome(genome), by };
    },
    mutations: [{ id: 'toy/step', weight: 1 }],
    mutateBy: (_id, parent, rng) => mutate(parent, rng),
    crossover: (first, second) => ({
      genome: make(Math.floor((valueOf(first) + valueOf(second)) / 2)),
      by: 'crossover',
    }),
    identity: canonicalJson,
    read: (dna) => ({ layers: [{ kind: 'toy/number', value: Number(dna) }] }),
    grid: () => ({ size: 1000, at: (index) => ({ layers: [{ kind: 'toy/number', value: index }] }) }),
  };
  const search = strategy.start(parseValues(strategy.options, given, strategy.id), moves, {
    ...plainContext,
    candidates,
    ...(measures === undefined ? {} : { measures }),
  });
  const rng = createRng(seed);
  const proposals: (Proposal | undefined)[] = [];
  const scored = new Set<number>();
  let told = 0;
  while (proposals.length < candidates) {
    const index = proposals.length;
    if (twice(index)) ask(() => search.ask(index, rng.fork('ask', index)));
    const proposal = ask(() => search.ask(index, rng.fork(twice(index) ? 'ask again' : 'ask', index)));
    if (proposal === 'nothing more') break;
    for (const parent of proposal?.origin.parents ?? []) {
      ensure(
        parent >= 0 && parent < told && proposals[parent] !== undefined,
        `candidate ${index} has parent ${parent}, told are 0 to ${told - 1}`,
      );
    }
    if (proposal !== undefined) checkFidelity(proposal, index, proposals);
    const { inherits } = proposal ?? {};
    ensure(
      inherits === undefined || (inherits < told && scored.has(inherits)),
      `candidate ${index} inherits from ${inherits}, which has no score that was told`,
    );
    proposals.push(proposal);
    for (; told < proposals.length - lookahead; told++) {
      const done = proposals[told];
      if (done === undefined) continue;
      const result = toldOf({ index: told, ...done, score: score(valueOf(done.genome), told) });
      if (result.score !== undefined) scored.add(told);
      search.tell(result);
    }
  }
  return proposals;
}

function planted(stage: Stage = 'propose', code = 'mutation-threw'): CandidateFailure {
  return new CandidateFailure({ stage, code, message: 'planted by the contract' });
}

/** Whatever is asked for: the number itself, but for some. */
const patchyMeasures: NetworkMeasures = {
  has: () => true,
  directionOf: () => 'maximise',
  of(_id, genome) {
    const value = valueOf(genome);
    if (value % 11 === 0) throw planted('measure', 'measure-threw');
    return value % 7 === 0 ? undefined : value;
  },
};

/** A share of the budget, and more of it than the training that goes on. */
function checkFidelity(proposal: Proposal, index: number, before: readonly (Proposal | undefined)[]): void {
  const { fidelity = 1, continues } = proposal;
  ensure(fidelity > 0 && fidelity <= 1, `candidate ${index} has fidelity ${fidelity}`);
  if (continues === undefined) return;
  const earlier = before[continues];
  ensure(earlier !== undefined, `candidate ${index} continues ${continues}, which is no candidate`);
  ensure((earlier.fidelity ?? 1) < fidelity, `candidate ${index} continues ${continues} with no more of the budget`);
  ensureEqual(proposal.genome, earlier.genome, `the genome of candidate ${index}, which continues ${continues}`);
}

/** Undefined for a candidate that failed to be proposed. */
function ask(call: () => Proposal | undefined): Proposal | undefined | 'nothing more' {
  try {
    return call() ?? 'nothing more';
  } catch (error) {
    if (error instanceof CandidateFailure) return undefined;
    throw error;
  }
}

function valueOf(genome: Genome): number {
  return Number(genome.layers[0]!['value']);
}
