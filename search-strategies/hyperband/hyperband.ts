import { defineStrategy, integer, type Told } from '../../core/index.js';
import { Bracket, type Slot } from './bracket.js';

/**
 * Hyperband: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 18 (2018), arXiv 1603.06560, Algorithm 1, with
 * n_s = ceil((s_max + 1) / (s + 1) eta^s). Brackets follow one another, from many short trainings to few long ones, then
 * from the start again until the budget ends. While a rung waits for results the next bracket begins.
 */
export const hyperband = defineStrategy({
  id: 'hyperband/brackets',
  summary: 'successive halving with several trade-offs between many and long trainings',
  options: {
    eta: integer(2, 100, { fallback: 3, help: 'one of eta goes on, with eta times the budget' }),
    resource: integer(1, 1_000_000, {
      fallback: 27,
      help: 'the whole budget in units of the least one, R: the first rung of the longest bracket has a share of 1/R',
    }),
  },
  start({ eta, resource }, moves) {
    const most = rungsOf(resource, eta);
    let active: Bracket[] = [];
    let opened = 0;
    const pending = new Map<number, { readonly bracket: Bracket; readonly slot: Slot }>();

    return {
      ask(index, rng) {
        // Asked again for the same number: the proposal before was not taken.
        const withdrawn = pending.get(index);
        withdrawn?.bracket.putBack(withdrawn.slot);
        pending.delete(index);
        const bracket = active.find(({ next }) => next !== undefined) ?? open();
        const slot = bracket.next!; // a new bracket has places
        const { fidelity } = bracket;
        const proposal =
          slot.continues === undefined ? { ...fresh(), fidelity } : { ...promoted(slot.continues), fidelity };
        bracket.take();
        pending.set(index, { bracket, slot });
        return proposal;

        function fresh() {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
      },
      tell(result) {
        pending.get(result.index)?.bracket.tell(result);
        pending.delete(result.index);
        active = active.filter(({ finished }) => !finished);
      },
    };

    function open(): Bracket {
      const s = most - (opened++ % (most + 1));
      let size = most + 1;
      for (let i = 0; i < s; i++) size *= eta;
      const bracket = new Bracket(Math.ceil(size / (s + 1)), s, eta);
      active.push(bracket);
      return bracket;
    }
  },
});

function promoted(told: Told) {
  const origin = { by: 'hyperband/promotion', parents: [told.index] };
  return { genome: told.genome, origin, continues: told.index };
}

/** s_max: the largest s with eta^s <= resource. */
function rungsOf(resource: number, eta: number): number {
  let s = 0;
  for (let power = eta; power <= resource; power *= eta) s++;
  return s;
}
