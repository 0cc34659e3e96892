import { HqnasError, messageOf } from '../errors.js';
import type { Constraint, ConstraintContext, Task } from '../genome/constraint.js';
import { freezeGenome } from '../genome/edit.js';
import type { Genome, Limits } from '../genome/genome.js';
import type { Mutation, MutationContext } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import { CandidateFailure } from '../training/failure.js';
import { createExamination, type Examination } from './examine.js';
import { asGenome, changesItsParent } from './mutation-contract.js';
import type { Move, Moves } from './moves.js';
import { RejectionCounters, type Rejection } from './rejections.js';

/** A mutation and how often it is drawn relative to the others. */
export interface WeightedMutation {
  readonly mutation: Mutation;
  /** 0 = never. */
  readonly weight: number;
}

export interface MovesOptions {
  readonly space: SearchSpace;
  readonly mutations: readonly WeightedMutation[];
  readonly constraints: readonly Constraint[];
  readonly limits: Limits;
  readonly kinds: Registry<LayerKind>;
  readonly task: Task;
  /** Genomes drawn for one move before the search counts as starved. Default 200. */
  readonly tries?: number;
}

/** Moves that also tell what they had to throw away. */
export interface CountedMoves extends Moves {
  /** By "mutation: rule"; grows with use. */
  readonly rejections: ReadonlyMap<string, Rejection>;
}

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
  const context: ConstraintContext = { kinds, limits, task };
  const examine = createExamination(options.constraints, context);
  const counters = new RejectionCounters();

  return {
    rejections: counters.all,
    random(rng) {
      for (let attempt = 0; attempt < tries; attempt++) {
        const made = callSpace(space, { rng: rng.fork('random', attempt), kinds, limits, task });
        const genome = accept(examine, made, 'random', counters);
        if (genome !== undefined) return { genome, by: 'random' };
      }
      throw starved(`no valid genome in ${tries} draws of "${space.id}"`, counters);
    },
    mutate(parent, rng) {
      freezeGenome(parent);
      let left = drawn;
      for (let attempt = 0; attempt < tries; attempt++) {
        // Where all mutations declined once, all get another chance: declining may depend on what they drew.
        if (left.length === 0) left = drawn;
        const choice = pickByWeight(left, rng);
        const stream = (): MutationContext => ({ rng: rng.fork('mutate', attempt), kinds, limits, task });
        const child = callMutation(choice.mutation, parent, stream);
        if (child === undefined) {
          counters.count(`${choice.mutation.id}: does not apply`, 'the mutation gave nothing for its parent');
          left = left.filter((other) => other !== choice);
          continue;
        }
        left = drawn;
        const genome = accept(examine, child, choice.mutation.id, counters);
        if (genome !== undefined) return { genome, by: choice.mutation.id };
      }
      throw starved(`no valid child of a genome in ${tries} mutations`, counters);
    },
    accept(genome, by) {
      const accepted = accept(examine, genome, by, counters);
      return accepted === undefined ? undefined : { genome: accepted, by };
    },
  } satisfies CountedMoves;
}

function accept(examine: Examination, genome: Genome, by: Move['by'], counters: RejectionCounters): Genome | undefined {
  const result = examine(genome, by);
  if (result.ok) return freezeGenome(result.genome);
  counters.count(`${by}: ${result.rule}`, result.reason);
  return undefined;
}

function callSpace(space: SearchSpace, context: MutationContext): Genome {
  let made: unknown;
  try {
    made = space.random(context);
  } catch (error) {
    const message = `search space "${space.id}" threw: ${messageOf(error)}`;
    throw new CandidateFailure({ stage: 'propose', code: 'search-space-threw', message, by: space.id }, error);
  }
  const result = asGenome(made, context.kinds);
  if (result.ok) return result.genome;
  const message = `search space "${space.id}" gave no genome: ${result.reason}`;
  throw new CandidateFailure({ stage: 'propose', code: 'search-space-broke-contract', message, by: space.id });
}

function callMutation(mutation: Mutation, parent: Genome, stream: () => MutationContext): Genome | undefined {
  const broken = (message: string, cause?: unknown): CandidateFailure =>
    new CandidateFailure(
      {
        stage: 'propose',
        code: 'mutation-broke-contract',
        message: `mutation "${mutation.id}" ${message}`,
        by: mutation.id,
      },
      cause,
    );
  const context = stream();
  let child: unknown;
  try {
    child = mutation.mutate(parent, context);
  } catch (error) {
    if (changesItsParent(mutation, parent, stream())) {
      throw broken('changes its parent; it must build a new genome', error);
    }
    const message = `mutation "${mutation.id}" threw: ${messageOf(error)}`;
    throw new CandidateFailure({ stage: 'propose', code: 'mutation-threw', message, by: mutation.id }, error);
  }
  if (child === undefined) return undefined;
  const result = asGenome(child, context.kinds);
  if (result.ok) return result.genome;
  throw broken(`gave no genome: ${result.reason}`);
}

function pickByWeight(choices: readonly WeightedMutation[], rng: Rng): WeightedMutation {
  let rest = rng.float() * choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const choice of choices) {
    rest -= choice.weight;
    if (rest < 0) return choice;
  }
  return choices.at(-1)!;
}

function starved(what: string, counters: RejectionCounters): HqnasError {
  return new HqnasError({
    code: 'search-starved',
    what,
    got: counters.describe(),
    remedy: 'Widen the limits, or drop a constraint or a mutation.',
  });
}
