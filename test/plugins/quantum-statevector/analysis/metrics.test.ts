import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../../core/random.js';
import { circuitCounts } from '../../../../plugins/quantum-statevector/analysis/circuit-counts.js';
import {
  effectiveDimension,
  effectiveDimensionOf,
} from '../../../../plugins/quantum-statevector/analysis/effective-dimension.js';
import {
  entanglingCapability,
  meyerWallach,
} from '../../../../plugins/quantum-statevector/analysis/entangling-capability.js';
import { expressibility } from '../../../../plugins/quantum-statevector/analysis/expressibility.js';
import { fourierSpectrum } from '../../../../plugins/quantum-statevector/analysis/fourier-spectrum.js';
import { gradientVariance } from '../../../../plugins/quantum-statevector/analysis/gradient-variance.js';
import {
  allWires,
  defineCircuit,
  gate,
  input,
  product,
  weight,
  type Circuit,
  type Gate,
} from '../../../../plugins/quantum-statevector/circuit.js';
import { expectationZ, expectationZZ } from '../../../../plugins/quantum-statevector/measurement.js';
import { finalState } from '../../../../plugins/quantum-statevector/statevector-reference.js';
import { ansatz, layeredCircuit, type AnsatzName } from '../random-circuit.js';

const rng = createRng(1);
const names: Readonly<Record<string, AnsatzName>> = { BEL_RX: 'basic-RX', BEL_RY: 'basic-RY', SEL: 'strong-CNOT' };

/** Sampled with another simulator: 20,000 pairs, weights uniform in [0, 2 pi). */
const sampled = Object.entries(
  JSON.parse(readFileSync(new URL('../../../golden/circuit-metrics.json', import.meta.url), 'utf8')) as Readonly<
    Record<string, { kl75: number; meyer_wallach: number; std_mw: number; samples: number }>
  >,
).flatMap(([key, values]) => {
  const [, name, wires, layers] = /^(\w+) n=(\d) L=(\d)$/.exec(key) ?? [];
  return name === undefined ? [] : [{ key, circuit: ansatzAlone(names[name]!, Number(wires), Number(layers)), values }];
});

function ansatzAlone(name: AnsatzName, wires: number, layers: number): Circuit {
  const { gates, shape } = ansatz(name, wires, layers);
  const weights = shape.reduce((size, length) => size * length, 1);
  return defineCircuit({ wires, inputs: 0, weights, gates, measurement: expectationZ([0]) });
}

function circuitOf(wires: number, gates: readonly Gate[], counts: { inputs?: number; weights?: number } = {}): Circuit {
  return defineCircuit({ wires, inputs: 0, weights: 0, ...counts, gates, measurement: expectationZ([0]) });
}

