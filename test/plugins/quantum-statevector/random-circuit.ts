import fc from 'fast-check';
import { basicEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/basic-entangling-layers.js';
import { circularEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/circular-entangling-layers.js';
import { stronglyEntanglingLayers } from '../../../plugins/quantum-statevector/ansatz/strongly-entangling-layers.js';
import {
  allWires,
  constant,
  defineCircuit,
  gate,
  input,
  product,
  weight,
  type Angle,
  type Circuit,
  type Gate,
  type Template,
} from '../../../plugins/quantum-statevector/circuit.js';
import { angleEmbedding, type Axis } from '../../../plugins/quantum-statevector/encodings/angle.js';
import { defineGate, type GateMaker } from '../../../plugins/quantum-statevector/gates/define-gate.js';
import { definitionOf, gates as definitions, type GateName } from '../../../plugins/quantum-statevector/gates/gates.js';
import { amplitudeState, basisState, type InitialState } from '../../../plugins/quantum-statevector/initial-state.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  mixture,
  probabilities,
  type Measurement,
} from '../../../plugins/quantum-statevector/measurement.js';
import { createRng, type Rng } from '../../../core/random.js';

export const ansatzNames = ['basic-RX', 'basic-RY', 'basic-RZ', 'strong-CNOT', 'strong-CZ', 'circular'] as const;
export type AnsatzName = (typeof ansatzNames)[number];

export function ansatz(name: AnsatzName, wires: number, layers: number): Template {
  if (name === 'circular') return circularEntanglingLayers({ wires, layers });
  if (name === 'strong-CNOT') return stronglyEntanglingLayers({ wires, layers });
  if (name === 'strong-CZ') return stronglyEntanglingLayers({ wires, layers, imprimitive: 'CZ' });
  return basicEntanglingLayers({ wires, layers, rotation: name.slice('basic-'.length) as 'RX' | 'RY' | 'RZ' });
}

export interface LayeredFacts {
  readonly wires: number;
  readonly layers: number;
  readonly name: AnsatzName;
  readonly axis?: Axis;
  /** A row of H before the embedding. */
  readonly hadamards?: boolean;
  readonly features?: number;
  readonly measurement?: Measurement;
}

/** Embedding, ansatz and measurement. */
export function layeredCircuit(facts: LayeredFacts): Circuit {
  const { wires, layers, name, axis = 'X', features = wires } = facts;
  const template = ansatz(name, wires, layers);
  const before = facts.hadamards === true ? allWires(wires).map((wire) => gate('H', [wire])) : [];
  return defineCircuit({
    wires,
    inputs: features,
    weights: template.shape.reduce((product, length) => product * length, 1),
    gates: [...before, ...angleEmbedding(wires, features, axis), ...template.gates],
    measurement: facts.measurement ?? expectationZ(allWires(wires)),
  });
}

/** Measurements of a random choice of wires in random order. */
export function measurements(wires: number): fc.Arbitrary<Measurement> {
  return fc
    .tuple(fc.boolean(), fc.shuffledSubarray(allWires(wires), { minLength: 1 }))
    .map(([expectation, listed]) => (expectation ? expectationZ(listed) : probabilities(listed)));
}

export function layeredCircuits(limits: { wires: number; layers: number }): fc.Arbitrary<Circuit> {
  return fc.integer({ min: 1, max: limits.wires }).chain((wires) =>
    fc
      .record({
        layers: fc.integer({ min: 1, max: limits.layers }),
        name: fc.constantFrom(...ansatzNames),
        axis: fc.constantFrom<Axis>('X', 'Y', 'Z'),
        hadamards: fc.boolean(),
        features: fc.integer({ min: 1, max: wires }),
        measurement: measurements(wires),
      })
      .map((facts) => layeredCircuit({ wires, ...facts })),
  );
}

/** An embedding and then any gates, weights used in any order. */
export function gateSoups(limits: { wires: number; gates: number }): fc.Arbitrary<Circuit> {
  return fc.integer({ min: 1, max: limits.wires }).chain((wires) =>
    fc
      .record({ seed: fc.nat(), count: fc.integer({ min: 1, max: limits.gates }), measurement: measurements(wires) })
      .map(({ seed, count, measurement }) => {
        const rng = createRng(seed);
        const weights = 1 + rng.int(4);
        const gates: Gate[] = angleEmbedding(wires, wires, rng.pick(['X', 'Y'] as const));
        for (let i = 0; i < count; i++) gates.push(randomGate(rng, wires, weights));
        return defineCircuit({ wires, inputs: wires, weights, gates, measurement });
      }),
  );
}

/** Gates that the canonical form knows. */
const canonicalNames: readonly GateName[] = [
  ...(['RX', 'RY', 'RZ', 'Rot', 'H', 'X', 'Y', 'Z', 'S', 'T', 'CNOT', 'CZ', 'SWAP'] as const),
];

function randomGate(rng: Rng, wires: number, weights: number): Gate {
  const names = canonicalNames.filter((name) => definitions[name].wires <= wires);
  const name = rng.pick(names);
  const order = allWires(wires);
  rng.shuffle(order);
  const angles = Array.from({ length: definitions[name].angles }, () =>
    rng.int(3) === 0 ? constant(rng.uniform(-4, 4)) : weight(rng.int(weights)),
  );
  return gate(name, order.slice(0, definitions[name].wires), ...angles);
}

/** Values uniform in [-pi, pi). */
export function randomAngles(rng: Rng, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => rng.uniform(-Math.PI, Math.PI));
}

