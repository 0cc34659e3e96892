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

/** The parts of a context that say what is read and where. */
interface ReadingContext<V extends FloatVector> {
  readonly fn: FunctionBuilder;
  readonly ops: VectorOperations<V>;
  readonly plan: Pick<Reading<V>, 'states' | 'readout' | 'measuredRows'> & {
    readonly circuit: { readonly wires: number };
  };
  readonly areas: { readonly measuredRows: number; readonly tree: number };
}

/** How the final state of a kernel is read, with what its basis states are called. */
export function readingWith<V extends FloatVector>(
  { fn, ops, plan, areas }: ReadingContext<V>,
  relabelled: Reading<V>['relabelled'],
): Reading<V> {
  const { circuit, states, readout, measuredRows } = plan;
  const { measuredRows: measuredRowsAt, tree } = areas;
  return { fn, ops, wires: circuit.wires, states, readout, measuredRows, measuredRowsAt, tree, relabelled };
}