describe('Meyer-Wallach measure', () => {
  const of = (circuit: Circuit): number => meyerWallach(finalState(circuit, [], []));
  const ghz = (wires: number): Circuit =>
    circuitOf(wires, [gate('H', [0]), ...allWires(wires - 1).map((wire) => gate('CNOT', [wire, wire + 1]))]);

  it('is 0 for products, 1 for GHZ states, 8/9 for W', () => {
    expect(of(circuitOf(3, [gate('H', [0]), gate('SX', [2])]))).toBeCloseTo(0, 14);
    for (const wires of [2, 3, 5]) expect(of(ghz(wires))).toBeCloseTo(1, 14);
    const third = Math.sqrt(1 / 3);
    const w = { wires: 3, re: Float64Array.of(0, third, third, 0, third, 0, 0, 0), im: new Float64Array(8) };
    expect(meyerWallach(w)).toBeCloseTo(8 / 9, 14);
  });

  it('has the known means over uniform angles', () => {
    const exact: readonly (readonly [AnsatzName, number, number, number])[] = [
      ['basic-RX', 2, 1, 1 / 2],
      ['basic-RX', 2, 3, 1 / 2],
      ['basic-RX', 3, 2, 3 / 4],
      ['basic-RX', 4, 1, 27 / 32],
      ['basic-RY', 2, 1, 1 / 4],
      ['basic-RY', 2, 2, 5 / 16],
      ['basic-RY', 2, 3, 21 / 64],
      ['basic-RY', 3, 1, 7 / 12],
      ['basic-RY', 4, 1, 41 / 64],
      ['strong-CNOT', 2, 1, 3 / 8],
      ['strong-CNOT', 3, 1, 23 / 32],
      ['strong-CNOT', 4, 1, 405 / 512],
    ];
    for (const [name, wires, layers, mean] of exact) {
      const measured = entanglingCapability(ansatzAlone(name, wires, layers), rng.fork(name, wires * 10 + layers), {
        samples: 1000,
      });
      expect(Math.abs(measured.mean - mean)).toBeLessThan((4 * measured.deviation) / Math.sqrt(1000));
    }
  });

  it.each(sampled)('agrees with the sampled reference: $key', ({ key, circuit, values }) => {
    const samples = 500;
    const { mean, deviation } = entanglingCapability(circuit, rng.fork(key), { samples });
    const error = Math.sqrt(deviation ** 2 / samples + values.std_mw ** 2 / values.samples);
    expect(Math.abs(mean - values.meyer_wallach)).toBeLessThanOrEqual(4 * error + 1e-12);
  });
});

describe('expressibility', () => {
  it.each([1, 2, 3, 4])('of an idle circuit on %i qubits is (2^n - 1) ln 75', (wires) => {
    expect(expressibility(circuitOf(wires, []), rng, { pairs: 10 })).toBeCloseTo((2 ** wires - 1) * Math.log(75), 10);
  });

  it('of a single rotation is 0.1961', () => {
    const rotation = circuitOf(1, [gate('RY', [0], weight(0))], { weights: 1 });
    expect(Math.abs(expressibility(rotation, rng.fork('RY'), { pairs: 8000 }) - 0.1961202)).toBeLessThan(0.03);
  });

  it.each(sampled.filter(({ key }) => /n=2|n=3 L=[12]|n=4 L=1/.test(key)))(
    'agrees with the sampled reference: $key',
    ({ key, circuit, values }) => {
      const pairs = 4000;
      const divergence = expressibility(circuit, rng.fork(key), { pairs });
      // The bias of a histogram of 75 bins is 74 / (2 pairs), here and there.
      const bias = 37 / pairs - 37 / values.samples;
      expect(Math.abs(divergence - bias - values.kl75)).toBeLessThan(0.012 + 0.1 * values.kl75);
    },
  );

  it('holds for many qubits, where the mass of the last bins underflows', () => {
    expect(expressibility(circuitOf(10, []), rng, { pairs: 2 })).toBeCloseTo(1023 * Math.log(75), 8);
  });
});

describe('gradient variance', () => {
  const rotations = (wires: number, global: boolean): Circuit =>
    defineCircuit({
      wires,
      inputs: 0,
      weights: wires,
      gates: allWires(wires).map((wire) => gate('RX', [wire], weight(wire))),
      measurement: global ? expectationZZ([allWires(wires)]) : expectationZ([0]),
    });

  it.each([1, 2, 3, 4])(
    'of one layer of rotations on %i qubits: 1/2 for a local cost, 2^-n for a global one',
    (wires) => {
      const samples = 2000;
      const local = gradientVariance(rotations(wires, false), rng.fork('local', wires), { samples });
      expect(Math.abs(local[0]! - 1 / 2)).toBeLessThan(0.04);
      expect([...local.slice(1)].every((value) => value < 1e-30)).toBe(true);
      for (const value of gradientVariance(rotations(wires, true), rng.fork('global', wires), { samples })) {
        expect(Math.abs(value / 2 ** -wires - 1)).toBeLessThan(0.35);
      }
    },
  );
});

