import type { Committed } from '../search/run-search.js';
import type { Entry } from './ledger.js';

/** A candidate's result as it goes into a ledger; members that are undefined are left out. */
export function candidateEntry({ index, outcome, run, ...proposed }: Committed, time: string): Entry {
  const { genome, dna, identity, origin, refused, fidelity, continues, inherits } = proposed;
  return {
    type: 'candidate',
    index,
    ...(genome === undefined ? {} : { genome }),
    ...(dna === undefined ? {} : { dna }),
    ...(identity === undefined ? {} : { identity }),
    ...(origin === undefined ? {} : { origin }),
    ...(refused === undefined ? {} : { refused }),
    ...(fidelity === undefined ? {} : { fidelity }),
    ...(continues === undefined ? {} : { continues }),
    ...(inherits === undefined ? {} : { inherits }),
    outcome,
    run: { time, ...run },
  };
}
