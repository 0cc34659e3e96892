import fc from 'fast-check';
import { createRng, type Rng } from '../../../core/random.js';
import {
  allWires,
  constant,
  defineCircuit,
  input,
  product,
  weight,
  type Angle,
  type Circuit,
  type Gate,
} from '../../../plugins/quantum-statevector/circuit.js';
import { definitionOf, gateNames } from '../../../plugins/quantum-statevector/gates/gates.js';
import type { InitialState } from '../../../plugins/quantum-statevector/initial-state.js';
import { mixture, type Measurement, type Readout } from '../../../plugins/quantum-statevector/measurement.js';

/** Circuits of every gate, kind of angle, start and readout. */
export function anyCircuits(limits: { wires: number; gates: number }): fc.Arbitrary<Circuit> {
  return fc
    .record({ wires: fc.integer({ min: 1, max: limits.wires }), seed: fc.nat() })
    .map(({ wires, seed }) => anyCircuit(createRng(seed), wires, limits.gates));
}

export function anyCircuit(rng: Rng, wires: number, most: number): Circuit {
  const [inputs, weights] = [1 + rng.int(3), 1 + rng.int(3)];
  const gates = Array.from({ length: 1 + rng.int(most) }, () => anyGate(rng, wires, inputs, weights));
  const initial = anyStart(rng, wires, inputs);
  return defineCircuit({
    wires,
    inputs,
    weights,
    ...(initial === undefined ? {} : { initial }),
    gates,
    measurement: anyMeasurement(rng, wires),
  });
}

function anyGate(rng: Rng, wires: number, inputs: number, weights: number): Gate {
  const order = allWires(wires);
  rng.shuffle(order);
  for (;;) {
    const gate = rng.pick(gateNames);
    const count = gate === 'MultiRZ' ? 1 + rng.int(wires) : 1;
    const probe = { gate, wires: order.slice(0, count), angles: [] };
    const definition = definitionOf(probe);
    if (definition.wires > wires) continue;
    const angles = Array.from({ length: definition.angles }, () => anyAngle(rng, inputs, weights));
    return { gate, wires: order.slice(0, definition.wires), angles };
  }
}

function anyAngle(rng: Rng, inputs: number, weights: number): Angle {
  const [x, w] = [() => input(rng.int(inputs)), () => weight(rng.int(weights))];
  return rng.pick([
    () => constant(rng.uniform(-4, 4)),
    x,
    w,
    () => product(rng.uniform(-2, 2), w()),
    () => product(x(), w()),
    () => product(-1, x(), x()),
  ])();
}

function anyStart(rng: Rng, wires: number, inputs: number): InitialState | undefined {
  const kind = rng.int(3);
  if (kind === 0) return undefined;
  if (kind === 1) return { kind: 'basis', bits: allWires(wires).map(() => rng.int(2)) };
  const features = 1 + rng.int(Math.min(inputs, 2 ** wires));
  return { kind: 'amplitude', features, padding: rng.pick([0, 0.3]) };
}

function anyMeasurement(rng: Rng, wires: number): Measurement {
  const kinds = ['expectation-x', 'expectation-y', 'expectation-z', 'expectation-product', 'probabilities'] as const;
  const readout = (): Readout => {
    const listed = allWires(wires);
    rng.shuffle(listed);
    return { kind: rng.pick(kinds), wires: listed.slice(0, 1 + rng.int(wires)) };
  };
  return mixture(Array.from({ length: 1 + rng.int(3) }, readout));
}
