import type { Genome, Move, Moves, Proposal, Rng, Search, StrategyContext } from '../../core/index.js';
import { Archive, type Network } from './archive.js';
import type { Options } from './options.js';
import { rank, tournament } from './parents.js';
import { Race } from './race.js';

/** A network that may be proposed. */
interface Child {
  readonly move: Move;
  /** Candidate number. */
  readonly parent: number | undefined;
}

/** Draws of one move before a network is let through that was proposed already. */
const tries = 20;

/** The search itself; mutations are drawn as `moves` draws them. */
export function startEvolution(options: Options, moves: Moves, { measures }: StrategyContext): Search {
  const archive = new Archive(options.niche);
  const race = new Race(options.reevaluate, options.trainings);
  const proposed = new Set<string>();
  /** Parents whose weights candidates began with. */
  const inherited = new Map<number, number>();
  let ranked: readonly Network[] | undefined;
  let scored = 0;

  return {
    ask(index, rng) {
      inherited.delete(index);
      if (scored < options.random)
        return propose(index, { move: drawNew((own) => moves.random(own), rng), parent: undefined });
      const again = race.next(index, index - options.random, archive);
      if (again !== undefined) return repeat(index, again.told);
      ranked ??= rank(archive, options);
      return propose(index, bestOf(ranked, rng));
    },
    tell(result) {
      race.told(result.index);
      if (result.score === undefined) return;
      scored++;
      ranked = undefined;
      // What is believed has bounds of its own.
      archive.add(result, result.mean ?? result.score);
    },
  };

  function propose(index: number, { move: { genome, by }, parent }: Child): Proposal {
    proposed.add(moves.identity(genome));
    const origin = { by, parents: parent === undefined ? [] : [parent] };
    if (parent === undefined || options.inherit === 'nothing') return { genome, origin };
    inherited.set(index, parent);
    return { genome, origin, inherits: parent };
  }

  /** Another training of the same network, from the same beginning. */
  function repeat(
    index: number,
    { genome, index: first }: { readonly genome: Genome; readonly index: number },
  ): Proposal {
    const proposal = { genome, origin: { by: 'hybrid-evolution/again', parents: [first] }, again: true };
    const parent = inherited.get(first);
    if (parent === undefined) return proposal;
    inherited.set(index, parent);
    return { ...proposal, inherits: parent };
  }

  /** Of several children the one that is hoped to be best, or that the measure prefers; the first of equals. */
  function bestOf(parents: readonly Network[], rng: Rng): Child {
    if (options.screening === 'none') return makeChild(parents, rng.fork('child', 0));
    let best = makeChild(parents, rng.fork('child', 0));
    let highest = promiseOf(best.move.genome);
    for (let i = 1; i < options.children; i++) {
      const child = makeChild(parents, rng.fork('child', i));
      const promise = promiseOf(child.move.genome);
      if (!(promise > highest)) continue;
      best = child;
      highest = promise;
    }
    return best;
  }

  /** Higher is better; what was proposed already, or cannot be measured, comes last. */
  function promiseOf(genome: Genome): number {
    // Most is believed of good networks themselves: around a leader of which all children are known they would win.
    if (options.fresh && proposed.has(moves.identity(genome))) return -Infinity;
    if (options.screening === 'belief') {
      const { mean, deviation } = archive.estimate(genome);
      return mean + options.optimism * deviation;
    }
    const value = measures?.of(options.measure, genome);
    if (measures === undefined || value === undefined) return -Infinity;
    return measures.directionOf(options.measure) === 'maximise' ? value : -value;
  }

  function makeChild(parents: readonly Network[], rng: Rng): Child {
    if (parents.length === 0 || rng.float() < options.immigrants) {
      return { move: drawNew((own) => moves.random(own), rng), parent: undefined };
    }
    const { told } = tournament(parents, options, rng);
    const twice = rng.float() < options.twice;
    const move = drawNew((own) => {
      const once = moves.mutate(told.genome, own);
      return twice ? moves.mutate(once.genome, own.fork('second')) : once;
    }, rng);
    return { move, parent: told.index };
  }

  function drawNew(draw: (rng: Rng) => Move, rng: Rng): Move {
    let move = draw(rng);
    for (let attempt = 1; options.fresh && attempt < tries; attempt++) {
      if (!proposed.has(moves.identity(move.genome))) break;
      move = draw(rng.fork('draw again', attempt));
    }
    return move;
  }
}
