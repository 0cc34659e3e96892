import type { BackwardAddresses, RowBuffer } from '../../compiler/index.js';
import type { Circuit } from './circuit.js';
import type { Execution } from './execution.js';
import { vectorBytes } from './layout.js';
import { measurementRows } from './measurement.js';

/** Where everything lies that one compiled circuit needs. */
export interface CallPlan {
  /** Bytes of a number. */
  readonly element: 4 | 8;
  /** Samples of one call. */
  readonly capacity: number;
  /** Bytes of a row that calls round up to. */
  readonly roundBytes: number;
  readonly bytes: number;
  readonly rows: {
    readonly input: RowBuffer;
    readonly output: RowBuffer;
    readonly outputGradient: RowBuffer;
    readonly inputGradient: RowBuffer;
  };
  readonly addresses: Omit<BackwardAddresses, 'sampleBytes'>;
}

/** Lays out inputs, outputs, their gradients, weights, and the areas of an execution. */
export function planCalls(
  circuit: Circuit,
  execution: Pick<Execution, 'areaBytes' | 'roundBytes'>,
  capacity: number,
  element: 4 | 8,
): CallPlan {
  // Kernels read and write whole vectors, and four numbers at a time behind the last weight.
  let top = 64;
  const reserve = (bytes: number): number => {
    const address = top;
    top = 64 * Math.ceil((top + bytes + vectorBytes) / 64);
    return address;
  };
  const { roundBytes } = execution;
  const strideBytes = Math.ceil((capacity * element) / roundBytes) * roundBytes;
  const reserveRows = (rows: number): RowBuffer => ({ address: reserve(rows * strideBytes), rows, strideBytes });
  const rows = {
    input: reserveRows(circuit.inputs),
    output: reserveRows(measurementRows(circuit.measurement)),
    outputGradient: reserveRows(measurementRows(circuit.measurement)),
    inputGradient: reserveRows(circuit.inputs),
  };
  const [weights, weightGradients] = [reserve(circuit.weights * element), reserve(circuit.weights * element)];
  const workspace = Object.fromEntries(
    Object.entries(execution.areaBytes(capacity, element)).map(([name, bytes]) => [name, reserve(bytes)]),
  );
  return {
    element,
    capacity,
    roundBytes,
    bytes: top,
    rows,
    addresses: {
      inputs: [rows.input],
      output: rows.output,
      parameters: [weights],
      workspace,
      capacity,
      outputGradient: rows.outputGradient,
      inputGradients: [{ ...rows.inputGradient, accumulate: false }],
      parameterGradients: [weightGradients],
    },
  };
}
