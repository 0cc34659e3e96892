import { HqnasError } from '../errors.js';
import type { ConfiguredConstraint, Task } from '../genome/constraint.js';
import { parseDna } from '../genome/dna.js';
import { freezeGenome } from '../genome/edit.js';
import type { Genome, Limits } from '../genome/genome.js';
import { gridOf } from '../genome/grid.js';
import type { NetworkMeasures } from '../genome/network-measures.js';
import { identityOf } from '../genome/identity.js';
import type { Mutation } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import { CandidateFailure } from '../training/failure.js';
import { callMutation, callSpace } from './call-plugin.js';
import { onePoint } from './crossover.js';
import { createExamination } from './examine.js';
import type { Move, Moves } from './moves.js';
import { asGenome } from './mutation-contract.js';
import { MoveRejections, RejectionCounters, type Rejection } from './rejections.js';

/** A mutation and how often it is drawn relative to the others. */
export interface WeightedMutation {
  readonly mutation: Mutation;
  /** 0 = never. */
  readonly weight: number;
}

/** What the moves of a search are made from: its space, its mutations and their weights, what it refuses. */
export interface MovesOptions {
  readonly space: SearchSpace;
  readonly mutations: readonly WeightedMutation[];
  readonly constraints: readonly ConfiguredConstraint[];
  readonly limits: Limits;
  readonly kinds: Registry<LayerKind>;
  readonly task: Task;
  /** For constraints. */
  readonly measures?: NetworkMeasures;
  /** Genomes drawn for one move before the search counts as starved. Default 200. */
  readonly tries?: number;
}

/** Moves that also tell what they had to throw away. */
export interface CountedMoves extends Moves {
  /** By "mutation: rule"; grows with use. */
  readonly rejections: ReadonlyMap<string, Rejection>;
  /** The same since the last call of this; undefined = nothing. */
  takeRejections(): Readonly<Record<string, number>> | undefined;
}

/** Tries of a move that may fail: a strategy has another way. */
const fewTries = 10;

/**
 * The moves of a search space. Whatever a mutation or the space's generator gives is examined (limits, expression,
 * constraints, with repair where a constraint offers it) before a strategy sees it; what does not pass is counted and
 * another one is drawn.
 * @throws HqnasError `invalid-option` when no mutation has a positive weight
 */
export function createMoves(options: MovesOptions): CountedMoves {
  const { space, limits, kinds, task, tries = 200 } = options;
  const drawn = options.mutations.filter(({ weight }) => weight > 0);
  if (drawn.length === 0 || !options.mutations.every(({ weight }) => weight >= 0 && weight < Infinity)) {
    throw new HqnasError({
      code: 'invalid-option',
      what: 'the mutations have no usable weights',
      where: 'searchSpace.mutations',
      expected: 'weights of 0 or more, at least one above 0',
      got: JSON.stringify(Object.fromEntries(options.mutations.map(({ mutation, weight }) => [mutation.id, weight]))),
    });
  }
  const surroundings = { kinds, limits, task };
  const { measures } = options;
  const examine = createExamination(options.constraints, {
    ...surroundings,
    ...(measures === undefined ? {} : { measures }),
  });
  const counters = new RejectionCounters();
  const accept = (genome: Genome, by: string, rejections: MoveRejections): Move | undefined => {
    const result = examine(genome, by);
    if (result.ok) return { genome: freezeGenome(result.genome), by };
    rejections.count(by, result.rule, result.reason);
    return undefined;
  };
  /** The child of one mutation: undefined = it does not apply, or the child does not pass. */
  const childBy = (mutation: Mutation, parent: Genome, rng: Rng, attempt: number, rejections: MoveRejections) => {
    const child = callMutation(mutation, parent, () => ({ rng: rng.fork('mutate', attempt), ...surroundings }));
    if (child !== undefined) return { applies: true, move: accept(child, mutation.id, rejections) };
    rejections.count(mutation.id, 'does not apply', 'the mutation gave nothing for its parent');
    return { applies: false, move: undefined };
  };

  return {
    rejections: counters.all,
    takeRejections: () => counters.take(),
    mutations: drawn.map(({ mutation, weight }) => ({ id: mutation.id, weight })),
    random(rng) {
      const rejections = new MoveRejections(counters);
      for (let attempt = 0; attempt < tries; attempt++) {
        const made = callSpace(space, { rng: rng.fork('random', attempt), ...surroundings });
        const move = accept(made, 'random', rejections);
        if (move !== undefined) return move;
      }
      throw starved(`no valid genome in ${tries} draws of "${space.id}"`, rejections);
    },
    mutate(parent, rng) {
      freezeGenome(parent);
      const rejections = new MoveRejections(counters);
      let left = drawn;
      for (let attempt = 0; attempt < tries; attempt++) {
        // Where all mutations declined once, all get another chance: declining may depend on what they drew.
        if (left.length === 0) left = drawn;
        const choice = pickByWeight(left, rng);
        const { applies, move } = childBy(choice.mutation, parent, rng, attempt, rejections);
        if (move !== undefined) return move;
        left = applies ? drawn : left.filter((other) => other !== choice);
      }
      throw starved(`no valid child of a genome in ${tries} mutations`, rejections);
    },
    accept(genome, by) {
      const made = asGenome(genome, kinds);
      if (made.ok) return accept(made.genome, by, new MoveRejections(counters));
      const message = `"${by}" gave no genome: ${made.reason}`;
      throw new CandidateFailure({ stage: 'propose', code: 'mutation-broke-contract', message, by });
    },
    mutateBy(id, parent, rng) {
      const choice = drawn.find(({ mutation }) => mutation.id === id);
      if (choice === undefined) throw new RangeError(`"${id}" is none of the mutations of this search`);
      freezeGenome(parent);
      const rejections = new MoveRejections(counters);
      for (let attempt = 0; attempt < fewTries; attempt++) {
        const { applies, move } = childBy(choice.mutation, parent, rng, attempt, rejections);
        if (!applies || move !== undefined) return move;
      }
      return undefined;
    },
    crossover(first, second, rng) {
      const rejections = new MoveRejections(counters);
      for (let attempt = 0; attempt < fewTries; attempt++) {
        const move = accept(onePoint(first, second, limits, rng.fork('crossover', attempt)), 'crossover', rejections);
        if (move !== undefined) return move;
      }
      return undefined;
    },
    identity: (genome) => identityOf(genome, kinds),
    read: (dna) => parseDna(dna, kinds),
    grid: (ids) =>
      gridOf(
        ids.map((id) => kinds.get(id, 'strategy.layers')),
        limits,
      ),
  } satisfies CountedMoves;
}

function pickByWeight(choices: readonly WeightedMutation[], rng: Rng): WeightedMutation {
  let rest = rng.float() * choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const choice of choices) {
    rest -= choice.weight;
    if (rest < 0) return choice;
  }
  return choices.at(-1)!;
}

function starved(what: string, rejections: MoveRejections): HqnasError {
  const rule = rejections.ranked().find((name) => name !== 'does not apply');
  return new HqnasError({
    code: 'search-starved',
    what: rule === undefined ? what : `${what}: "${rule}" starves the search`,
    got: rejections.describe(),
    remedy: remedyFor(rule),
  });
}

function remedyFor(rule: string | undefined): string {
  if (rule === undefined) return 'Add mutations that apply to such networks.';
  if (rule === 'limits') return 'Widen the limits, or drop mutations that leave them.';
  if (rule === 'expression')
    return 'Its layers do not fit each other: draw from another search space, or drop mutations.';
  return `Loosen or drop the constraint "${rule}", or widen the limits.`;
}
