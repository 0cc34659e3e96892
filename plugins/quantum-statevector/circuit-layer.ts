import { ansatzes } from './ansatz/ansatzes.js';
import { studyChoices, type CircuitHyper } from './circuit-hyper.js';
import type { Circuit } from './circuit.js';
import { composeLayer, defineCircuitLayer } from './define-circuit-layer.js';
import { encodings } from './encodings/encodings.js';
import type { Measurement } from './measurement.js';

export { readout } from './readout.js';

/**
 * The circuit layer. With nothing but qubits, ansatz and repetitions it is the study's quantum layer (Zada 2025, arXiv 2501.10673):
 * RX(x_i) on qubit i, an ansatz, and a readout that follows from what comes after the layer. Random genes are of that kind, with one of
 * the study's three ansatz; whatever else it can do must be asked for.
 */
export const circuitLayer = defineCircuitLayer({
  id: 'quantum-statevector/circuit',
  summary: 'quantum circuit: RX embedding of one input per qubit, entangling layers, probabilities or <Z>',
  symbol: 'Q',
  ansatz: ansatzes,
  letters: {
    basic: 'L',
    strong: 'F',
    circular: 'O',
    none: 'N',
    'hardware-efficient': 'H',
    'ppo-q': 'P',
    'two-design': 'D',
  },
  drawn: ['basic', 'strong', 'circular'],
});

/** Hyperparameters that make a circuit; what is left out is as the study has it. */
export type CircuitChoice = Pick<CircuitHyper, 'qubits' | 'repetitions'> &
  Partial<Pick<CircuitHyper, 'reuploading' | 'inputScaling'>> & {
    readonly ansatz: keyof typeof ansatzes;
    readonly encoding?: keyof typeof encodings;
    /** Inputs; default: as many as fit. */
    readonly features?: number;
  };

/** The circuit of a layer's hyperparameters, and the shape of its weights. */
export function buildCircuit(
  chosen: CircuitChoice,
  measurement: Measurement,
): { readonly circuit: Circuit; readonly shape: readonly number[] } {
  const { encoding = 'angle-x', qubits } = chosen;
  const features = chosen.features ?? (chosen.ansatz === 'ppo-q' ? qubits : encodings[encoding].capacity(qubits));
  const hyper: CircuitHyper = { ...studyChoices, ...chosen, encoding };
  return composeLayer(hyper, { ansatz: ansatzes, encodings }, features, measurement);
}
