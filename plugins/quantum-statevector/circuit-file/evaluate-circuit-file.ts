import type { Rng } from '../../../core/index.js';
import { circuitGradients, jacobianBy } from '../adjoint.js';
import type { CircuitGradients } from '../angle.js';
import { requireFinite } from '../check-batch.js';
import { measurementRows } from '../measurement.js';
import { densityGradients } from '../noise/density-gradients.js';
import { runNoisyCircuit } from '../noise/run-noisy-circuit.js';
import { finalState } from '../statevector-reference.js';
import type { CircuitFile } from './read-circuit-file.js';
import { readTensor, tensor, type Tensor } from './tensor.js';
import type { JsonValue } from './json-value.js';

export interface EvaluateOptions {
  /** Shots per sample; left out = expected values. */
  readonly shots?: number;
  /** For shots and trajectories. */
  readonly rng?: Rng;
  readonly trajectories?: number;
  /** False leaves out Jacobians and products that the file has no recorded results of. Default true. */
  readonly gradients?: boolean;
}

/** Complex numbers of any shape, row-major. */
export interface ComplexTensor {
  readonly shape: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** Everything that a circuit file asks for; JSON. */
export interface CircuitResults {
  readonly output: Tensor;
  /** Before the measurement; without noise. */
  readonly state?: ComplexTensor;
  /**
   * [outputs, inputs] and [outputs, ...shape of the weights]; for one sample without a batch. Left out for circuits so large that they
   * would take minutes: outputs times gates times 2^wires beyond 2^27.
   */
  readonly jac_x?: Tensor;
  readonly jac_w?: Readonly<Record<string, Tensor>>;
  /** Of the cotangent; those of weights are summed over the batch. */
  readonly vjp_x?: Tensor;
  readonly vjp_w?: Readonly<Record<string, Tensor>>;
  /** Largest difference to each result that the file holds. */
  readonly differences?: Readonly<Record<string, number>>;
}

/** Most wires for which gradients under noise are computed: they need the density matrix. */
const noisyGradientLimit = 6;

/** Most outputs times gates times amplitudes for which Jacobians are computed: about half a minute. */
const jacobianLimit = 2 ** 27;

/**
 * Runs a circuit file in float64: outputs, state, Jacobians and vector-Jacobian products. With shots, outputs alone.
 * @throws HqnasError `invalid-circuit-values`, `missing-rng`, `too-many-qubits`
 */
export function evaluateCircuitFile(file: CircuitFile, options: EvaluateOptions = {}): CircuitResults {
  const { circuit, noisy, batch } = file;
  const samples = Array.from({ length: batch ?? 1 }, (_, k) =>
    file.x.data.slice(k * circuit.inputs, (k + 1) * circuit.inputs),
  );
  const weights = file.weights.values;
  const leading = batch === undefined ? [] : [batch];
  const rows = measurementRows(circuit.measurement);
  const outputs = samples.map((x, k) => {
    const { rng, gradients: _, ...rest } = options;
    return runNoisyCircuit(noisy, x, weights, {
      ...rest,
      ...(rng === undefined ? {} : { rng: rng.fork('sample', k) }),
    });
  });
  const found: CircuitResults = {
    output: tensor(
      [...leading, rows],
      outputs.flatMap((values) => [...values]),
    ),
  };
  if (options.shots !== undefined) return found;
  const isNoisy = noisy.channels.length > 0 || noisy.readout !== undefined;
  const gradients = (x: readonly number[], cotangent: ArrayLike<number>): CircuitGradients =>
    isNoisy ? densityGradients(noisy, x, weights, cotangent) : circuitGradients(circuit, x, weights, cotangent);
  const { gradients: wanted = true } = options;
  const asked = (names: readonly (keyof CircuitResults)[]): boolean =>
    (wanted || names.some((name) => Object.hasOwn(file.recorded, name))) &&
    !(isNoisy && circuit.wires > noisyGradientLimit);
  const small = rows * circuit.gates.length * 2 ** circuit.wires <= jacobianLimit;
  return compared(file, {
    ...found,
    ...(isNoisy ? {} : { state: stateOf(file, samples, leading) }),
    ...(batch === undefined && small && asked(['jac_x', 'jac_w'])
      ? jacobians(file, (cotangent) => gradients(samples[0]!, cotangent), rows)
      : {}),
    ...(asked(['vjp_x', 'vjp_w']) ? products(file, samples, gradients, rows) : {}),
  });
}

function stateOf(
  { circuit, weights }: CircuitFile,
  samples: readonly (readonly number[])[],
  leading: readonly number[],
): ComplexTensor {
  const states = samples.map((x) => finalState(circuit, x, weights.values));
  return {
    shape: [...leading, 2 ** circuit.wires],
    re: states.flatMap(({ re }) => [...re]),
    im: states.flatMap(({ im }) => [...im]),
  };
}

function jacobians(
  { circuit, weights }: CircuitFile,
  gradients: (cotangent: ArrayLike<number>) => CircuitGradients,
  rows: number,
): Pick<CircuitResults, 'jac_x' | 'jac_w'> {
  const jacobian = jacobianBy(rows, gradients);
  return { jac_x: tensor([rows, circuit.inputs], jacobian.inputs), jac_w: weights.split(jacobian.weights, [rows]) };
}

function products(
  { circuit, weights, cotangent, x }: CircuitFile,
  samples: readonly (readonly number[])[],
  gradients: (x: readonly number[], cotangent: ArrayLike<number>) => CircuitGradients,
  rows: number,
): Pick<CircuitResults, 'vjp_x' | 'vjp_w'> {
  if (cotangent === undefined) return {};
  const each = samples.map((sample, k) => gradients(sample, cotangent.data.slice(k * rows, (k + 1) * rows)));
  const sum = new Float64Array(circuit.weights);
  for (const gradient of each) gradient.weights.forEach((value, k) => (sum[k]! += value));
  // Products of huge numbers.
  each.forEach(({ inputs }) => {
    requireFinite('vjp_x', inputs);
  });
  requireFinite('vjp_w', sum);
  return {
    vjp_x: tensor(
      x.shape,
      each.flatMap(({ inputs }) => [...inputs]),
    ),
    vjp_w: weights.split(sum),
  };
}

function compared({ recorded }: CircuitFile, found: CircuitResults): CircuitResults {
  const differences = Object.entries(recorded).flatMap(([name, source]) => {
    // Names of results.
    const ours = found[name as keyof CircuitResults];
    return ours === undefined ? [] : [[name, difference(ours, source)] as const];
  });
  return differences.length === 0 ? found : { ...found, differences: Object.fromEntries(differences) };
}

/** Largest difference between a result and a recorded one; infinite where shapes differ. */
function difference(ours: object, source: JsonValue): number {
  if ('re' in ours) {
    const state = ours as ComplexTensor; // the only result with these members
    return Math.max(largest(state.re, numbers(source.member('re'))), largest(state.im, numbers(source.member('im'))));
  }
  if ('data' in ours) return largest((ours as Tensor).data, readTensor(source).data);
  return Math.max(
    0,
    ...Object.entries(ours as Readonly<Record<string, Tensor>>).map(([name, part]) =>
      difference(part, source.member(name)),
    ),
  );
}

function numbers(source: JsonValue): readonly number[] {
  return source.items().map((item) => item.number());
}

function largest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((top, value, k) => Math.max(top, Math.abs(value - b[k]!)), 0);
}
