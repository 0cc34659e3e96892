import { HqnasError } from '../../core/index.js';
import { defineOp, type Workspace } from '../../compiler/index.js';
import { circuitGradients } from './adjoint.js';
import type { Circuit } from './circuit.js';
import { chooseExecution } from './choose-execution.js';
import type { Execution } from './execution.js';
import { measurementRows } from './measurement.js';
import { markStale } from './prepare.js';
import { runCircuit } from './statevector-reference.js';

/**
 * A circuit as one op: input rows are the angles of the embedding, one parameter holds all weights in any shape, output rows are the
 * measured values. The attributes are the circuit itself.
 */
export const circuitOp = defineOp<Circuit>({
  id: 'quantum-statevector/circuit',
  summary: 'quantum circuit, simulated as a state vector',
  saves: [],
  shape(inputRows, parameterShapes, circuit) {
    const weights =
      parameterShapes.flat().length === 0 ? 0 : parameterShapes[0]!.reduce((product, length) => product * length, 1);
    if (inputRows.length !== 1 || inputRows[0] !== circuit.inputs || weights !== circuit.weights) {
      throw new HqnasError({
        code: 'invalid-shape',
        where: 'quantum circuit',
        what: 'rows or weights do not fit the circuit',
        expected: `${circuit.inputs} input rows and ${circuit.weights} weights`,
        got: `${inputRows.join(', ')} input rows and ${weights} weights`,
      });
    }
    return measurementRows(circuit.measurement);
  },
  workspace: (_inputRows, capacity, circuit) => workspaceOf(executionOf(circuit, capacity).areaBytes(capacity, 4)),
  reference: {
    forward([x], [weights = new Float64Array(0)], samples, circuit) {
      const rows = Array.from({ length: samples }, (_, sample) =>
        runCircuit(circuit, column(x!, samples, sample), weights),
      );
      return fromColumns(rows, samples);
    },
    backward([x], [weights = new Float64Array(0)], _output, dy, samples, circuit) {
      const gradients = Array.from({ length: samples }, (_, sample) =>
        circuitGradients(circuit, column(x!, samples, sample), weights, column(dy, samples, sample)),
      );
      const sum = new Float64Array(circuit.weights);
      for (const { weights: gradient } of gradients) gradient.forEach((value, k) => (sum[k] = sum[k]! + value));
      return {
        inputs: [
          fromColumns(
            gradients.map(({ inputs }) => inputs),
            samples,
          ),
        ],
        parameters: circuit.weights === 0 ? [] : [sum],
      };
    },
  },
  kernel: {
    forward(fn, at, circuit) {
      executionOf(circuit, at.capacity).writeForward(fn, fn.f32, at);
    },
    backward(fn, at, circuit) {
      executionOf(circuit, at.capacity).writeBackward(fn, fn.f32, at);
    },
    initialize(memory, at, circuit) {
      executionOf(circuit, at.capacity).initialize(memory, at, 4);
    },
    prepare: markStale,
  },
});

const executions = new WeakMap<Circuit, Map<number, Execution>>();

/** Chosen once for each circuit and capacity. */
function executionOf(circuit: Circuit, capacity: number): Execution {
  const ofCircuit = executions.get(circuit) ?? new Map<number, Execution>();
  executions.set(circuit, ofCircuit);
  const known = ofCircuit.get(capacity) ?? chooseExecution(circuit, capacity);
  ofCircuit.set(capacity, known);
  return known;
}

function workspaceOf(sizes: Readonly<Record<string, number>>): Workspace {
  return Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, { bytes }]));
}

/** One sample of [rows][samples]. */
function column(values: Float64Array, samples: number, sample: number): Float64Array {
  return Float64Array.from({ length: values.length / samples }, (_, row) => values[row * samples + sample]!);
}

/** [rows][samples] of one array of rows per sample. */
function fromColumns(columns: readonly Float64Array[], samples: number): Float64Array {
  const rows = columns[0]?.length ?? 0;
  return Float64Array.from({ length: rows * samples }, (_, k) => columns[k % samples]![Math.floor(k / samples)]!);
}