describe('Fourier spectrum', () => {
  it('of <Z> after RX(x) is cos x', () => {
    const circuit = circuitOf(1, [gate('RX', [0], input(0))], { inputs: 1 });
    const { degree, re, im } = fourierSpectrum(circuit, []);
    expect(degree).toBe(1);
    [0.5, 0, 0.5].forEach((value, k) => expect(re[k]).toBeCloseTo(value, 14));
    im.forEach((value) => expect(value).toBeCloseTo(0, 14));
  });

  it('of an input that is used r times ends at r, with c_-k the conjugate of c_k', () => {
    const uses = 3;
    const gates = Array.from({ length: uses }, (_, use) => [
      gate('RX', [0], input(0)),
      gate('Rot', [0], ...[0, 1, 2].map((k) => weight(3 * use + k))),
    ]).flat();
    const circuit = circuitOf(1, gates, { inputs: 1, weights: 3 * uses });
    const weights = Float64Array.from({ length: circuit.weights }, () => rng.uniform(0, 2 * Math.PI));
    const { re, im } = fourierSpectrum(circuit, weights, { degree: 6 });
    for (let k = 0; k <= 6; k++) {
      const size = Math.hypot(re[6 + k]!, im[6 + k]!);
      if (k > uses) expect(size).toBeLessThan(1e-12);
      else expect(size).toBeGreaterThan(1e-4);
      expect(re[6 - k]).toBeCloseTo(re[6 + k]!, 14);
      expect(im[6 - k]).toBeCloseTo(-im[6 + k]!, 14);
    }
  });
});

describe('residual of a Fourier spectrum', () => {
  it('tells when the degree or the period is not enough', () => {
    const twice = circuitOf(1, [gate('RX', [0], product(2, input(0)))], { inputs: 1 });
    expect(fourierSpectrum(twice, []).residual).toBeGreaterThan(0.1);
    expect(fourierSpectrum(twice, [], { degree: 2 }).residual).toBeLessThan(1e-12);
    const half = circuitOf(2, [gate('H', [0]), gate('CRX', [0, 1], input(0)), gate('H', [0])], { inputs: 1 });
    expect(fourierSpectrum(half, [], { degree: 5 }).residual).toBeGreaterThan(0.01);
    expect(fourierSpectrum(half, [], { degree: 2, period: 4 * Math.PI }).residual).toBeLessThan(1e-12);
  });
});

describe('effective dimension', () => {
  const identity = (size: number): Float64Array =>
    Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 1 : 0));

  it('has the closed forms of full and of single rank', () => {
    expect(effectiveDimensionOf([identity(5), identity(5)], 1000)).toBeCloseTo(5 * 1.0135429, 6);
    const single = new Float64Array(100);
    single[0] = 7;
    expect(effectiveDimensionOf([single], 1000)).toBeCloseTo(1.7353345, 6);
  });

  it('is smaller where weights add up to the same rotation', () => {
    const twice = circuitOf(1, [gate('RX', [0], weight(0)), gate('RX', [0], weight(1))], { weights: 2 });
    const dimension = effectiveDimension(twice, rng.fork('twice'), { data: 1000 });
    expect(dimension).toBeGreaterThan(1);
    expect(dimension).toBeLessThan(1.3);
    expect(() => effectiveDimension(twice, rng, { data: 10 })).toThrow('invalid-argument');
  });
});

describe('counts', () => {
  it('of a strong layer behind an embedding', () => {
    expect(circuitCounts(layeredCircuit({ wires: 4, layers: 2, name: 'strong-CNOT' }))).toEqual({
      qubits: 4,
      inputs: 4,
      weights: 24,
      gates: 4 + 2 * 8,
      twoQubitGates: 8,
      widerGates: 0,
      depth: 9,
      encodings: 4,
      simulationFlops: 16 * (4 * 6 + 8 * 14),
    });
  });
});
