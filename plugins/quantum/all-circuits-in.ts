import type { Measured } from '../../core/index.js';
import { circuitsIn, type Circuit, type NoisyCircuit } from '../quantum-statevector/index.js';
import { noisyCircuitOp } from './noisy-circuit-op.js';

/** The circuits among the ops of a graph, those under noise as well. */
export function allCircuitsIn(graph: NonNullable<Measured['graph']>): readonly Circuit[] {
  const noisy = graph.nodes.flatMap(({ op, attributes }) =>
    // The attributes of this op are its noisy circuit.
    op !== 'input' && op.id === noisyCircuitOp.id ? [(attributes as unknown as NoisyCircuit).circuit] : [],
  );
  return [...circuitsIn(graph), ...noisy];
}
