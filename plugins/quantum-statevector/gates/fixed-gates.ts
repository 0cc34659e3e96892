import type { MatrixRows } from './gate-form.js';
import { controlled, diagonal, fixed, permutation } from './make-forms.js';

const r = Math.SQRT1_2;

export const pauliX: MatrixRows = [
  [0, 1],
  [1, 0],
];
export const pauliY: MatrixRows = [
  [0, [0, -1]],
  [[0, 1], 0],
];
export const pauliZ: MatrixRows = diagonal([1, -1]);

/** Hadamard. */
export const H = fixed([
  [r, r],
  [r, -r],
]);
export const X = fixed(pauliX);
export const Y = fixed(pauliY);
export const Z = fixed(pauliZ);
/** diag(1, i) */
export const S = fixed(diagonal([1, [0, 1]]));
/** Undoes S. */
export const Sdg = fixed(diagonal([1, [0, -1]]));
/** diag(1, e^{i pi/4}) */
export const T = fixed(diagonal([1, [r, r]]));
/** Undoes T. */
export const Tdg = fixed(diagonal([1, [r, -r]]));
/** Square root of X. */
export const SX = fixed([
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
]);
/** Undoes SX. */
export const SXdg = fixed([
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
]);
/** Wires: control, target; so are CY and CH. */
export const CNOT = controlled(X);
export const CY = controlled(Y);
/** Symmetric in its wires. */
export const CZ = controlled(Z);
export const CH = controlled(H);
export const SWAP = fixed(permutation([0, 2, 1, 3]));
/** SWAP with a factor i where the wires differ. */
export const ISWAP = fixed(permutation([0, 2, 1, 3], [1, [0, 1], [0, 1], 1]));
/** Wires: two controls, target. */
export const Toffoli = controlled(CNOT);
/** Wires: control, then the two that change places. */
export const CSWAP = controlled(SWAP);
/** Symmetric in its wires. */
export const CCZ = controlled(CZ);
