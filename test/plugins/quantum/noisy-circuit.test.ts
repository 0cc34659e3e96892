import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { compile, Graph, uniform } from '../../../compiler/index.js';
import { configureConstraint } from '../../../core/genome/constraint.js';
import { parseDna } from '../../../core/genome/dna.js';
import { express } from '../../../core/genome/express.js';
import { lowerNetwork } from '../../../core/model/build-model.js';
import { createRng } from '../../../core/random.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import {
  circuitUnder,
  everyParameterMatters,
  noisyCircuitOp,
  type CircuitNoise,
} from '../../../plugins/quantum/index.js';
import {
  buildCircuit,
  circuitsIn,
  densityGradients,
  densityOutputs,
  expectationZ,
} from '../../../plugins/quantum-statevector/index.js';
import { largestDifference } from '../quantum-statevector/compare.js';

const { layers: kinds, searchSpaces } = createContainer(builtInPlugins).get(REGISTRIES);
const task = { observationRows: 4, policyRows: 2 };
const quiet: CircuitNoise = {
  ...{ channel: 'DepolarizingChannel', strength: 0, readoutError: 0 },
  ...{ shots: 0, trajectories: 100 },
};

/** The policy's outputs of 8 samples, with given weights or drawn ones. */
function outputsOf(dna: string, weights?: Float32Array): { readonly values: number[]; readonly weights: Float32Array } {
  const expressed = express(parseDna(dna, kinds), { kinds, task });
  if (!expressed.ok) throw new Error(expressed.reason);
  const four = Float32Array.of(1, 1, 1, 1);
  const observationSpace = { kind: 'box', low: four.map((value) => -value), high: four } as const;
  const { graph, outputs } = lowerNetwork(expressed.network, { network: 'separate', observationSpace });
  const program = compile(graph, { outputs, capacity: 8 });
  program.initialize(createRng(1));
  if (weights !== undefined) program.parameters.set(weights);
  const input = program.inputs[0]!;
  for (let row = 0; row < 4; row++)
    for (let sample = 0; sample < 8; sample++) input.data[row * input.stride + sample] = (row - sample) / 4;
  program.parametersChanged();
  program.forward(8, 'policy');
  const policy = program.outputs['policy']!;
  const values = Array.from({ length: 16 }, (_, k) => policy.data[(k >> 3) * policy.stride + (k & 7)]!);
  return { values, weights: program.parameters.slice() };
}

const noisyGene = (hyper: Readonly<Record<string, unknown>>): string =>
  `[quantum/noisy-circuit ${JSON.stringify({ qubits: 2, repetitions: 1, ansatz: 'strong', ...hyper })}]`;
const plainGene = (hyper: Readonly<Record<string, unknown>>): string =>
  `[quantum-statevector/circuit ${JSON.stringify({ qubits: 2, repetitions: 1, ansatz: 'strong', ...hyper })}]`;

describe('quantum/noisy-circuit', () => {
  it.each([
    {},
    { measurement: 'full', outputScaling: true },
    { reuploading: true, inputScaling: true, squashing: 'arctan', encoding: 'angle-y' },
    { inputs: 'linear', observable: 'probabilities', probabilityScaling: true },
  ])('is the circuit layer with the same weights, of any choice: %j', (choices) => {
    const dna = (gene: string) => `C 2 T ${gene} C 3 R`;
    const plain = outputsOf(dna(plainGene(choices)));
    const silent = outputsOf(dna(noisyGene({ ...choices, strength: 0 })), plain.weights);
    expect(largestDifference(silent.values, plain.values)).toBeLessThan(1e-5);
    const noisy = outputsOf(dna(noisyGene({ ...choices, strength: 0.05, readoutError: 0.1 })), plain.weights);
    expect(largestDifference(noisy.values, plain.values)).toBeGreaterThan(1e-3);
  });

  it('estimates circuits of more than 6 qubits, and their gradients, without bias', () => {
    const { circuit, shape } = buildCircuit({ qubits: 7, ansatz: 'basic', repetitions: 1 }, expectationZ([1, 3]));
    const noise = { ...quiet, strength: 0.03, readoutError: 0.05, trajectories: 30 };
    const noisy = circuitUnder(noise, circuit);
    expect(noisy.trajectories).toBe(30);
    const graph = new Graph();
    const parameter = graph.parameter(shape, uniform(0, 2 * Math.PI));
    const outputs = { z: graph.apply(noisyCircuitOp, [graph.input(7)], [parameter], noisy) };
    const program = compile(graph, { outputs, capacity: 8, inputGradients: true });
    program.initialize(createRng(3));
    const input = program.inputs[0]!;
    // The same sample eight times: eight estimates.
    const angles = Float64Array.from({ length: 7 }, (_, row) => Math.fround(0.3 * row - 0.7));
    angles.forEach((angle, row) => input.data.fill(angle, row * input.stride, row * input.stride + 8));
    const { z } = program.outputGradients;
    for (let sample = 0; sample < 8; sample++) {
      z!.data[sample] = 0.5 / 8;
      z!.data[z!.stride + sample] = -1 / 8;
    }
    program.forward(8);
    const { data, stride } = program.outputs['z']!;
    const weights = Float64Array.from(program.parameters);
    const exact = densityOutputs(noisy, angles, weights);
    const means = [0, 1].map((row) => data.subarray(row * stride, row * stride + 8).reduce((a, b) => a + b) / 8);
    // One trajectory's value lies in [-1, 1]: 4 standard errors of 240 of them.
    const bound = 4 / Math.sqrt(240);
    expect(largestDifference(means, exact)).toBeLessThan(bound);
    expect(largestDifference([data[0]!], [data[1]!])).toBeGreaterThan(0);
    program.backward(8);
    const gradients = densityGradients(noisy, angles, weights, [0.5, -1]);
    expect(largestDifference(program.gradients, gradients.weights)).toBeLessThan(0.1);
    expect(Math.hypot(...gradients.weights)).toBeGreaterThan(0.4);
  });

  it('refuses amplitude damping where trajectories have no gradient', () => {
    const refusal = (qubits: number, channel: string) => {
      const gene = noisyGene({ qubits, channel });
      const expressed = express(parseDna(`C ${qubits} T ${gene} C 1`, kinds), { kinds, task });
      return expressed.ok ? undefined : expressed.reason;
    };
    expect(refusal(7, 'AmplitudeDamping')).toMatch(/no gradient/);
    expect([refusal(6, 'AmplitudeDamping'), refusal(7, 'PhaseDamping')]).toEqual([undefined, undefined]);
  });

  it('counts as a circuit for the rules', () => {
    const strong = parseDna(`C 4 T ${noisyGene({ qubits: 4, repetitions: 2 })} C 1`, kinds);
    const { limits } = searchSpaces.get('paper/study');
    const { options } = configureConstraint(everyParameterMatters, {});
    expect(everyParameterMatters.check(strong, { kinds, limits, task, options })?.reason).toContain('4 of 24 weights');
  });

  it('is no circuit to what runs circuits without noise', () => {
    const expressed = express(parseDna(`C 2 T ${noisyGene({})} C 1`, kinds), { kinds, task });
    if (!expressed.ok) throw new Error(expressed.reason);
    const four = Float32Array.of(1, 1, 1, 1);
    const observationSpace = { kind: 'box', low: four.map((value) => -value), high: four } as const;
    expect(circuitsIn(lowerNetwork(expressed.network, { network: 'separate', observationSpace }).graph)).toEqual([]);
  });
});
