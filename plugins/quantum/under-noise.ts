import type { OpReplacement } from '../../compiler/index.js';
import { circuitOp, type Circuit } from '../quantum-statevector/index.js';
import { circuitUnder, type CircuitNoise } from './circuit-noise.js';
import { noisyCircuitOp } from './noisy-circuit-op.js';

/** The op of every circuit becomes that of the same circuit under noise. */
export function underNoise(noise: CircuitNoise): OpReplacement {
  return (op, attributes) =>
    // The attributes of this op are its circuit.
    op.id === circuitOp.id
      ? { op: noisyCircuitOp, attributes: circuitUnder(noise, attributes as unknown as Circuit) }
      : undefined;
}
