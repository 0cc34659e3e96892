import { definePlugin } from '../../core/index.js';
import { everyParameterMatters } from './every-parameter-matters.js';
import { deadParameterCount, simulationFlops, twoQubitGates } from './metrics.js';

export { deadParameterCount, everyParameterMatters, simulationFlops, twoQubitGates };

/** What searches may ask of quantum layers, whatever plugin brings them. */
export default definePlugin({
  name: 'quantum',
  version: '1',
  requires: ['quantum-statevector'],
  constraints: [everyParameterMatters],
  metrics: [twoQubitGates, deadParameterCount, simulationFlops],
});
