import { HqnasError } from '../../core/index.js';
import type { LoadedKernels, RowBuffer } from '../../compiler/index.js';
import type { CallPlan } from './call-plan.js';
import { requireCount, requireFinite, samplesOf } from './check-batch.js';
import type { Circuit } from './circuit.js';
import type { BatchGradients, CompiledCircuit, FloatArray } from './compiled-circuit.js';
import type { Execution, ExecutionPath } from './execution.js';

/** A circuit as compiled kernels, with copies of batches in and out of their memory. */
export class CompiledKernels implements CompiledCircuit {
  readonly circuit: Circuit;
  readonly precision: 'float32' | 'float64';
  readonly path: ExecutionPath;
  readonly rows: number;
  readonly capacity: number;
  readonly #plan: CallPlan;
  readonly #kernels: LoadedKernels;
  readonly #numbers: FloatArray;
  readonly #integers: Int32Array;
  readonly #stale: number;
  #samples = 0;
  #released = false;

  constructor(circuit: Circuit, execution: Execution, plan: CallPlan, kernels: LoadedKernels) {
    this.circuit = circuit;
    this.precision = plan.element === 4 ? 'float32' : 'float64';
    this.path = execution.path;
    this.rows = plan.rows.output.rows;
    this.capacity = plan.capacity;
    this.#plan = plan;
    this.#kernels = kernels;
    this.#numbers = plan.element === 4 ? kernels.memory.f32 : kernels.memory.f64;
    this.#integers = kernels.memory.i32;
    this.#stale = plan.addresses.workspace['stale']! / 4;
    execution.initialize(kernels.memory, plan.addresses, plan.element);
  }

  forward(inputs: ArrayLike<number>, weights: ArrayLike<number>, samples?: number, into?: FloatArray): FloatArray {
    this.#check();
    const { rows, capacity, element, addresses } = this.#plan;
    const count = samplesOf(inputs.length, rows.input.rows, samples, capacity);
    requireCount('weights', weights.length, this.circuit.weights);
    this.#setWeights(weights, addresses.parameters[0]! / element);
    this.#samples = count;
    this.#write('inputs', rows.input, inputs, count);
    this.#kernels.functions['forward']!(this.#bytesOf(count));
    return this.#read(rows.output, count, into);
  }

  backward(cotangent: ArrayLike<number>, into?: BatchGradients): BatchGradients {
    this.#check();
    const { rows, element, addresses } = this.#plan;
    const samples = this.#samples;
    if (samples === 0) {
      throw new HqnasError({
        code: 'invalid-circuit-values',
        where: 'backward',
        what: 'there was no forward pass before',
      });
    }
    requireCount('cotangent', cotangent.length, this.rows * samples);
    this.#write('cotangent', rows.outputGradient, cotangent, samples);
    const first = addresses.parameterGradients[0]! / element;
    const count = this.circuit.weights;
    const numbers = this.#numbers;
    for (let k = 0; k < count; k++) numbers[first + k] = 0;
    this.#kernels.functions['backward']!(this.#bytesOf(samples));
    const inputs = this.#read(rows.inputGradient, samples, into?.inputs);
    const weights = into?.weights ?? this.#array(count);
    for (let k = 0; k < count; k++) weights[k] = numbers[first + k]!;
    return into ?? { inputs, weights };
  }

  release(): void {
    this.#released = true;
    this.#kernels.release();
  }

  /** Tables are made anew only for other weights. */
  #setWeights(weights: ArrayLike<number>, first: number): void {
    const numbers = this.#numbers;
    const rounds = this.#plan.element === 4;
    let changed = false;
    for (let k = 0; k < weights.length; k++) {
      const value = rounds ? Math.fround(weights[k]!) : weights[k]!;
      if (value === numbers[first + k]) continue;
      changed = true;
      numbers[first + k] = value;
    }
    if (!changed) return;
    requireFinite('weights', weights);
    this.#integers[this.#stale] = 1;
  }

  /** The kernels' argument: bytes of a row, rounded up. */
  #bytesOf(samples: number): number {
    const { element, roundBytes } = this.#plan;
    return (samples * element + roundBytes - 1) & -roundBytes;
  }

  /** Fills rows, and the lanes behind the last sample with 0. */
  #write(where: string, { address, rows, strideBytes }: RowBuffer, values: ArrayLike<number>, samples: number): void {
    const { element } = this.#plan;
    const numbers = this.#numbers;
    const end = this.#bytesOf(samples) / element;
    if (samples * element === strideBytes) {
      // Rows lie one after the other: one copy of all of them.
      const first = address / element;
      numbers.set(values, first);
      let sum = 0;
      for (let k = first; k < first + values.length; k++) sum += numbers[k]! - numbers[k]!;
      if (sum !== 0) requireFinite(where, values);
      return;
    }
    let next = 0;
    let differences = 0;
    for (let row = 0; row < rows; row++) {
      const first = (address + row * strideBytes) / element;
      for (let sample = 0; sample < samples; sample++) {
        const value = values[next++]!;
        // 0 for finite numbers, else not a number.
        differences += value - value;
        numbers[first + sample] = value;
      }
      for (let lane = samples; lane < end; lane++) numbers[first + lane] = 0;
    }
    if (differences !== 0) requireFinite(where, values);
  }

  #read({ address, rows, strideBytes }: RowBuffer, samples: number, into?: FloatArray): FloatArray {
    const { element } = this.#plan;
    const numbers = this.#numbers;
    const values = into ?? this.#array(rows * samples);
    if (samples * element === strideBytes) {
      values.set(numbers.subarray(address / element, address / element + rows * samples));
      return values;
    }
    let next = 0;
    for (let row = 0; row < rows; row++) {
      const first = (address + row * strideBytes) / element;
      for (let sample = 0; sample < samples; sample++) values[next++] = numbers[first + sample]!;
    }
    return values;
  }

  #array(length: number): FloatArray {
    return this.#plan.element === 4 ? new Float32Array(length) : new Float64Array(length);
  }

  #check(): void {
    if (!this.#released) return;
    throw new HqnasError({ code: 'program-released', what: 'this circuit has given its memory back' });
  }
}
