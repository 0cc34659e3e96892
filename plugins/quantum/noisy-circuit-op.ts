import { HqnasError } from '../../core/index.js';
import { defineOp, type HostAddresses, type MemoryViews } from '../../compiler/index.js';
import { densityGradients, densityOutputs, measurementRows, type NoisyCircuit } from '../quantum-statevector/index.js';

/**
 * A noisy circuit as one op: expected values of its measurement and their exact gradients, by density matrix. It runs in
 * TypeScript, 4^qubits numbers per sample and gate: small circuits, or patience.
 */
export const noisyCircuitOp = defineOp<NoisyCircuit>({
  id: 'quantum/noisy-circuit',
  summary: 'quantum circuit with noise, simulated as a density matrix',
  saves: ['inputs'],
  shape(inputRows, parameterShapes, { circuit }) {
    const weights = parameterShapes.flat().reduce((product, length) => product * length, 1);
    if (inputRows.length !== 1 || inputRows[0] !== circuit.inputs || weights !== circuit.weights) {
      throw new HqnasError({
        code: 'invalid-shape',
        where: 'noisy circuit',
        what: 'rows or weights do not fit the circuit',
        expected: `${circuit.inputs} input rows and ${circuit.weights} weights`,
        got: `${inputRows.join(', ')} input rows and ${weights} weights`,
      });
    }
    return measurementRows(circuit.measurement);
  },
  reference: {
    forward([x], [weights], samples, noisy) {
      const output = new Float64Array(measurementRows(noisy.circuit.measurement) * samples);
      for (let sample = 0; sample < samples; sample++) {
        const inputs = Float64Array.from({ length: noisy.circuit.inputs }, (_, row) => x![row * samples + sample]!);
        densityOutputs(noisy, inputs, weights!).forEach((value, row) => (output[row * samples + sample] = value));
      }
      return output;
    },
    backward([x], [weights], _output, dy, samples, noisy) {
      const { circuit } = noisy;
      const dx = new Float64Array(circuit.inputs * samples);
      const dw = new Float64Array(circuit.weights);
      const rows = measurementRows(circuit.measurement);
      for (let sample = 0; sample < samples; sample++) {
        const column = (values: Float64Array, count: number) =>
          Float64Array.from({ length: count }, (_, row) => values[row * samples + sample]!);
        const gradients = densityGradients(noisy, column(x!, circuit.inputs), weights!, column(dy, rows));
        gradients.inputs.forEach((value, row) => (dx[row * samples + sample] = value));
        gradients.weights.forEach((value, k) => (dw[k]! += value));
      }
      return { inputs: [dx], parameters: [dw] };
    },
  },
  kernel: {
    host: true,
    forward({ f32 }, at, noisy) {
      const weights = weightsAt(f32, at, noisy);
      forEachSample(at, (sample) => {
        const inputs = column(f32, at.inputs[0]!, sample);
        densityOutputs(noisy, inputs, weights).forEach((value, row) => {
          f32[place(at.output, row, sample)] = value;
        });
      });
    },
    backward(memory, at, noisy) {
      const { f32 } = memory;
      const weights = weightsAt(f32, at, noisy);
      const target = at.inputGradients[0];
      const sum = new Float64Array(noisy.circuit.weights);
      forEachSample(at, (sample) => {
        const cotangent = column(f32, at.outputGradient, sample);
        // Padding has no gradient.
        const idle = cotangent.every((value) => value === 0);
        const gradients = idle
          ? undefined
          : densityGradients(noisy, column(f32, at.inputs[0]!, sample), weights, cotangent);
        gradients?.weights.forEach((value, k) => (sum[k]! += value));
        if (target === undefined) return;
        for (let row = 0; row < target.rows; row++) {
          const to = place(target, row, sample);
          f32[to] = (target.accumulate ? f32[to]! : 0) + (gradients?.inputs[row] ?? 0);
        }
      });
      const first = at.parameterGradients[0]! / 4;
      sum.forEach((value, k) => (f32[first + k]! += value));
    },
  },
});

interface Rows {
  readonly address: number;
  readonly rows: number;
  readonly strideBytes: number;
}

function place({ address, strideBytes }: Rows, row: number, sample: number): number {
  return (address + row * strideBytes) / 4 + sample;
}

function column(f32: Float32Array, buffer: Rows, sample: number): Float64Array {
  return Float64Array.from({ length: buffer.rows }, (_, row) => f32[place(buffer, row, sample)]!);
}

function weightsAt(f32: MemoryViews['f32'], { parameters }: HostAddresses, { circuit }: NoisyCircuit): Float64Array {
  const first = parameters[0]! / 4;
  return Float64Array.from({ length: circuit.weights }, (_, k) => f32[first + k]!);
}

function forEachSample({ samples }: HostAddresses, visit: (sample: number) => void): void {
  for (let sample = 0; sample < samples; sample++) visit(sample);
}
