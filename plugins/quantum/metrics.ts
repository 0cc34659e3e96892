import { defineMetric, type Measured } from '../../core/index.js';
import { circuitCounts, deadOf, type Circuit } from '../quantum-statevector/index.js';
import { allCircuitsIn } from './all-circuits-in.js';

/** Sum over all circuits of policy and value network; undefined where the network is not known. */
function overCircuits({ graph }: Measured, of: (circuit: Circuit) => number): number | undefined {
  return graph === undefined ? undefined : allCircuitsIn(graph).reduce((sum, circuit) => sum + of(circuit), 0);
}

export const twoQubitGates = defineMetric({
  id: 'quantum/two-qubit-gates',
  summary: 'gates on two qubits or more in all circuits of policy and value network',
  direction: 'minimise',
  trainingFree: true,
  of: (measured) =>
    overCircuits(measured, (circuit) => {
      const counts = circuitCounts(circuit);
      return counts.twoQubitGates + counts.widerGates;
    }),
});

export const deadParameterCount = defineMetric({
  id: 'quantum/dead-parameters',
  summary: 'weights of circuits that cannot influence anything measured',
  direction: 'minimise',
  trainingFree: true,
  of: (measured) => overCircuits(measured, (circuit) => deadOf(circuit).weights.length),
});

export const simulationFlops = defineMetric({
  id: 'quantum/simulation-flops',
  summary: 'floating-point operations to simulate all circuits once, gate by gate',
  direction: 'minimise',
  trainingFree: true,
  of: (measured) => overCircuits(measured, (circuit) => circuitCounts(circuit).simulationFlops),
});
