import { defineLayerKind, real, refuse, type LayerPlan } from '../../core/index.js';
import { circuitLayer } from '../quantum-statevector/index.js';
import { mostExactQubits, noiseOptions, takesTrajectories, type CircuitNoise } from './circuit-noise.js';
import { underNoise } from './under-noise.js';

type Hyper = CircuitNoise & Readonly<Record<string, unknown>>;

/**
 * The circuit layer under noise, with all its choices: its weights are those of the circuit without noise, in the same order. Training
 * sees the noise. Gradients are exact up to 6 qubits and unbiased estimates from quantum trajectories beyond; with shots, outputs are
 * estimates and gradients those of the expected values.
 */
export const noisyCircuitLayer = defineLayerKind({
  id: 'quantum/noisy-circuit',
  summary: 'quantum circuit with noise after every gate, errors of the readout and shots',
  hyper: {
    ...circuitLayer.hyper,
    ...noiseOptions,
    strength: real(0, 1, { fallback: 0.01, help: 'parameter of the channel' }),
  },
  inputRows: (hyper: Hyper) => parts(hyper).plan.inputRows,
  qubits: (hyper) => parts(hyper).plan.qubits,
  outputRows(hyper, inputRows, place) {
    const { plan, noise } = parts(hyper);
    if (noise.channel === 'AmplitudeDamping' && noise.strength > 0 && plan.qubits > mostExactQubits) {
      return refuse(`amplitude damping of more than ${mostExactQubits} qubits has no gradient to train with`);
    }
    return plan.outputRows(inputRows, place);
  },
  lower(hyper, graph, input, place) {
    const { plan, noise } = parts(hyper);
    return graph.replacing(underNoise(noise), () => plan.lower(graph, input, place));
  },
  describe: (hyper, inputRows, place) => parts(hyper).plan.describe!(inputRows, place),
  identity(hyper, place) {
    const { plan, noise } = parts(hyper);
    const { shots, trajectories, ...always } = noise;
    return {
      ...plan.identity(place),
      ...always,
      ...(shots === 0 ? {} : { shots }),
      ...(takesTrajectories(noise, plan.qubits) ? { trajectories } : {}),
    };
  },
});

/** The circuit without noise, and the noise. */
function parts(hyper: Hyper): { readonly plan: LayerPlan; readonly noise: CircuitNoise } {
  const { channel, strength, readoutError, shots, trajectories, ...circuit } = hyper;
  return {
    // What is left are hyperparameters of the circuit layer, as its own domains gave them.
    plan: circuitLayer.plan({
      kind: circuitLayer.id,
      ...(circuit as Readonly<Record<string, string | number | boolean>>),
    }),
    noise: { channel, strength, readoutError, shots, trajectories },
  };
}
