import { describe, expect, it } from '@jest/globals';
import { configureConstraint } from '../../../core/genome/constraint.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import { express } from '../../../core/genome/express.js';
import type { Genome } from '../../../core/genome/genome.js';
import { lowerNetwork } from '../../../core/model/build-model.js';
import { createRng } from '../../../core/random.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import quantum, { everyParameterMatters } from '../../../plugins/quantum/index.js';
import {
  allWires,
  buildCircuit,
  circuitGradients,
  deadParameters,
  expectationZ,
  measurementRows,
  runCircuit,
  withoutDeadWeights,
  type CircuitChoice,
} from '../../../plugins/quantum-statevector/index.js';
import { bareMeasured } from '../../contracts/metric.js';
import { largestDifference } from '../quantum-statevector/compare.js';
import { randomAngles } from '../quantum-statevector/random-circuit.js';

const { layers: kinds, searchSpaces } = createContainer(builtInPlugins).get(REGISTRIES);
const task = { observationRows: 4, policyRows: 2 };

function contextOf(options: Readonly<Record<string, unknown>>) {
  const { limits } = searchSpaces.get('paper/study');
  return { kinds, limits, task, options: configureConstraint(everyParameterMatters, options).options };
}

function check(dna: string, options: Readonly<Record<string, unknown>> = {}): string | undefined {
  return everyParameterMatters.check(parseDna(dna, kinds), contextOf(options))?.reason;
}

function repaired(genome: Genome, repair: string): string | undefined {
  const found = everyParameterMatters.repair!(genome, contextOf({ repair }));
  return found === undefined ? undefined : printDna(found, kinds);
}

const circuit = (hyper: Readonly<Record<string, unknown>>): string =>
  `[quantum-statevector/circuit ${JSON.stringify({ qubits: 4, repetitions: 1, ...hyper })}]`;

describe('quantum/every-parameter-matters', () => {
  it('lets fully measured basic circuits and classical networks pass', () => {
    expect(check('C 4 T Q 4 L 2 C 1')).toBeUndefined();
    expect(check('C 4 T C 8 R C 1')).toBeUndefined();
  });

  it('refuses dead weights, with the layer and the numbers', () => {
    expect(check('C 4 T Q 4 F 2 C 1')).toBe('layer 2: 4 of 24 weights cannot influence what is measured');
    expect(check(`C 4 T ${circuit({ ansatz: 'basic', encoding: 'angle-z' })} C 1`)).toBe(
      'layer 2: 4 of 4 inputs cannot influence what is measured',
    );
    expect(check(`C 4 T ${circuit({ ansatz: 'basic', encoding: 'angle-z' })} C 1`, { inputs: false })).toBeUndefined();
  });

  it('sees the value head, which reads one qubit, as well as the policy head', () => {
    // The first qubit reads the last three rotations of a ring of four; the first of them never reaches it.
    expect(check('C 4 T Q 4 L 1')).toContain('layer 2: 1 of 4 weights and 1 of 4 inputs');
  });

  it('leaves what cannot be built to others', () => {
    expect(check('C 3 T Q 4 L 1 C 1')).toBeUndefined();
  });

  it('repairs with the fewest changes, by the means that are allowed', () => {
    const strong = parseDna('C 4 T Q 4 F 1 C 1', kinds);
    expect(repaired(strong, 'any')).toBe(
      'C 4 T [quantum-statevector/circuit {"qubits":4,"ansatz":"strong","repetitions":1,"deadWeights":"dropped"}] C 1',
    );
    expect(repaired(strong, 'measurement')).toBeUndefined();
    expect(repaired(strong, 'none')).toBeUndefined();
    const head = parseDna('C 4 T Q 4 L 1', kinds);
    expect(repaired(head, 'measurement')).toContain('"measurement":"full"');
    const phases = parseDna(`C 4 T ${circuit({ ansatz: 'basic', encoding: 'angle-z' })} C 1`, kinds);
    expect(repaired(phases, 'encoding')).toContain('"encoding":"hadamard-angle-z"');
    expect(repaired(phases, 'any')).toContain('"encoding"');
  });

  it('repairs nearly every network of the study', () => {
    const { limits, ...space } = searchSpaces.get('paper/study');
    const small = { ...limits, qubits: [2, 5] as const, layers: [3, 6] as const };
    let refused = 0;
    for (let seed = 0; seed < 60; seed++) {
      const genome = space.random({ rng: createRng(seed), kinds, limits: small, task });
      const context = { ...contextOf({ repair: 'any' }), limits: small };
      if (everyParameterMatters.check(genome, context) === undefined) continue;
      refused++;
      const fixed = everyParameterMatters.repair!(genome, context);
      expect(fixed).toBeDefined();
      expect(everyParameterMatters.check(fixed!, context)).toBeUndefined();
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe('circuits without dead weights', () => {
  const choices: readonly CircuitChoice[] = [
    { qubits: 3, ansatz: 'strong', repetitions: 2 },
    { qubits: 4, ansatz: 'basic', repetitions: 3 },
    { qubits: 3, ansatz: 'circular', repetitions: 1, encoding: 'angle-z' },
    { qubits: 2, ansatz: 'ppo-q', repetitions: 2 },
    { qubits: 3, ansatz: 'two-design', repetitions: 2, encoding: 'iqp' },
  ];

  it.each(choices)('are the same function with nothing dead: $ansatz on $qubits', (choice) => {
    for (const measured of [[0], allWires(choice.qubits)]) {
      const { circuit: whole } = buildCircuit(choice, expectationZ(measured));
      const { circuit: trimmed, kept } = withoutDeadWeights(whole);
      expect(trimmed.weights).toBe(whole.weights - deadParameters(whole).weights.length);
      expect(deadParameters(trimmed).weights).toEqual([]);
      const rng = createRng(1);
      const [x, w] = [randomAngles(rng, whole.inputs), randomAngles(rng, whole.weights)];
      const left = kept.map((index) => w[index]!);
      expect(largestDifference(runCircuit(trimmed, x, left), runCircuit(whole, x, w))).toBeLessThan(1e-13);
      const cotangent = randomAngles(rng, measurementRows(whole.measurement));
      const gradient = circuitGradients(whole, x, w, cotangent).weights;
      expect(
        largestDifference(
          circuitGradients(trimmed, x, left, cotangent).weights,
          kept.map((index) => gradient[index]!),
        ),
      ).toBeLessThan(1e-13);
    }
  });
});

describe('metrics of circuits', () => {
  const of = (dna: string): Record<string, number | undefined> => {
    const expressed = express(parseDna(dna, kinds), { kinds, task });
    if (!expressed.ok) throw new Error(expressed.reason);
    const four = Float32Array.of(1, 1, 1, 1);
    const observationSpace = { kind: 'box', low: four.map((value) => -value), high: four } as const;
    const { graph } = lowerNetwork(expressed.network, { network: 'separate', observationSpace });
    return Object.fromEntries(quantum.metrics!.map((metric) => [metric.id, metric.of({ ...bareMeasured, graph })]));
  };

  it('add up policy and value network', () => {
    expect(of('C 4 T Q 4 F 2 C 1')).toEqual({
      'quantum/two-qubit-gates': 16,
      'quantum/dead-parameters': 8,
      'quantum/simulation-flops': 2 * 2176,
    });
    expect(of('C 4 T C 1')['quantum/two-qubit-gates']).toBe(0);
  });

  it('have no value where the network is not known', () => {
    for (const metric of quantum.metrics!) expect(metric.of(bareMeasured)).toBeUndefined();
  });
});
