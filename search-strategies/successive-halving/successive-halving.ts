import { choice, defineStrategy, integer, type Proposal, type Rng } from '../../core/index.js';
import { Rung, type Runner } from './rung.js';

/**
 * Asynchronous successive halving: Li, Jamieson, Rostamizadeh, Gonina, Hardt, Recht and Talwalkar, "A system for massively
 * parallel hyperparameter tuning", MLSys 2020, arXiv 1810.05934, Algorithm 2. Rung r trains with a share
 * eta^(r - rungs + 1) of the budget. "pause": training pauses at each rung; whoever is among the best 1/eta of a rung when
 * there is room goes on, however late. "no-pause": a result decides at once whether its candidate goes on or ends for
 * good. Failed candidates count as the worst of their rung.
 */
export const successiveHalving = defineStrategy({
  id: 'successive-halving/asynchronous',
  summary: 'many short trainings, the best go on to longer ones (ASHA)',
  options: {
    eta: integer(2, 100, { fallback: 3, help: 'one of eta goes on, with eta times the budget' }),
    rungs: integer(1, 20, { fallback: 4, help: 'levels of budget; the last one is the whole budget' }),
    promotion: choice(['pause', 'no-pause'], {
      fallback: 'pause',
      help: 'pause: go on whenever among the best; no-pause: decide once, when the result comes',
    }),
    entries: choice(['random', 'mutate'], {
      fallback: 'random',
      help: 'where candidates of the first rung come from: drawn, or children of the best at the highest rung with results',
    }),
  },
  start({ eta, rungs: count, promotion, entries }, moves) {
    const rungs = Array.from({ length: count }, () => new Rung());
    const shares = rungs.map((_, rung) => 1 / integerPower(eta, count - 1 - rung));
    /** Rungs of candidates without a result. */
    const pending = new Map<number, number>();
    /** Survivors that have not gone on yet, with the rung they go to. */
    const survivors: (readonly [runner: Runner, rung: number])[] = [];
    let withdraw: { readonly index: number; undo(): void } | undefined;

    return {
      ask(index, rng) {
        // Asked again for the same number: the proposal before was not taken.
        if (withdraw?.index === index) withdraw.undo();
        withdraw = undefined;
        const promoted = promotion === 'pause' ? nextPromotion(index) : nextSurvivor(index);
        if (promoted !== undefined) {
          const [{ told }, rung] = promoted;
          pending.set(index, rung);
          const origin = { by: 'successive-halving/promotion', parents: [told.index] };
          return { genome: told.genome, origin, continues: told.index, fidelity: shares[rung]! };
        }
        const proposal = entrant(rng);
        pending.set(index, 0);
        return { ...proposal, fidelity: shares[0]! };
      },
      tell(result) {
        const rung = pending.get(result.index);
        // A candidate of somebody else's (a warm start) belongs to no rung.
        if (rung === undefined) return;
        pending.delete(result.index);
        const runner = rungs[rung]!.add(result);
        if (promotion === 'pause' || rung === count - 1) return;
        if (rungs[rung]!.isAmongBest(runner.score, eta)) survivors.push([runner, rung + 1]);
      },
    };

    function nextPromotion(index: number): readonly [Runner, number] | undefined {
      for (let rung = count - 2; rung >= 0; rung--) {
        const runner = rungs[rung]!.promote(eta);
        if (runner === undefined) continue;
        withdraw = { index, undo: () => rungs[rung]!.demote(runner) };
        return [runner, rung + 1];
      }
      return undefined;
    }

    function nextSurvivor(index: number): readonly [Runner, number] | undefined {
      const survivor = survivors.shift();
      if (survivor !== undefined) withdraw = { index, undo: () => survivors.unshift(survivor) };
      return survivor;
    }

    function entrant(rng: Rng): Proposal {
      const parents = entries === 'mutate' ? rungs.findLast(({ runners }) => runners.length >= eta) : undefined;
      const best = parents?.runners.slice(0, Math.ceil(parents.runners.length / eta)).filter(hasScore) ?? [];
      if (best.length === 0) {
        const { genome, by } = moves.random(rng);
        return { genome, origin: { by, parents: [] } };
      }
      const { told } = rng.pick(best);
      const { genome, by } = moves.mutate(told.genome, rng);
      return { genome, origin: { by, parents: [told.index] } };
    }
  },
});

function hasScore({ score }: Runner): boolean {
  return score > -Infinity;
}

function integerPower(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}
