import { choice, defineLayerKind, integer, refuse, type Place, type Refusal } from '../../core/index.js';
import { uniform } from '../../compiler/index.js';
import { basicEntanglingLayers } from './ansatz/basic-entangling-layers.js';
import { circularEntanglingLayers } from './ansatz/circular-entangling-layers.js';
import { stronglyEntanglingLayers } from './ansatz/strongly-entangling-layers.js';
import { circuitOp } from './circuit-op.js';
import { allWires, defineCircuit, type Circuit, type Template } from './circuit.js';
import { angleEmbedding } from './encodings/angle.js';
import { expectationZ, measurementRows, probabilities, type Measurement } from './measurement.js';

const ansatzes = {
  basic: basicEntanglingLayers,
  strong: stronglyEntanglingLayers,
  circular: circularEntanglingLayers,
} as const;

interface CircuitHyper {
  readonly qubits: number;
  readonly ansatz: keyof typeof ansatzes;
  readonly repetitions: number;
}

/**
 * The study's quantum layer (Zada 2025, arXiv 2501.10673): RX(x_i) on qubit i, an ansatz, and a readout that follows from what comes
 * after the layer.
 */
export const circuitLayer = defineLayerKind({
  id: 'quantum-statevector/circuit',
  summary: 'quantum circuit: RX embedding of one input per qubit, entangling layers, probabilities or <Z>',
  hyper: {
    qubits: integer(1, 10, { help: 'qubits, and as many input rows' }),
    ansatz: choice(['basic', 'strong', 'circular'], {
      help: 'basic: one RX per qubit and a ring of CNOTs; strong: three rotations per qubit, CNOTs over growing distances; circular: three rotations per qubit, a circle of CNOTs',
    }),
    repetitions: integer(1, 10, { help: 'how often the ansatz is repeated' }),
  },
  notation: {
    symbol: 'Q',
    fields: [
      { hyper: 'qubits' },
      { hyper: 'ansatz', letters: { basic: 'L', strong: 'F', circular: 'O' } },
      { hyper: 'repetitions' },
    ],
  },
  inputRows: ({ qubits }) => qubits,
  qubits: ({ qubits }) => qubits,
  outputRows(hyper, _inputRows, place) {
    const measurement = readout(hyper.qubits, place);
    return 'ok' in measurement ? measurement : measurementRows(measurement);
  },
  lower(hyper, graph, input, place) {
    const measurement = readout(hyper.qubits, place);
    if ('ok' in measurement) throw new TypeError(measurement.reason);
    const { circuit, shape } = buildCircuit(hyper, measurement);
    return graph.apply(circuitOp, [input], [graph.parameter(shape, uniform(0, 2 * Math.PI), 'angles')], circuit);
  },
  // On one qubit there is nothing to entangle.
  identity: ({ qubits, ansatz, repetitions }) => ({
    qubits,
    ansatz: qubits === 1 && ansatz === 'circular' ? 'strong' : ansatz,
    repetitions,
  }),
});

/** The circuit of a layer's hyperparameters, and the shape of its weights. */
export function buildCircuit(
  { qubits, ansatz, repetitions }: CircuitHyper,
  measurement: Measurement,
): { readonly circuit: Circuit; readonly shape: readonly number[] } {
  const template: Template = ansatzes[ansatz]({ wires: qubits, layers: repetitions });
  const circuit = defineCircuit({
    wires: qubits,
    inputs: qubits,
    weights: template.shape.reduce((product, length) => product * length, 1),
    gates: [...angleEmbedding(qubits), ...template.gates],
    measurement,
  });
  return { circuit, shape: template.shape };
}

/**
 * What is measured in a place: a head gets <Z> of as many first qubits as it has numbers; a layer that demands 2^qubits rows, or takes
 * any, gets all probabilities; one that demands m <= qubits rows gets <Z> of the first m qubits.
 */
export function readout(qubits: number, { rows, role }: Place): Measurement | Refusal {
  if (role === 'hidden' && (rows === undefined || rows === 2 ** qubits)) return probabilities(allWires(qubits));
  const wanted = rows ?? qubits;
  if (wanted <= qubits) return expectationZ(allWires(wanted));
  if (role === 'hidden') {
    return refuse(
      `a circuit of ${qubits} qubits gives ${2 ** qubits} probabilities or up to ${qubits} expectation values, and the next layer needs ${wanted} rows`,
    );
  }
  return refuse(`the ${role} head needs ${wanted} numbers, and a circuit of ${qubits} qubits gives at most ${qubits}`);
}
