import type { LayerWeight, NetworkWeight } from './weigh.js';

/**
 * Floating-point operations for one decision of the policy, as an estimate: a weight of a classical layer costs a
 * multiplication and an addition, a rotation of a circuit of n qubits 14 operations on each of 2^n amplitudes (a complex
 * 2 x 2 matrix on each pair: 28), and there is one rotation per weight and per encoded input.
 */
export function policyOperations({ policy }: NetworkWeight): number {
  return policy.reduce((sum, layer) => sum + operationsOf(layer), 0);
}

function operationsOf({ layer, parameters, outputRows }: LayerWeight): number {
  const { qubits } = layer.plan;
  return qubits === 0 ? 2 * parameters + outputRows : 14 * 2 ** qubits * (parameters + qubits);
}
