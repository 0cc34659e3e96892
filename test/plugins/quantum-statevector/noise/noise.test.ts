import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../../core/random.js';
import { circuitGradients } from '../../../../plugins/quantum-statevector/adjoint.js';
import {
  allWires,
  constant,
  defineCircuit,
  gate,
  type Circuit,
} from '../../../../plugins/quantum-statevector/circuit.js';
import { expectationZ, measurementRows, probabilities } from '../../../../plugins/quantum-statevector/measurement.js';
import { channels, type Channel, type ChannelName } from '../../../../plugins/quantum-statevector/noise/channels.js';
import { densityGradients } from '../../../../plugins/quantum-statevector/noise/density-gradients.js';
import {
  densityMatrix,
  densityOutputs,
  populations,
  purity,
  superoperator,
} from '../../../../plugins/quantum-statevector/noise/density-matrix.js';
import {
  defineNoisyCircuit,
  withNoise,
  type NoisyCircuit,
} from '../../../../plugins/quantum-statevector/noise/noisy-circuit.js';
import { runNoisyCircuit } from '../../../../plugins/quantum-statevector/noise/run-noisy-circuit.js';
import { pauliTrajectory, trajectoryGradients } from '../../../../plugins/quantum-statevector/noise/trajectories.js';
import { runCircuit } from '../../../../plugins/quantum-statevector/statevector-reference.js';
import { specialCircuits } from '../analysis/special-circuits.js';
import { largestDifference } from '../compare.js';
import { gateSoups, randomAngles } from '../random-circuit.js';

interface Golden {
  readonly channel: ChannelName;
  readonly params: readonly number[];
  readonly x: readonly number[];
  readonly w: readonly (readonly number[])[];
  readonly expZ: readonly number[];
  readonly probs: { readonly data: readonly number[] };
  readonly purity: number;
  readonly kraus: readonly { readonly re: readonly number[]; readonly im: readonly number[] }[];
}

/** Results of PennyLane 0.44.1 on default.mixed. */
const { noise: golden } = JSON.parse(
  readFileSync(new URL('../../../golden/pennylane-0.44.1-circuits.json', import.meta.url), 'utf8'),
) as { readonly noise: readonly Golden[] };

function goldenCircuit({ x, w, channel, params }: Golden): NoisyCircuit {
  const noisy: NoisyCircuit['channels'][number][] = [];
  const gates = x.map((value, wire) => gate('RX', [wire], constant(value)));
  for (const layer of w) {
    gates.push(...layer.map((value, wire) => gate('RY', [wire], constant(value))));
    gates.push(...allWires(3).map((wire) => gate('CNOT', [wire, (wire + 1) % 3])));
    noisy.push(...allWires(3).map((wire) => ({ channel, parameters: params, wire, after: gates.length })));
  }
  const circuit = defineCircuit({ wires: 3, inputs: 0, weights: 0, gates, measurement: expectationZ(allWires(3)) });
  return defineNoisyCircuit({ circuit, channels: noisy });
}

const anyChannels = fc.constantFrom<Channel>(
  ...golden.map(({ channel, params }) => ({ channel, parameters: params })),
  { channel: 'ThermalRelaxationError', parameters: [0.3, 1, 2, 0.4] },
  { channel: 'ThermalRelaxationError', parameters: [0, 1, 0.1, 100] },
  { channel: 'AmplitudeDamping', parameters: [1] },
);

const anyCircuits: fc.Arbitrary<Circuit> = fc.oneof(
  gateSoups({ wires: 3, gates: 8 }),
  fc.constantFrom(...specialCircuits.filter(({ circuit }) => circuit.wires === 2).map(({ circuit }) => circuit)),
);

describe('noise against PennyLane 0.44.1', () => {
  it.each(golden)('$channel', (data) => {
    const noisy = goldenCircuit(data);
    const rho = densityMatrix(noisy, [], []);
    expect(largestDifference(densityOutputs(noisy, [], []), data.expZ)).toBeLessThan(1e-10);
    expect(largestDifference(populations(rho), data.probs.data)).toBeLessThan(1e-10);
    expect(Math.abs(purity(rho) - data.purity)).toBeLessThan(1e-10);
    const ours = superoperator({ channel: data.channel, parameters: data.params });
    const theirs = { re: new Float64Array(16), im: new Float64Array(16) };
    for (const { re, im } of data.kraus) {
      for (let k = 0; k < 16; k++) {
        const left = (k >> 3) * 2 + ((k >> 1) & 1);
        const right = ((k >> 2) & 1) * 2 + (k & 1);
        theirs.re[k]! += re[left]! * re[right]! + im[left]! * im[right]!;
        theirs.im[k]! += im[left]! * re[right]! - re[left]! * im[right]!;
      }
    }
    expect(largestDifference(ours.re, theirs.re)).toBeLessThan(1e-10);
    expect(largestDifference(ours.im, theirs.im)).toBeLessThan(1e-10);
  });

  it('thermal relaxation keeps its definition over any times, long and short ones too', () => {
    // Doubles of fast-check are mostly tiny.
    const shares = fc.nat(1e6).map((millionths) => millionths / 1e6);
    const times = shares.map((share) => 10 ** (5 * share - 3));
    fc.assert(
      fc.property(shares, times, shares, times, (pe, t1, share, tg) => {
        const t2 = Math.max(1e-6, 2 * t1 * share ** 3);
        const { re } = superoperator({ channel: 'ThermalRelaxationError', parameters: [pe, t1, t2, tg] });
        const [q, s] = [1 - Math.exp(-tg / t1), Math.exp(-tg / t2)];
        const [down, up] = [(1 - pe) * q, pe * q];
        const expected = [1 - up, 0, 0, down, 0, s, 0, 0, 0, 0, s, 0, up, 0, 0, 1 - down];
        expect(largestDifference(re, expected)).toBeLessThan(1e-14);
      }),
      { numRuns: 300 },
    );
  });

  it('covers every channel', () => {
    expect(golden.map(({ channel }) => channel).sort()).toEqual(Object.keys(channels).sort());
  });
});

