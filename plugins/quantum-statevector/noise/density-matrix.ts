import { HqnasError } from '../../../core/index.js';
import { definitionOf } from '../gates/gates.js';
import { complexMatrix, type ComplexMatrix } from '../gates/complex-matrix.js';
import { initialState } from '../initial-state.js';
import { angleValues, checkValues } from '../statevector-reference.js';
import { applyMatrix, copyOf, type StateVector } from '../statevector.js';
import { channels, type Channel } from './channels.js';
import { stepsOf, type NoisyCircuit, type Step } from './noisy-circuit.js';
import { readOut, type ZReadout } from './read-out.js';

/**
 * A density matrix of n wires as a vector of 2n wires: entry (row, column) at row * 2^n + column. U rho U^dagger is U on the first n
 * wires and its conjugate on the others; a channel is one matrix on a wire and its partner.
 */
export type DensityMatrix = StateVector;

/** Most wires: 2^20 entries. */
const limit = 10;

/**
 * The state of a noisy circuit before its measurement, exact.
 * @throws HqnasError `too-many-qubits` for more than 10 wires, `invalid-circuit-values`
 */
export function densityMatrix(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
): DensityMatrix {
  const rho = startDensity(noisy, inputs, weights);
  for (const step of stepsOf(noisy)) applyStep(rho, step, inputs, weights);
  return rho;
}

/** Expected values of a noisy circuit's measurement, exact. */
export function densityOutputs(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  return measureDensity(noisy, densityMatrix(noisy, inputs, weights));
}

export function measureDensity({ circuit, readout }: NoisyCircuit, rho: DensityMatrix): Float64Array {
  return readOut(circuit, readout, densityDistribution(rho));
}

/** Probabilities of the basis states after the turns of a readout. */
export function densityDistribution(rho: DensityMatrix): (readout: ZReadout) => Float64Array {
  return ({ readout: { wires }, turn }) => {
    if (turn === undefined) return populations(rho);
    const turned = copyOf(rho);
    for (const wire of wires) applyUnitary(turned, turn, [wire]);
    return populations(turned);
  };
}

/** Probabilities of the basis states. */
export function populations({ re }: DensityMatrix): Float64Array {
  const size = Math.sqrt(re.length);
  return Float64Array.from({ length: size }, (_, state) => re[state * (size + 1)]!);
}

/** Tr rho^2: 1 for pure states, 2^-n for the maximally mixed one. */
export function purity({ re, im }: DensityMatrix): number {
  return re.reduce((sum, value, k) => sum + value * value + im[k]! * im[k]!, 0);
}

/** The density matrix before the first gate; checks what the circuit runs on. */
export function startDensity(
  { circuit }: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
): DensityMatrix {
  checkValues('inputs', inputs, circuit.inputs);
  checkValues('weights', weights, circuit.weights);
  if (circuit.wires > limit) {
    throw new HqnasError({
      code: 'too-many-qubits',
      where: 'density matrix',
      what: 'a density matrix of so many qubits does not fit',
      expected: `at most ${limit}`,
      got: String(circuit.wires),
      remedy: 'Take trajectories.',
    });
  }
  const psi = initialState(circuit.wires, circuit.initial, inputs);
  const size = psi.re.length;
  // The start is real.
  const re = Float64Array.from({ length: size * size }, (_, k) => psi.re[Math.floor(k / size)]! * psi.re[k % size]!);
  return { wires: 2 * circuit.wires, re, im: new Float64Array(size * size) };
}

export function applyStep(rho: DensityMatrix, step: Step, inputs: ArrayLike<number>, weights: ArrayLike<number>): void {
  if (step.kind === 'gate') {
    applyUnitary(rho, definitionOf(step.gate).matrix(angleValues(step.gate, inputs, weights)), step.gate.wires);
  } else {
    applyMatrix(rho, superoperator(step.channel), [step.channel.wire, step.channel.wire + rho.wires / 2]);
  }
}

/** U rho U^dagger, in place. */
export function applyUnitary(rho: DensityMatrix, matrix: ComplexMatrix, wires: readonly number[]): void {
  applyMatrix(rho, matrix, wires);
  applyMatrix(
    rho,
    conjugate(matrix),
    wires.map((wire) => wire + rho.wires / 2),
  );
}

export function conjugate({ size, re, im }: ComplexMatrix): ComplexMatrix {
  return { size, re, im: im.map((value) => -value) };
}

const known = new Map<string, ComplexMatrix>();

/** The sum of K (x) conj(K) over the channel's Kraus matrices: what acts on a wire and its partner. */
export function superoperator({ channel, parameters }: Channel): ComplexMatrix {
  const key = `${channel} ${parameters.join(' ')}`;
  let matrix = known.get(key);
  if (matrix === undefined) {
    matrix = complexMatrix(4, []);
    for (const kraus of channels[channel].kraus(parameters)) addProduct(matrix, kraus);
    if (known.size >= 100) known.clear();
    known.set(key, matrix);
  }
  return matrix;
}

/** Adds K (x) conj(K). */
function addProduct(sum: ComplexMatrix, { re, im }: ComplexMatrix): void {
  for (let k = 0; k < 16; k++) {
    const [row, column] = [k >> 2, k & 3];
    const [left, right] = [(row >> 1) * 2 + (column >> 1), (row & 1) * 2 + (column & 1)];
    sum.re[k]! += re[left]! * re[right]! + im[left]! * im[right]!;
    sum.im[k]! += im[left]! * re[right]! - re[left]! * im[right]!;
  }
}
