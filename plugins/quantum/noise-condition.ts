import { defineCondition } from '../../core/index.js';
import { noiseOptions } from './circuit-noise.js';
import { underNoise } from './under-noise.js';

/**
 * A trained network on a device that training did not know: noise after every gate, errors of the readout, shots. It concerns every
 * circuit, whatever kind of layer brings it.
 */
export const noiseCondition = defineCondition({
  id: 'quantum/noise',
  summary: 'circuits under noise, with errors of the readout and from a finite number of shots',
  options: noiseOptions,
  replace: underNoise,
});
