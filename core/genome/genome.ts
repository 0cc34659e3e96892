import type { Gene } from '../layer/layer-kind.js';

/** A network as data: its layers from input to head. Actor and critic are both built from it. */
export interface Genome {
  readonly layers: readonly Gene[];
}

/** Closed range of whole numbers. */
export type Range = readonly [minimum: number, maximum: number];

/** Bounds of a search space: `layers` counts layers, every other name narrows the hyperparameter of that name. */
export interface Limits {
  readonly layers: Range;
  readonly [hyper: string]: Range;
}
