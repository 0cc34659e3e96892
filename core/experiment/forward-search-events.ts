import type { Proposed, SearchEvent } from '../search/run-search.js';
import type { ExperimentEvents, ProposedCandidate } from './events.js';

/** Tells an experiment's listeners what its search does. Results that the ledger held already are not news. */
export function forwardSearchEvents(events: ExperimentEvents): (event: SearchEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'proposed':
        events.emit('candidate-proposed', describe(event.candidate));
        return;
      case 'started':
        events.emit('candidate-started', { index: event.index, repeat: event.repeat });
        return;
      case 'progress':
        events.emit('candidate-progress', { index: event.index, repeat: event.repeat, point: event.point });
        return;
      case 'committed': {
        if (event.replayed) return;
        const { outcome } = event.candidate;
        const candidate = describe(event.candidate);
        if (outcome.ok) events.emit('candidate-finished', { ...candidate, outcome });
        else events.emit('candidate-failed', { ...candidate, reason: outcome.reason });
      }
    }
  };
}

function describe({ index, genome, dna, origin }: Proposed): ProposedCandidate {
  return { index, genome, dna, origin };
}