describe('noisy circuits', () => {
  const none = { channel: 'DepolarizingChannel', parameters: [0] } as const;

  it('without noise are the pure circuit, by every method', () => {
    fc.assert(
      fc.property(anyCircuits, fc.nat(), (circuit, seed) => {
        const rng = createRng(seed);
        const [inputs, weights] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
        const expected = runCircuit(circuit, inputs, weights);
        const noisy = withNoise(circuit, { gates: [none], readout: [0, 0] });
        for (const method of ['density', 'trajectories'] as const) {
          const values = runNoisyCircuit(noisy, inputs, weights, { method, trajectories: 1, rng });
          expect(largestDifference(values, expected)).toBeLessThan(1e-12);
        }
        expect(largestDifference(runNoisyCircuit(withNoise(circuit, {}), inputs, weights), expected)).toBeLessThan(
          1e-12,
        );
        const cotangent = randomAngles(rng, measurementRows(circuit.measurement));
        const ours = densityGradients(noisy, inputs, weights, cotangent);
        const pure = circuitGradients(circuit, inputs, weights, cotangent);
        expect(largestDifference(ours.inputs, pure.inputs)).toBeLessThan(1e-11);
        expect(largestDifference(ours.weights, pure.weights)).toBeLessThan(1e-11);
      }),
      { numRuns: 25 },
    );
  });

  it('keep the trace, and their gradients are those of differences', () => {
    fc.assert(
      fc.property(anyCircuits, anyChannels, fc.nat(), (circuit, channel, seed) => {
        const rng = createRng(seed);
        const [inputs, weights] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
        const noisy = withNoise(circuit, {
          gates: [channel],
          entanglers: [channel],
          end: [channel],
          readout: [0.1, 0.2],
        });
        const total = populations(densityMatrix(noisy, inputs, weights)).reduce((sum, value) => sum + value, 0);
        expect(Math.abs(total - 1)).toBeLessThan(1e-12);
        const cotangent = randomAngles(rng, measurementRows(circuit.measurement));
        const gradients = densityGradients(noisy, inputs, weights, cotangent);
        const loss = (x: Float64Array, w: Float64Array): number =>
          densityOutputs(noisy, x, w).reduce((sum, value, row) => sum + value * cotangent[row]!, 0);
        for (const [values, gradient, at] of [
          [inputs, gradients.inputs, (x: Float64Array) => loss(x, weights)],
          [weights, gradients.weights, (w: Float64Array) => loss(inputs, w)],
        ] as const) {
          if (values.length === 0) continue;
          const k = rng.int(values.length);
          const difference = (at(moved(values, k, 1e-5)) - at(moved(values, k, -1e-5))) / 2e-5;
          expect(Math.abs(gradient[k]! - difference)).toBeLessThan(1e-7);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('every channel keeps the trace: the sum of K^dagger K is 1', () => {
    fc.assert(
      fc.property(anyChannels, ({ channel, parameters }) => {
        const sum = new Float64Array(4);
        for (const { re, im } of channels[channel].kraus(parameters)) {
          for (let k = 0; k < 8; k++) {
            const [row, a, b] = [k >> 2, (k >> 1) & 1, k & 1];
            sum[a * 2 + b]! += re[row * 2 + a]! * re[row * 2 + b]! + im[row * 2 + a]! * im[row * 2 + b]!;
          }
        }
        expect(largestDifference(sum, [1, 0, 0, 1])).toBeLessThan(1e-12);
      }),
    );
  });

  const seeded = (channel: Channel): NoisyCircuit =>
    withNoise(goldenCircuit(golden[0]!).circuit, { gates: [channel], readout: [0.05, 0.1] });

  it.each(golden)('trajectories of $channel have the mean of the density matrix', ({ channel, params }) => {
    const noisy = seeded({ channel, parameters: params });
    const exact = densityOutputs(noisy, [], []);
    const trajectories = 600;
    const values = runNoisyCircuit(noisy, [], [], { method: 'trajectories', trajectories, rng: createRng(3) });
    // Values of one trajectory lie in [-1, 1].
    values.forEach((value, row) => expect(Math.abs(value - exact[row]!)).toBeLessThan(4 / Math.sqrt(trajectories)));
  });

  it('shots lie within four standard errors, by every method, and repeat with the seed', () => {
    const pure = goldenCircuit(golden[0]!).circuit;
    const noisy = seeded({ channel: 'AmplitudeDamping', parameters: [0.1] });
    const shots = 2000;
    for (const [subject, method] of [
      [withNoise(pure, {}), 'automatic'],
      [noisy, 'density'],
      [noisy, 'trajectories'],
    ] as const) {
      const exact = densityOutputs(subject, [], []);
      const run = (seed: number) => runNoisyCircuit(subject, [], [], { method, shots, rng: createRng(seed) });
      const values = run(5);
      values.forEach((value, row) => {
        const error = Math.sqrt((1 - exact[row]! ** 2) / shots);
        expect(Math.abs(value - exact[row]!)).toBeLessThan(4 * error);
        expect(value).not.toBe(exact[row]);
      });
      expect(run(5)).toEqual(values);
      expect(run(6)).not.toEqual(values);
    }
  });

  it('shots of probabilities add up to 1, and zeros stay zeros', () => {
    const circuit = defineCircuit({
      wires: 2,
      inputs: 0,
      weights: 0,
      gates: [gate('H', [0]), gate('CNOT', [0, 1])],
      measurement: probabilities([0, 1]),
    });
    const [a, b, c, d] = runNoisyCircuit(withNoise(circuit, {}), [], [], { shots: 1000, rng: createRng(1) });
    expect(b! + c!).toBe(0);
    expect(a! + d!).toBeCloseTo(1, 12);
    expect(Math.abs(a! - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1000));
  });

  it('trajectories of Pauli mixtures are circuits whose mean gradient is that of the density matrix', () => {
    const circuit = specialCircuits.find(({ name }) => name === '2 wires, zero, rotations, X')!.circuit;
    const gates = [{ channel: 'DepolarizingChannel', parameters: [0.1] }] as const;
    const noisy = withNoise(circuit, { gates, readout: [0.3, 0.1] });
    const rng = createRng(2);
    const [inputs, weights] = [randomAngles(rng, circuit.inputs), randomAngles(rng, circuit.weights)];
    const trajectories = 800;
    const mean = trajectoryGradients(noisy, inputs, weights, [1, -0.5], { trajectories, rng });
    const exact = densityGradients(noisy, inputs, weights, [1, -0.5]);
    for (const part of ['inputs', 'weights'] as const) {
      mean[part].forEach((value, k) =>
        expect(Math.abs(value - exact[part][k]!)).toBeLessThan((4 * Math.PI * 1.5) / Math.sqrt(trajectories)),
      );
    }
    const damped = withNoise(circuit, { gates: [{ channel: 'AmplitudeDamping', parameters: [0.1] }] });
    expect(() => pauliTrajectory(damped, rng)).toThrow('invalid-noise');
  });
});

describe('wrong noise', () => {
  const circuit = goldenCircuit(golden[0]!).circuit;
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    [
      'unknown channel',
      () => withNoise(circuit, { end: [{ channel: 'BitFlop' as ChannelName, parameters: [0.1] }] }),
      'Did you mean "BitFlip"',
    ],
    ['too few parameters', () => withNoise(circuit, { end: [{ channel: 'ResetError', parameters: [0.1] }] }), 'p0, p1'],
    ['no probability', () => withNoise(circuit, { end: [{ channel: 'BitFlip', parameters: [1.1] }] }), 'channels[0]'],
    [
      'T2 too long',
      () => withNoise(circuit, { end: [{ channel: 'ThermalRelaxationError', parameters: [0, 1, 3, 1] }] }),
      '2 T1',
    ],
    ['readout', () => withNoise(circuit, { readout: [0, 2] }), 'readout'],
    [
      'wire',
      () => defineNoisyCircuit({ circuit, channels: [{ channel: 'BitFlip', parameters: [0], wire: 7, after: 0 }] }),
      'channels[0].wire',
    ],
  ];

  it.each(cases)('%s', (_name, make, text) => {
    expect(make).toThrow(text);
    expect(make).toThrow('invalid-noise');
  });

  it('chance without a stream of random numbers', () => {
    expect(() => runNoisyCircuit(withNoise(circuit, {}), [], [], { shots: 10 })).toThrow('missing-rng');
  });
});

function moved(values: Float64Array, index: number, step: number): Float64Array {
  return values.map((value, k) => (k === index ? value + step : value));
}
