import { defineMiddleware, integer, real } from '../../../core/index.js';
import { medianBounds } from '../stopping/median-rule.js';
import { createPeers, withBounds } from '../stopping/peers.js';

/** Stops trainings whose curve is below the median of earlier ones. */
export const medianStop = defineMiddleware({
  id: 'search/median-stop',
  summary: 'stops trainings whose curve is below the median of those that came to their end',
  options: {
    quantile: real(0, 1, { fallback: 0.5, help: 'share of the earlier curves that must not be above' }),
    candidates: integer(1, 1_000_000, { fallback: 5, help: 'trainings that must have come to their end before' }),
    warmUp: integer(0, 1_000_000_000, { fallback: 0, help: 'steps before which nothing is stopped' }),
    interval: integer(1, 1_000_000_000, { fallback: 1, help: 'steps from one decision to the next' }),
    values: integer(1, 1_000_000, { fallback: 1, help: 'earlier curves that must have a value at a step' }),
  },
  wrap({ candidates, ...rule }, start, moves, context) {
    const search = start(moves);
    const peers = createPeers(context);
    let complete = 0;
    return {
      ask(index, rng) {
        const proposal = search.ask(index, rng);
        if (proposal === undefined || complete < candidates) return proposal;
        const curves = peers.of(proposal.genome).flatMap(({ curve }) => (curve === undefined ? [] : [curve]));
        return withBounds(proposal, medianBounds(curves, rule));
      },
      tell(result) {
        if (result.score !== undefined && result.fidelity === 1) {
          complete++;
          peers.add(result);
        }
        search.tell(result);
      },
    };
  },
});
