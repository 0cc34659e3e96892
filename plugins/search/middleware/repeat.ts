import { defineMiddleware, integer, type Proposal, type Told } from '../../../core/index.js';

/** One network on its way through its trainings. */
interface Group {
  readonly first: number;
  readonly proposal: Proposal;
  /** Candidate numbers that were asked for. */
  asked: number;
  told: number;
  /** The latest result with a score. */
  scored: Told | undefined;
}

/**
 * Every network is trained several times with fresh seeds before the strategy hears of it. What it then hears is the last
 * result, whose score rests on all trainings (`Told.evaluations`), under the number of the first.
 */
export const repeat = defineMiddleware({
  id: 'search/repeat',
  summary: 'trains every network several times before the strategy hears of it',
  options: { times: integer(2, 1000, { fallback: 3, help: 'trainings of each network' }) },
  wrap({ times }, start, moves) {
    const search = start(moves);
    const groups = new Map<number, Group>();
    let current: Group | undefined;
    return {
      ask(index, rng) {
        const known = groups.get(index);
        // Asked again for the same number: another network, or the same repeat once more.
        if (known !== undefined && known.first !== index) return again(known);
        if (known === undefined && current !== undefined && current.asked < times) {
          current.asked++;
          groups.set(index, current);
          return again(current);
        }
        const proposal = search.ask(index, rng);
        if (proposal === undefined) return undefined;
        current = { first: index, proposal, asked: 1, told: 0, scored: undefined };
        groups.set(index, current);
        return proposal;
      },
      tell(result) {
        const group = groups.get(result.index);
        groups.delete(result.index);
        if (group === undefined) {
          search.tell(result);
          return;
        }
        group.told++;
        if (result.score !== undefined) group.scored = result;
        if (group.told === times) search.tell({ ...(group.scored ?? result), index: group.first });
      },
    };
  },
});

function again({ proposal }: Group): Proposal {
  return { ...proposal, again: true };
}
