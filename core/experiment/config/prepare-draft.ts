import { parseValues } from '../../domain.js';
import type { Middleware } from '../../search/middleware.js';
import type { PastExperiments } from '../../search/past-experiments.js';
import { foldHistory } from '../fold.js';
import type { Ledger } from '../ledger.js';
import { differentNetworks } from '../leaderboard.js';
import { findExperiment } from '../memory-ledger.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';

/**
 * Replaces what options of middleware refer to in other experiments by what these hold, so that the stored config stands for
 * itself: a resume needs no other experiment. A draft that refers to nothing comes back unchanged.
 * @param middleware all that is registered; unknown ids are left to `resolveConfig`
 * @throws HqnasError `unknown-experiment`, `ambiguous-experiment`, and what checks of options throw
 */
export async function prepareDraft(
  draft: ConfigDraft,
  middleware: readonly Middleware[],
  past: PastExperiments,
): Promise<ConfigDraft> {
  const { strategy } = draft.values;
  if (typeof strategy !== 'object' || strategy.with === undefined) return draft;
  const around = await Promise.all(
    strategy.with.map(async (given, index) => {
      // The schema demands an id, alone or as "use".
      const { use, ...options } = asObject(given) as Record<string, unknown> & { readonly use: string };
      const found = middleware.find(({ id }) => id === use);
      if (found?.prepare === undefined) return given;
      const where = `strategy.with.${index}`;
      const values = withPlaces(draft, where, () => parseValues(found.options, options, where));
      return { use, ...(await found.prepare(values, past)) };
    }),
  );
  // The index signature of options does not know that "with" is none of them.
  const prepared = { ...strategy, with: around } as typeof strategy;
  return { ...draft, values: { ...draft.values, strategy: prepared } };
}

/** The experiments of a ledger, for options that refer to them. */
export function pastExperiments(ledger: Ledger): PastExperiments {
  return {
    async best(given, count) {
      const { id } = findExperiment(await ledger.list(), given);
      const { leaderboard } = await foldHistory(ledger.read(id));
      return { id, dna: differentNetworks(leaderboard, count).map(({ dna }) => dna) };
    },
  };
}
