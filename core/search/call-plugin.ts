import { messageOf } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import type { Mutation, MutationContext } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import { CandidateFailure } from '../training/failure.js';
import { asGenome, changesItsParent } from './mutation-contract.js';

/**
 * A genome drawn by the generator of a search space.
 * @throws CandidateFailure `search-space-threw`, `search-space-broke-contract`
 */
export function callSpace(space: SearchSpace, context: MutationContext): Genome {
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

/**
 * The child of a mutation; undefined when it does not apply.
 * @param stream gives the same context, with its random stream at the start, at every call
 * @throws CandidateFailure `mutation-threw`, `mutation-broke-contract`
 */
export function callMutation(mutation: Mutation, parent: Genome, stream: () => MutationContext): Genome | undefined {
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
