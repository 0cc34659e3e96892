import { complexMatrix } from './complex-matrix.js';
import { fixedGate } from './gate-definition.js';

const r = Math.SQRT1_2;

/** Hadamard. */
export const H = fixedGate(1, complexMatrix(2, [r, r, r, -r]));
export const X = fixedGate(1, complexMatrix(2, [0, 1, 1, 0]));
export const Y = fixedGate(1, complexMatrix(2, [], [0, -1, 1, 0]));
export const Z = fixedGate(1, complexMatrix(2, [1, 0, 0, -1]));
/** diag(1, i) */
export const S = fixedGate(1, complexMatrix(2, [1, 0, 0, 0], [0, 0, 0, 1]));
/** diag(1, e^{i pi/4}) */
export const T = fixedGate(1, complexMatrix(2, [1, 0, 0, r], [0, 0, 0, r]));
/** Wires: control, target. */
export const CNOT = fixedGate(2, complexMatrix(4, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0]));
/** Symmetric in its wires. */
export const CZ = fixedGate(2, complexMatrix(4, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1]));
export const SWAP = fixedGate(2, complexMatrix(4, [1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]));
