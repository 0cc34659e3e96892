import { createRng, HqnasError, type Rng } from '../../core/index.js';
import { defineOp, type HostAddresses, type MemoryViews, type Workspace } from '../../compiler/index.js';
import {
  densityGradients,
  densityOutputs,
  measurementRows,
  runNoisyCircuit,
  trajectoryGradients,
  type NoisyCircuit,
} from '../quantum-statevector/index.js';

/** A noisy circuit with what its outputs are estimated from; without either they are expected values of its density matrix. */
export type SampledCircuit = NoisyCircuit & { readonly shots?: number; readonly trajectories?: number };

/**
 * A noisy circuit as one op: expected values of its measurement and their exact gradients, by density matrix. It runs in
 * TypeScript, 4^qubits numbers per sample and gate: small circuits, or patience.
 *
 * With trajectories both passes estimate without bias, each from trajectories of its own: 2^qubits numbers per trajectory and gate.
 * With shots the forward pass estimates; the backward pass takes the expected values, as the float64 reference always does. The
 * draws of a call follow from the weights and from how many calls those weights have seen, so equal trainings draw the same.
 */
export const noisyCircuitOp = defineOp<SampledCircuit>({
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
  workspace: (_rows, _capacity, noisy): Workspace => (isSampled(noisy) ? { calls: { bytes: 8 } } : {}),
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
    forward({ f32, i32 }, at, noisy) {
      const weights = weightsAt(f32, at, noisy);
      const { shots, trajectories } = noisy;
      const rng = isSampled(noisy) ? nextStream(i32, at, noisy) : undefined;
      forEachSample(at, (sample) => {
        const inputs = column(f32, at.inputs[0]!, sample);
        const values =
          rng === undefined
            ? densityOutputs(noisy, inputs, weights)
            : runNoisyCircuit(noisy, inputs, weights, {
                ...(shots === undefined ? {} : { shots }),
                ...(trajectories === undefined ? {} : { trajectories, method: 'trajectories' }),
                rng: rng.fork('sample', sample),
              });
        values.forEach((value, row) => {
          f32[place(at.output, row, sample)] = value;
        });
      });
    },
    backward({ f32, i32 }, at, noisy) {
      const rng = noisy.trajectories === undefined ? undefined : streamOf(i32, at).fork('backward');
      const weights = weightsAt(f32, at, noisy);
      const target = at.inputGradients[0];
      const sum = new Float64Array(noisy.circuit.weights);
      forEachSample(at, (sample) => {
        const cotangent = column(f32, at.outputGradient, sample);
        // Padding has no gradient.
        const idle = cotangent.every((value) => value === 0);
        const gradients = idle
          ? undefined
          : gradientsOf(noisy, column(f32, at.inputs[0]!, sample), weights, cotangent, rng?.fork('sample', sample));
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

function isSampled({ shots, trajectories }: SampledCircuit): boolean {
  return shots !== undefined || trajectories !== undefined;
}

/** Of the density matrix; of trajectories where there is a stream for them. */
function gradientsOf(
  noisy: SampledCircuit,
  inputs: Float64Array,
  weights: Float64Array,
  cotangent: Float64Array,
  rng: Rng | undefined,
): ReturnType<typeof densityGradients> {
  if (rng === undefined) return densityGradients(noisy, inputs, weights, cotangent);
  return trajectoryGradients(noisy, inputs, weights, cotangent, { trajectories: noisy.trajectories!, rng });
}

/** The stream of a forward pass, and of the backward pass after it. */
function nextStream(i32: MemoryViews['i32'], at: HostAddresses, { circuit }: NoisyCircuit): Rng {
  const first = at.parameters[0]! / 4;
  let hash = 0x811c9dc5 | 0;
  for (let k = 0; k < circuit.weights; k++) hash = Math.imul(hash ^ i32[first + k]!, 0x01000193);
  const calls = at.workspace['calls']! / 4;
  i32[calls + 1] = i32[calls] === hash ? i32[calls + 1]! + 1 : 0;
  i32[calls] = hash;
  return streamOf(i32, at);
}

/** Of a hash of the weights (FNV-1a over 32-bit words) and the number of calls with just these. */
function streamOf(i32: MemoryViews['i32'], { workspace }: HostAddresses): Rng {
  const calls = workspace['calls']! / 4;
  return createRng(i32[calls]! >>> 0).fork('shots', i32[calls + 1]);
}

function forEachSample({ samples }: HostAddresses, visit: (sample: number) => void): void {
  for (let sample = 0; sample < samples; sample++) visit(sample);
}
