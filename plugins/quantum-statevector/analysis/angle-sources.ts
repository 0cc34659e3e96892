import { factorsOf, type Angle } from '../angle.js';

/** Weights and inputs that an angle is made of. */
export interface AngleSources {
  readonly weights: readonly number[];
  readonly inputs: readonly number[];
}

/** What an angle depends on; nothing where its constant factor is 0. */
export function angleSources(angle: Angle): AngleSources {
  const [factor, variables] = factorsOf(angle);
  const of = (source: 'weight' | 'input'): number[] =>
    factor === 0 ? [] : variables.filter((variable) => variable.source === source).map(({ index }) => index);
  return { weights: of('weight'), inputs: of('input') };
}
