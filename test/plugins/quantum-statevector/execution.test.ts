import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectWideVectors, supportsRelaxed } from '../../../compiler/index.js';
import { createRng } from '../../../core/random.js';
import { executionBy } from '../../../plugins/quantum-statevector/choose-execution.js';
import { allWires, gate, type Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { compileCircuit, type CompileCircuitOptions } from '../../../plugins/quantum-statevector/compile-circuit.js';
import type { CompiledCircuit } from '../../../plugins/quantum-statevector/compiled-circuit.js';
import { expectationZ, measurementRows, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import { anyCircuits } from './any-circuit.js';
import { wholeGoldens } from './golden.js';
import { layeredCircuit, layeredCircuits, randomAngles } from './random-circuit.js';

const compiledPaths = ['strings', 'layers', 'collapsed', 'gates'] as const;

const tolerance = { float64: 1e-12, float32: 1e-5 } as const;

interface Batch {
  readonly inputs: Float64Array;
  readonly weights: Float64Array;
  readonly cotangent: Float64Array;
}

function randomBatch(circuit: Circuit, samples: number, seed: number): Batch {
  const rng = createRng(seed);
  return {
    inputs: Float64Array.from(Float32Array.from(randomAngles(rng, circuit.inputs * samples))),
    weights: Float64Array.from(Float32Array.from(randomAngles(rng, circuit.weights))),
    cotangent: Float64Array.from({ length: measurementRows(circuit.measurement) * samples }, () => rng.uniform(-1, 1)),
  };
}

/** Outputs and gradients of a batch, those of the weights relative to the number of samples. */
function run(compiled: CompiledCircuit, { inputs, weights, cotangent }: Batch, samples: number): Float64Array[] {
  const outputs = Float64Array.from(compiled.forward(inputs, weights, samples));
  const gradients = compiled.backward(cotangent);
  return [
    outputs,
    Float64Array.from(gradients.inputs),
    Float64Array.from(gradients.weights).map((value) => value / samples),
  ];
}

/** Largest difference; of numbers above 1, relative to them. */
function worst(actual: readonly Float64Array[], expected: readonly Float64Array[]): number {
  let largest = 0;
  expected.forEach((values, part) => {
    expect(actual[part]).toHaveLength(values.length);
    values.forEach((value, k) => {
      const difference = Math.abs(value - actual[part]![k]!) / Math.max(1, Math.abs(value));
      largest = difference <= largest ? largest : difference;
    });
  });
  return largest;
}

function expectPathsToAgree(circuit: Circuit, samples: number, seed: number, only?: CompileCircuitOptions[]): void {
  const batch = randomBatch(circuit, samples, seed);
  const expected = run(compileCircuit(circuit, { path: 'reference', capacity: samples }), batch, samples);
  const paths = compiledPaths.filter((path) => executionBy(path, circuit) !== undefined);
  const options = paths.flatMap((path) =>
    (['float64', 'float32'] as const).map((precision) => ({ path, precision, capacity: samples })),
  );
  for (const option of only ?? options) {
    const compiled = compileCircuit(circuit, option);
    // The second run must find nothing that the first one left.
    for (let round = 0; round < 2; round++) {
      const difference = worst(run(compiled, batch, samples), expected);
      expect({ option, right: difference < tolerance[option.precision ?? 'float64'], difference }).toMatchObject({
        right: true,
      });
    }
    compiled.release();
  }
}

describe('all paths compute what the reference does', () => {
  it('for layered circuits', () => {
    fc.assert(
      fc.property(
        layeredCircuits({ wires: 5, layers: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (circuit, samples, seed) => {
          expectPathsToAgree(circuit, samples, seed);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('for circuits of every gate, angle, start and readout', () => {
    fc.assert(
      fc.property(
        anyCircuits({ wires: 4, gates: 8 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (circuit, samples, seed) => {
          expectPathsToAgree(circuit, samples, seed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('for %i samples', (samples) => {
    const strong = { wires: 3, layers: 2, name: 'strong-CNOT' as const, measurement: expectationZ(allWires(3)) };
    expectPathsToAgree(layeredCircuit(strong), samples, samples);
    const basic = { wires: 2, layers: 3, name: 'basic-RX' as const, measurement: probabilities([1]) };
    expectPathsToAgree(layeredCircuit(basic), samples, samples);
  });

  it('for one wire, and for as many as make chunks', () => {
    expectPathsToAgree(layeredCircuit({ wires: 1, layers: 3, name: 'strong-CNOT' }), 5, 1);
    const wide = layeredCircuit({ wires: 8, layers: 2, name: 'strong-CZ', measurement: expectationZ([0, 1]) });
    expectPathsToAgree(wide, 2, 2, [
      { path: 'layers' },
      { path: 'layers', precision: 'float32' },
      { path: 'collapsed' },
    ]);
  });

  it.each([4, 9, 18])('for %i samples of many probabilities', (samples) => {
    const wide = layeredCircuit({ wires: 7, layers: 2, name: 'basic-RX', measurement: probabilities(allWires(7)) });
    expectPathsToAgree(wide, samples, 3, [
      { path: 'layers', capacity: 24 },
      { precision: 'float32', capacity: 24 },
    ]);
  });

  it('for turns by any number of half turns', () => {
    // tan of half the angle has poles at odd multiples of pi.
    const circuit = layeredCircuit({ wires: 2, layers: 3, name: 'strong-CNOT' });
    const base = randomBatch(circuit, 3, 1);
    for (const turn of [-3, -2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 7]) {
      const batch = { ...base, weights: base.weights.map((w, k) => (k % 3 === 1 ? turn * Math.PI : w)) };
      const expected = run(compileCircuit(circuit, { path: 'reference' }), batch, 3);
      for (const path of ['strings', 'layers', 'collapsed'] as const) {
        const compiled = compileCircuit(circuit, { path });
        expect(worst(run(compiled, batch, 3), expected)).toBeLessThan(tolerance.float64);
        compiled.release();
      }
    }
  });
});

describe('compiled circuits against PennyLane 0.44.1', () => {
  it.each(wholeGoldens)('$name', ({ circuit, samples, data, weights, weightGradient }) => {
    // The data are [sample][row].
    const columns = (values: readonly number[]) => {
      const rows = values.length / samples;
      return values.map((_, k) => values[(k % samples) * rows + Math.floor(k / samples)]!);
    };
    const expected = [data.output.data, data.vjp_x.data].map((values) => Float64Array.from(columns(values)));
    for (const path of compiledPaths) {
      if (executionBy(path, circuit) === undefined) continue;
      for (const precision of ['float64', 'float32'] as const) {
        const compiled = compileCircuit(circuit, { path, precision, capacity: samples });
        const outputs = Float64Array.from(compiled.forward(columns(data.x.data), weights, samples));
        const gradients = compiled.backward(columns(data.cotangent.data));
        compiled.release();
        const actual = [outputs, ...[gradients.inputs, gradients.weights].map((values) => Float64Array.from(values))];
        const difference = worst(actual, [...expected, Float64Array.from(weightGradient)]);
        expect(difference).toBeLessThan(precision === 'float64' ? 1e-10 : 1e-5);
      }
    }
  });
});

describe('a compiled circuit', () => {
  const circuit = layeredCircuit({ wires: 3, layers: 2, name: 'strong-CNOT' });

  it.each(compiledPaths)('by %s follows changes of weights and of batches', (path) => {
    const compiled = compileCircuit(circuit, { path, capacity: 16 });
    const reference = compileCircuit(circuit, { path: 'reference', capacity: 16 });
    for (const [samples, seed] of [
      [16, 1],
      [3, 1],
      [16, 2],
      [1, 3],
    ] as const) {
      const batch = randomBatch(circuit, samples, seed);
      expect(worst(run(compiled, batch, samples), run(reference, batch, samples))).toBeLessThan(1e-12);
    }
    compiled.release();
  });

  it.each(compiledPaths)('by %s gives the same bits in JavaScript, and when written for wide vectors', (path) => {
    for (const precision of ['float64', 'float32'] as const) {
      const batch = randomBatch(circuit, 5, 4);
      const results = (['wasm', 'javascript'] as const).map((backend) =>
        run(compileCircuit(circuit, { path, precision, backend, capacity: 5 }), batch, 5),
      );
      expect(results[0]).toEqual(results[1]);
      expectWideVectors();
      const wide = compileCircuit(circuit, { path, precision, capacity: 5 });
      expectWideVectors(false);
      expect(run(wide, batch, 5)).toEqual(results[0]);
    }
  });

  it('would be found out: one sign in the gradients', () => {
    const batch = randomBatch(circuit, 2, 5);
    const expected = run(compileCircuit(circuit, { path: 'reference' }), batch, 2);
    const wrong = expected.map((values, part) => (part === 2 ? values.with(4, -values[4]!) : values));
    expect(worst(run(compileCircuit(circuit), batch, 2), wrong)).toBeGreaterThan(1e-3);
  });

  it('takes the cheapest path that it has', () => {
    const path = (wires: number, layers: number, capacity = 64) =>
      compileCircuit(layeredCircuit({ wires, layers, name: 'strong-CNOT' }), { capacity }).path;
    expect([path(2, 3), path(4, 10), path(4, 3), path(6, 3), path(10, 2)]).toEqual([
      'collapsed',
      'collapsed',
      'layers',
      'layers',
      'layers',
    ]);
    expect([path(2, 1), path(4, 2), path(10, 1)]).toEqual(['strings', 'strings', 'strings']);
    // Few samples do not pay for the columns.
    expect(path(4, 10, 4)).toBe('layers');
    const toffoli = { ...circuit, gates: [...circuit.gates, gate('Toffoli', [0, 1, 2])] };
    expect(compileCircuit(toffoli).path).toBe('gates');
    const joint = { ...circuit, measurement: probabilities(allWires(3)) };
    for (const [wanted, refused] of [
      ['layers', toffoli],
      ['strings', toffoli],
      ['strings', joint],
    ] as const) {
      expect(() => compileCircuit(refused, { path: wanted })).toThrow(
        expect.objectContaining({ code: 'no-circuit-path' }),
      );
    }
  });

  it('refuses wrong batches, naming the place', () => {
    const x = [0, 0, 0];
    const weights = Array<number>(18).fill(0.1);
    for (const path of ['layers', 'reference'] as const) {
      const compiled = compileCircuit(circuit, { path, capacity: 2 });
      const refusal = (where: string) =>
        expect.objectContaining({ code: 'invalid-circuit-values', message: expect.stringContaining(`${where}: `) });
      expect(() => compiled.forward([0, 0], weights)).toThrow(refusal('inputs'));
      expect(() => compiled.forward(Array(9).fill(0), weights)).toThrow(refusal('inputs'));
      expect(() => compiled.forward(x, weights.slice(1))).toThrow(refusal('weights'));
      expect(() => compiled.forward([0, NaN, 0], weights)).toThrow(refusal('inputs[1]'));
      expect(() => compiled.forward(x, weights.with(3, Infinity))).toThrow(refusal('weights[3]'));
      compiled.forward(x, weights);
      expect(() => compiled.backward([1])).toThrow(refusal('cotangent'));
      compiled.release();
    }
    expect(() => compileCircuit(circuit, { capacity: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid-capacity' }),
    );
  });
});

it('tells how much memory a capacity needs that is far too large', () => {
  const circuit = layeredCircuit({ name: 'strong-CNOT', wires: 2, layers: 2 });
  expect(() => compileCircuit(circuit, { capacity: 1e12 })).toThrow(
    expect.objectContaining({ code: 'out-of-memory', message: expect.stringMatching(/of \d{13,} bytes/) }),
  );
});

describe('angles without digits', () => {
  it.each(['layers', 'collapsed', 'strings', 'gates'] as const)('%s: weights of 1e30 give finite outputs', (path) => {
    const circuit = layeredCircuit({ name: 'strong-CNOT', wires: 2, layers: 2 });
    const samples = 3;
    const inputs = Float64Array.from({ length: 2 * samples }, (_, k) => 0.3 * k);
    const weights = Float64Array.from({ length: circuit.weights }, (_, k) => (k + 1) * 1e30);
    for (const precision of ['float32', 'float64'] as const) {
      const compiled = compileCircuit(circuit, { path, precision, capacity: samples });
      const outputs = [...compiled.forward(inputs, weights, samples)];
      const { weights: gradient } = compiled.backward(new Float64Array(outputs.length).fill(1));
      compiled.release();
      for (const value of outputs) expect(Math.abs(value)).toBeLessThan(1 + 1e-5);
      for (const value of gradient) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('relaxed SIMD', () => {
  const circuit = layeredCircuit({ name: 'strong-CNOT', wires: 4, layers: 3 });

  it('agrees within the tolerances where the engine has it, and is refused elsewhere', () => {
    if (!supportsRelaxed()) {
      expect(() => compileCircuit(circuit, { relaxed: true })).toThrow(
        expect.objectContaining({ code: 'no-relaxed-simd' }),
      );
      return;
    }
    const options = compiledPaths
      .filter((path) => executionBy(path, circuit) !== undefined)
      .flatMap((path) =>
        (['float64', 'float32'] as const).map((precision) => ({ path, precision, capacity: 9, relaxed: true })),
      );
    expectPathsToAgree(circuit, 9, 1, options);
  });
});
