import type { AngleSum } from './angle-sum.js';

/** A rotation of one wire; about z as diag(1, e^{it}), which differs from RZ(t) by a global phase. */
export interface WireRotation {
  readonly axis: 'Y' | 'Z';
  readonly angle: AngleSum;
}
