import { defineLayerKind, refuse } from '../../../core/layer/layer-kind.js';
import { choice, integer } from '../../../core/domain.js';
import { Registry } from '../../../core/registry.js';

/** Stand-ins with the domains, notation and shape rules of the real layers, without ops: search tests need no compiler. */
const noOps = (): never => {
  throw new Error('a stand-in has no ops');
};

const dense = defineLayerKind({
  id: 'classical/dense',
  summary: 'stand-in',
  hyper: {
    units: integer(1, 4096),
    activation: choice(['tanh', 'relu', 'identity']),
  },
  notation: {
    symbol: 'C',
    fields: [
      { hyper: 'units' },
      { hyper: 'activation', letters: { tanh: 'T', relu: 'R', identity: 'I' }, omittedAtEnd: 'identity' },
    ],
  },
  outputRows: ({ units }, _inputRows, { role, rows }) => (role === 'hidden' ? units : (rows ?? units)),
  lower: noOps,
  identity: ({ units, activation }, { role }) => (role === 'hidden' ? { units, activation } : {}),
});

const circuit = defineLayerKind({
  id: 'quantum-statevector/circuit',
  summary: 'stand-in',
  hyper: {
    qubits: integer(1, 14),
    ansatz: choice(['basic', 'strong', 'circular']),
    repetitions: integer(1, 32),
    scale: choice(['none', 'trainable'], { fallback: 'none' }),
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
  outputRows({ qubits }, _inputRows, { rows }) {
    if (rows === undefined || rows === 2 ** qubits) return 2 ** qubits;
    return rows <= qubits ? rows : refuse(`cannot give ${rows} numbers`);
  },
  lower: noOps,
});

export const standIns = new Registry('layer', [dense, circuit]);
