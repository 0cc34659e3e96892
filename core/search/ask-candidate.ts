import { HqnasError } from '../errors.js';
import { printDna } from '../genome/dna.js';
import { identityOf } from '../genome/identity.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import type { CurveBound } from '../training/curve-watch.js';
import { isCandidateFailure, type FailureReason } from '../training/failure.js';
import { asGenome } from './mutation-contract.js';
import { networkKey } from './network-records.js';
import type { Proposed } from './proposed.js';
import type { Proposal, Search } from './strategy.js';

/** A proposal, ready to be evaluated. */
export interface Asked {
  readonly proposed: Proposed;
  /** Equal for proposals that are duplicates of each other; undefined when proposing failed. */
  readonly key: string | undefined;
  /** To be trained whatever the policy for duplicates: asked for again, or trained further. */
  readonly again: boolean;
  /** Candidate whose seeds it uses, where these are not its own. */
  readonly seedsOf: number | undefined;
  /** Where its training is to be stopped early. */
  readonly stopBelow?: readonly CurveBound[];
  /** Why there is no genome. */
  readonly failure?: FailureReason;
}

export interface AskingOptions {
  readonly kinds: Registry<LayerKind>;
  /** Ask for another candidate in place of one that was proposed before. */
  readonly rejectSeen: boolean;
}

/** Proposals for one candidate before the space counts as exhausted, where duplicates are rejected. */
const tries = 1000;

/**
 * Asks a search for candidates 0, 1, 2 ... What was seen before is decided by the order of asking alone. A search whose
 * proposal was rejected is asked again for the same number, with another random stream.
 * @returns undefined when the search has nothing more, or nothing in 1,000 tries that was not seen before
 * @throws HqnasError `invalid-proposal`, and what the search throws
 */
export function createAsking(
  search: Search,
  rng: Rng,
  { kinds, rejectSeen }: AskingOptions,
): (index: number) => Asked | undefined {
  const seen = new Set<string>();
  /** Candidates whose training may go on: those that did not have the whole budget. */
  const paused = new Map<number, { readonly identity: string; readonly fidelity: number; readonly seedsOf: number }>();

  return function ask(index) {
    const stream = rng.fork('ask', index);
    const refused = new Map<string, number>();
    for (let attempt = 0; attempt < tries; attempt++) {
      const proposal = propose(search, index, attempt === 0 ? stream : stream.fork('again', attempt));
      if (proposal === undefined) return undefined;
      if ('stage' in proposal) {
        return {
          proposed: { index, ...counted(refused) },
          key: undefined,
          again: false,
          seedsOf: undefined,
          failure: proposal,
        };
      }
      const { genome, origin, fidelity = 1, continues, inherits, again = false, stopBelow = [] } = proposal;
      for (const [rule, count] of Object.entries(proposal.refused ?? {})) add(refused, rule, count);
      const made = asGenome(genome, kinds);
      if (!made.ok) throw invalid(index, 'a genome', made.reason);
      const dna = printDna(genome, kinds);
      const identity = identityOf(genome, kinds);
      const seedsOf = seedsFor(index, proposal, identity);
      const key = networkKey(identity, fidelity, inherits);
      const always = again || continues !== undefined;
      if (rejectSeen && !always && seen.has(key)) {
        add(refused, `${origin.by}: seen-before`, 1);
        continue;
      }
      if (rejectSeen) seen.add(key);
      if (fidelity < 1) paused.set(index, { identity, fidelity, seedsOf: seedsOf ?? index });
      const proposed: Proposed = {
        index,
        genome,
        dna,
        identity,
        origin,
        ...(fidelity === 1 ? {} : { fidelity }),
        ...(continues === undefined ? {} : { continues }),
        ...(inherits === undefined ? {} : { inherits }),
        ...counted(refused),
      };
      const bounds = continues === undefined && stopBelow.length > 0 ? { stopBelow } : {};
      return { proposed, key, again: always, seedsOf, ...bounds };
    }
    return undefined;
  };

  function seedsFor(index: number, { fidelity = 1, continues }: Proposal, identity: string): number | undefined {
    if (!(fidelity > 0 && fidelity <= 1)) throw invalid(index, 'a fidelity in (0, 1]', String(fidelity));
    if (continues === undefined) return undefined;
    const before = paused.get(continues);
    if (before?.identity === identity && before.fidelity < fidelity) return before.seedsOf;
    const what =
      before === undefined ? 'none that was stopped early' : `fidelity ${before.fidelity} before ${fidelity}`;
    const got = before !== undefined && before.identity !== identity ? 'another network' : what;
    throw invalid(index, `candidate ${continues} to be the same network with a lower fidelity`, got);
  }
}

function propose(search: Search, index: number, rng: Rng): Proposal | FailureReason | undefined {
  try {
    return search.ask(index, rng);
  } catch (error) {
    // A failure to propose is a result as well.
    if (isCandidateFailure(error)) return error.reason;
    throw error;
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function counted(counts: ReadonlyMap<string, number>): Pick<Proposed, 'refused'> {
  return counts.size === 0 ? {} : { refused: Object.fromEntries(counts) };
}

function invalid(index: number, expected: string, got: string): HqnasError {
  return new HqnasError({
    code: 'invalid-proposal',
    what: `the strategy made a proposal for candidate ${index} that cannot be evaluated`,
    expected,
    got,
    remedy: 'The strategy must be mended.',
  });
}
