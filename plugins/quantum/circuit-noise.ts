import { choice, integer, real, type ValuesOf } from '../../core/index.js';
import { withNoise, type ChannelName, type Circuit } from '../quantum-statevector/index.js';
import type { SampledCircuit } from './noisy-circuit-op.js';

/** Channels with one number, its strength. */
const noisyChannels = [
  'DepolarizingChannel',
  'AmplitudeDamping',
  'PhaseDamping',
  'BitFlip',
  'PhaseFlip',
] as const satisfies readonly ChannelName[];

/** Most qubits that are simulated as a density matrix, exact; circuits of more are averaged over trajectories. */
export const mostExactQubits = 6;

/** Noise of a device: a channel after every gate on each of its wires, readings that err with one probability, and shots. */
export const noiseOptions = {
  channel: choice(noisyChannels, {
    fallback: 'DepolarizingChannel',
    help: 'what happens to each wire of a gate after it',
  }),
  strength: real(0, 1, { fallback: 0, help: 'parameter of the channel' }),
  readoutError: real(0, 0.5, { fallback: 0, help: 'probability of reading 0 for 1, and 1 for 0' }),
  shots: integer(0, 100_000, { fallback: 0, help: 'shots behind every output; 0: expected values' }),
  trajectories: integer(1, 100_000, {
    fallback: 100,
    help: `quantum trajectories behind every output of a circuit of more than ${mostExactQubits} qubits; with shots every shot has one`,
  }),
};

export type CircuitNoise = ValuesOf<typeof noiseOptions>;

/** A circuit under noise, as the attributes of its op. */
export function circuitUnder(noise: CircuitNoise, circuit: Circuit): SampledCircuit {
  const { channel, strength, readoutError, shots } = noise;
  const noisy = withNoise(circuit, {
    ...(strength === 0 ? {} : { gates: [{ channel, parameters: [strength] }] }),
    ...(readoutError === 0 ? {} : { readout: [readoutError, readoutError] }),
  });
  return {
    ...noisy,
    ...(shots === 0 ? {} : { shots }),
    ...(takesTrajectories(noise, circuit.wires) ? { trajectories: noise.trajectories } : {}),
  };
}

/** Whether the number of trajectories matters. */
export function takesTrajectories({ strength, shots }: CircuitNoise, qubits: number): boolean {
  return strength > 0 && qubits > mostExactQubits && shots === 0;
}
