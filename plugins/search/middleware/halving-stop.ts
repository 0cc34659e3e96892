import { defineMiddleware, integer } from '../../../core/index.js';
import { halvingBounds } from '../stopping/halving-rule.js';
import { createPeers, withBounds } from '../stopping/peers.js';

/**
 * Successive halving within one training: at each rung the worse ones are stopped. Unlike `successive-halving/asha`, which pauses
 * trainings and takes the best of them up again, what is stopped stays stopped.
 */
export const halvingStop = defineMiddleware({
  id: 'search/halving-stop',
  summary: 'stops trainings that are not among the best share at a rung of steps',
  options: {
    minimum: integer(1, 1_000_000_000, { help: 'steps of the first rung' }),
    eta: integer(2, 100, {
      fallback: 3,
      help: 'from one rung to the next: so many times the steps, one in so many goes on',
    }),
  },
  wrap(rule, start, moves, context) {
    const search = start(moves);
    const peers = createPeers(context);
    return {
      ask(index, rng) {
        const proposal = search.ask(index, rng);
        if (proposal === undefined) return undefined;
        const curves = peers.of(proposal.genome).flatMap(({ curve }) => (curve === undefined ? [] : [curve]));
        return withBounds(proposal, halvingBounds(curves, rule));
      },
      tell(result) {
        if (result.curve !== undefined && result.fidelity === 1) peers.add(result);
        search.tell(result);
      },
    };
  },
});
