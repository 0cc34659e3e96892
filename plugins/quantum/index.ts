import { definePlugin } from '../../core/index.js';
import { everyParameterMatters } from './every-parameter-matters.js';
import { circuitEntanglement, circuitExpressibility } from './measures.js';
import { deadParameterCount, simulationFlops, twoQubitGates } from './metrics.js';
import { noiseCondition } from './noise-condition.js';
import { noisyCircuitLayer } from './noisy-circuit-layer.js';

export { circuitUnder, noiseOptions, type CircuitNoise } from './circuit-noise.js';
export { everyParameterMatters } from './every-parameter-matters.js';
export { circuitEntanglement, circuitExpressibility } from './measures.js';
export { deadParameterCount, simulationFlops, twoQubitGates } from './metrics.js';
export { noiseCondition } from './noise-condition.js';
export { noisyCircuitLayer } from './noisy-circuit-layer.js';
export { noisyCircuitOp, type SampledCircuit } from './noisy-circuit-op.js';

/** What searches may ask of quantum layers, whatever plugin brings them. */
export default definePlugin({
  name: 'quantum',
  version: '1',
  requires: ['quantum-statevector'],
  layers: [noisyCircuitLayer],
  constraints: [everyParameterMatters],
  conditions: [noiseCondition],
  measures: [circuitExpressibility, circuitEntanglement],
  metrics: [twoQubitGates, deadParameterCount, simulationFlops],
});
