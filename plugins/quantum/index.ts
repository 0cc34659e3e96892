import { definePlugin } from '../../core/index.js';
import { everyParameterMatters } from './every-parameter-matters.js';
import { deadParameterCount, simulationFlops, twoQubitGates } from './metrics.js';
import { noiseCondition } from './noise-condition.js';
import { noisyCircuitLayer } from './noisy-circuit-layer.js';

export { everyParameterMatters } from './every-parameter-matters.js';
export { deadParameterCount, simulationFlops, twoQubitGates } from './metrics.js';
export { noiseCondition } from './noise-condition.js';
export { noisyCircuitLayer, underNoise, type LayerNoise } from './noisy-circuit-layer.js';
export { noisyCircuitOp, type SampledCircuit } from './noisy-circuit-op.js';

/** What searches may ask of quantum layers, whatever plugin brings them. */
export default definePlugin({
  name: 'quantum',
  version: '1',
  requires: ['quantum-statevector'],
  layers: [noisyCircuitLayer],
  constraints: [everyParameterMatters],
  conditions: [noiseCondition],
  metrics: [twoQubitGates, deadParameterCount, simulationFlops],
});