/** A gate of each form that a person may define. */
export const ownGates: readonly GateMaker[] = [
  defineGate('Turn', {
    matrix: [
      [0.6, [0, 0.8]],
      [[0, 0.8], 0.6],
    ],
  }),
  defineGate('XZ', {
    generator: [
      [0, 0, 1, 0],
      [0, 0, 0, -1],
      [1, 0, 0, 0],
      [0, -1, 0, 0],
    ],
  }),
  defineGate('Pair', {
    wires: 2,
    angles: 2,
    gates: (a, b) => [
      gate('RY', [0], product(2, a)),
      gate('CRot', [1, 0], b, product(a, b), constant(0.3)),
      gate('U3', [1], a, product(-1, a), b),
    ],
  }),
];

/** Anything that a circuit may be: every gate, products as angles, every start and every readout. */
export function anyCircuits(limits: { wires: number; gates: number }): fc.Arbitrary<Circuit> {
  return fc.integer({ min: 1, max: limits.wires }).chain((wires) =>
    fc.record({ seed: fc.nat(), count: fc.integer({ min: 1, max: limits.gates }) }).map(({ seed, count }) => {
      const rng = createRng(seed);
      const weights = 1 + rng.int(4);
      const start = rng.int(4);
      const inputs = start === 0 ? 1 + rng.int(2 ** wires) : wires;
      const initial: InitialState | undefined =
        start === 0
          ? amplitudeState(inputs, rng.pick([0, 0.3]))
          : start === 1
            ? basisState(allWires(wires).map(() => rng.int(2)))
            : undefined;
      const gates = Array.from({ length: count }, () => anyGate(rng, wires, inputs, weights));
      const measurement = anyMeasurement(rng, wires);
      return defineCircuit({
        wires,
        inputs,
        weights,
        ...(initial === undefined ? {} : { initial }),
        gates,
        measurement,
      });
    }),
  );
}

/** Some of the wires, at least one, in any order. */
function someWires(rng: Rng, wires: number, count = 1 + rng.int(wires)): number[] {
  const order = allWires(wires);
  rng.shuffle(order);
  return order.slice(0, count);
}

export function anyMeasurement(rng: Rng, wires: number): Measurement {
  const one = (): Measurement => {
    const listed = someWires(rng, wires);
    const kinds = [expectationX, expectationY, expectationZ, probabilities];
    return rng.int(5) === 0 ? expectationZZ([listed, someWires(rng, wires)]) : rng.pick(kinds)(listed);
  };
  return rng.int(2) === 0 ? one() : mixture([one(), one(), one()]);
}

function anyGate(rng: Rng, wires: number, inputs: number, weights: number): Gate {
  const angle = (): Angle => {
    const variables = [constant(rng.uniform(-3, 3)), input(rng.int(inputs)), weight(rng.int(weights))];
    const kind = rng.int(5);
    return kind < 3 ? variables[kind]! : product(rng.uniform(-1, 1), rng.pick(variables), rng.pick(variables.slice(1)));
  };
  if (rng.int(8) === 0) return gate('MultiRZ', someWires(rng, wires), angle());
  const own = ownGates.filter((make) => make([]).definition!.wires <= wires);
  if (rng.int(6) === 0 && own.length > 0) {
    const make = rng.pick(own);
    const { angles, wires: count } = definitionOf(make([]));
    return make(someWires(rng, wires, count), ...Array.from({ length: angles }, angle));
  }
  const names = (Object.keys(definitions) as GateName[]).filter((name) => definitions[name].wires <= wires);
  const name = rng.pick(names);
  const { wires: count, angles } = definitions[name];
  return gate(name, someWires(rng, wires, count), ...Array.from({ length: angles }, angle));
}
