import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import type { ReadoutRows } from '../readout-rows.js';
import type { Distance } from './pointer.js';

/** How a state is read. */
export interface Reading<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly wires: number;
  readonly states: number;
  readonly readout: ReadoutRows;
  /** Per probability readout the row that each basis state adds to, and where they all lie as integers. */
  readonly measuredRows: readonly Int32Array[];
  readonly measuredRowsAt: number;
  /** Room for two vectors per basis state. */
  readonly tree: number;
  /** What a basis state is called where strings are read: a distance between vectors. */
  relabelled(element: Distance): Distance;
}
