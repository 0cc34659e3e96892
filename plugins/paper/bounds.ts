import { rangeOf, type MutationContext, type Range } from '../../core/index.js';
import { circuitId, denseId } from './genes.js';

/** What the limits leave to the layers of this space. */
export interface Bounds {
  readonly layers: Range;
  /** Widths of hidden dense layers; undefined = none is allowed. */
  readonly units: Range | undefined;
  /** Qubits of a circuit; undefined = none is allowed. */
  readonly qubits: Range | undefined;
  /** Qubits of a circuit after a dense layer: the layer must be allowed that width. */
  readonly fed: Range | undefined;
  readonly repetitions: Range | undefined;
  /** Numbers that the policy head needs. */
  readonly actions: number;
}

export function boundsOf({ kinds, limits, task }: Pick<MutationContext, 'kinds' | 'limits' | 'task'>): Bounds {
  const units = rangeOf(kinds.get(denseId), 'units', limits);
  const qubits = rangeOf(kinds.get(circuitId), 'qubits', limits);
  const repetitions = rangeOf(kinds.get(circuitId), 'repetitions', limits);
  const fed: Range | undefined =
    units === undefined || qubits === undefined
      ? undefined
      : [Math.max(units[0], qubits[0]), Math.min(units[1], qubits[1])];
  return {
    layers: limits.layers,
    units,
    qubits: repetitions === undefined ? undefined : qubits,
    fed: fed === undefined || fed[0] > fed[1] || repetitions === undefined ? undefined : fed,
    repetitions,
    actions: task.policyRows,
  };
}

/** All whole numbers of a range, ascending; none where there is no range. */
export function valuesOf(range: Range | undefined): readonly number[] {
  return range === undefined ? [] : Array.from({ length: range[1] - range[0] + 1 }, (_, i) => range[0] + i);
}
