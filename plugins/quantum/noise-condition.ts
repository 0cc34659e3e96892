import { choice, defineCondition, integer, real, refuse } from '../../core/index.js';
import { noisyChannels, underNoise } from './noisy-circuit-layer.js';

/** A trained network on a device that training did not know: noise after every gate, errors of the readout, shots. */
export const noiseCondition = defineCondition({
  id: 'quantum/noise',
  summary: 'circuits under noise, with errors of the readout and from a finite number of shots',
  options: {
    channel: choice(noisyChannels, {
      fallback: 'DepolarizingChannel',
      help: 'what happens to each wire of a gate after it',
    }),
    strength: real(0, 1, { fallback: 0, help: 'parameter of the channel' }),
    readoutError: real(0, 0.5, { fallback: 0, help: 'probability of reading 0 for 1, and 1 for 0' }),
    shots: integer(0, 100_000, { fallback: 0, help: 'shots behind every output; 0: expected values' }),
  },
  apply: (genome, noise) =>
    underNoise(genome, noise) ??
    refuse('a circuit has more than 6 qubits, or choices beyond qubits, ansatz and repetitions'),
});
