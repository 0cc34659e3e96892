import { circuitGradients } from './adjoint.js';
import { requireCount, requireFinite, samplesOf } from './check-batch.js';
import type { Circuit } from './circuit.js';
import type { BatchGradients, CompiledCircuit, FloatArray } from './compiled-circuit.js';
import { measurementRows } from './measurement.js';
import { runCircuit } from './statevector-reference.js';

/** The float64 reference behind the interface of a compiled circuit, one sample after the other. */
export class ReferenceKernels implements CompiledCircuit {
  readonly circuit: Circuit;
  readonly precision: 'float32' | 'float64';
  readonly path = 'reference';
  readonly rows: number;
  readonly capacity: number;
  #inputs: readonly Float64Array[] = [];
  #weights: ArrayLike<number> = [];

  constructor(circuit: Circuit, precision: 'float32' | 'float64', capacity: number) {
    this.circuit = circuit;
    this.precision = precision;
    this.capacity = capacity;
    this.rows = measurementRows(circuit.measurement);
  }

  forward(inputs: ArrayLike<number>, weights: ArrayLike<number>, samples?: number, into?: FloatArray): FloatArray {
    const count = samplesOf(inputs.length, this.circuit.inputs, samples, this.capacity);
    requireCount('weights', weights.length, this.circuit.weights);
    requireFinite('inputs', inputs);
    requireFinite('weights', weights);
    this.#inputs = columns(inputs, this.circuit.inputs, count);
    this.#weights = Array.from(weights);
    const values = into ?? this.#array(this.rows * count);
    writeColumns(
      values,
      this.#inputs.map((x) => runCircuit(this.circuit, x, this.#weights)),
    );
    return values;
  }

  backward(cotangent: ArrayLike<number>, into?: BatchGradients): BatchGradients {
    const samples = this.#inputs.length;
    requireCount('cotangent', cotangent.length, this.rows * samples);
    requireFinite('cotangent', cotangent);
    const cotangents = columns(cotangent, this.rows, samples);
    const gradients = this.#inputs.map((x, k) => circuitGradients(this.circuit, x, this.#weights, cotangents[k]!));
    const result = into ?? {
      inputs: this.#array(this.circuit.inputs * samples),
      weights: this.#array(this.circuit.weights),
    };
    result.weights.fill(0);
    writeColumns(
      result.inputs,
      gradients.map(({ inputs }) => inputs),
    );
    for (const { weights } of gradients) weights.forEach((value, k) => (result.weights[k]! += value));
    return result;
  }

  release(): void {
    // Nothing is held.
  }

  #array(length: number): FloatArray {
    return this.precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
  }
}

function columns(values: ArrayLike<number>, rows: number, samples: number): Float64Array[] {
  return Array.from({ length: samples }, (_, sample) =>
    Float64Array.from({ length: rows }, (__, row) => values[row * samples + sample]!),
  );
}

function writeColumns(target: FloatArray, samples: readonly Float64Array[]): void {
  samples.forEach((column, sample) => {
    column.forEach((value, row) => (target[row * samples.length + sample] = value));
  });
}
