import { defineCondition } from '../../core/index.js';
import { circuitOp, type Circuit } from '../quantum-statevector/index.js';
import { circuitUnder, noiseOptions } from './circuit-noise.js';
import { noisyCircuitOp } from './noisy-circuit-op.js';

/**
 * A trained network on a device that training did not know: noise after every gate, errors of the readout, shots. It concerns every
 * circuit, whatever kind of layer brings it.
 */
export const noiseCondition = defineCondition({
  id: 'quantum/noise',
  summary: 'circuits under noise, with errors of the readout and from a finite number of shots',
  options: noiseOptions,
  replace: (noise) => (op, attributes) =>
    // The attributes of this op are its circuit.
    op.id === circuitOp.id
      ? { op: noisyCircuitOp, attributes: circuitUnder(noise, attributes as unknown as Circuit) }
      : undefined,
});
