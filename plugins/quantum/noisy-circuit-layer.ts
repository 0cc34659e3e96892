import { choice, defineLayerKind, integer, real, type Gene, type Genome, type Place } from '../../core/index.js';
import { uniform } from '../../compiler/index.js';
import {
  ansatzes,
  buildCircuit,
  describeCircuit,
  measurementRows,
  readout,
  withNoise,
  type ChannelName,
} from '../quantum-statevector/index.js';
import { noisyCircuitOp, type SampledCircuit } from './noisy-circuit-op.js';

/** Channels with one number, its strength. */
export const noisyChannels = [
  'DepolarizingChannel',
  'AmplitudeDamping',
  'PhaseDamping',
  'BitFlip',
  'PhaseFlip',
] as const satisfies readonly ChannelName[];

// Keys of the object, of which there are some.
const ansatzNames = Object.keys(ansatzes) as [keyof typeof ansatzes, ...(keyof typeof ansatzes)[]];

/** Noise of a layer: a channel after every gate on each of its wires, and readings that err with one probability. */
export interface LayerNoise {
  readonly channel: (typeof noisyChannels)[number];
  readonly strength: number;
  readonly readoutError: number;
  /** Shots behind every output; 0 or left out = expected values. */
  readonly shots?: number;
}

/**
 * The study's circuit layer under noise: RX(x_i) on qubit i, an ansatz, and the same readout as `quantum-statevector/circuit` in the
 * same place. Training sees the noise, with exact gradients; its weights are those of the circuit without noise, in the same order.
 * With shots, outputs are estimates, and gradients are those of the expected values that they estimate.
 */
export const noisyCircuitLayer = defineLayerKind({
  id: 'quantum/noisy-circuit',
  summary: 'quantum circuit with noise after every gate and in its readout, as an exact density matrix',
  hyper: {
    qubits: integer(1, 6, { help: 'qubits, and as many input rows' }),
    ansatz: choice(ansatzNames, { help: 'as for quantum-statevector/circuit' }),
    repetitions: integer(1, 10, { help: 'how often the ansatz is repeated' }),
    channel: choice(noisyChannels, {
      fallback: 'DepolarizingChannel',
      help: 'what happens to each wire of a gate after it',
    }),
    strength: real(0, 1, { fallback: 0.01, help: 'parameter of the channel' }),
    readoutError: real(0, 0.5, { fallback: 0, help: 'probability of reading 0 for 1, and 1 for 0' }),
    shots: integer(0, 100_000, { fallback: 0, help: 'shots behind every output; 0: expected values' }),
  },
  inputRows: ({ qubits }) => qubits,
  qubits: ({ qubits }) => qubits,
  outputRows({ qubits }, _inputRows, place) {
    const measurement = readout(qubits, place);
    return 'ok' in measurement ? measurement : measurementRows(measurement);
  },
  describe: (hyper, _inputRows, place) => describeCircuit(noisyCircuit(hyper, place).noisy.circuit),
  // A layer without shots is the same whether it says so or not.
  identity: ({ shots, ...hyper }) => (shots === 0 ? hyper : { ...hyper, shots }),
  lower(hyper, graph, input, place) {
    const { noisy, shape } = noisyCircuit(hyper, place);
    return graph.apply(noisyCircuitOp, [input], [graph.parameter(shape, uniform(0, 2 * Math.PI), 'angles')], noisy);
  },
});

interface NoisyHyper extends LayerNoise {
  readonly qubits: number;
  readonly ansatz: keyof typeof ansatzes;
  readonly repetitions: number;
}

function noisyCircuit(
  hyper: NoisyHyper,
  place: Place,
): { readonly noisy: SampledCircuit; readonly shape: readonly number[] } {
  const measurement = readout(hyper.qubits, place);
  if ('ok' in measurement) throw new TypeError(measurement.reason);
  const { channel, strength, readoutError, shots = 0 } = hyper;
  const { circuit, shape } = buildCircuit(hyper, measurement);
  const noisy = withNoise(circuit, {
    ...(strength === 0 ? {} : { gates: [{ channel, parameters: [strength] }] }),
    ...(readoutError === 0 ? {} : { readout: [readoutError, readoutError] }),
  });
  return { noisy: shots === 0 ? noisy : { ...noisy, shots }, shape };
}

/**
 * The same network with noise in its circuits: its weights have the same number and order, so those of a trained network can be
 * copied and scored. Undefined where a circuit is none that the noisy layer can be: of more than 6 qubits, or with other choices than
 * qubits, ansatz and repetitions. A network without circuits is given back as it is.
 */
export function underNoise(genome: Genome, noise: LayerNoise): Genome | undefined {
  if (genome.layers.every(({ kind }) => kind !== 'quantum-statevector/circuit')) return genome;
  const layers = genome.layers.map((gene): Gene | undefined => {
    if (gene.kind !== 'quantum-statevector/circuit') return gene;
    const { kind: _, qubits, ansatz, repetitions, ...choices } = gene;
    const plain = Object.values(choices).every((value) => value === false || usual.has(value));
    if (!plain || Number(qubits) > 6) return undefined;
    return { kind: noisyCircuitLayer.id, qubits: qubits!, ansatz: ansatz!, repetitions: repetitions!, ...noise };
  });
  return layers.every((gene) => gene !== undefined) ? { layers } : undefined;
}

/** Defaults of the circuit layer's other choices. */
const usual: ReadonlySet<unknown> = new Set(['angle-x', 'none', 'match', 'automatic', 'kept']);
