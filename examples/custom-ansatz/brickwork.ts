import { defineMutation, definePlugin, defineSearchSpace, sampleWithin } from 'hqnas';
import type { Gene, MutationContext } from 'hqnas';
import { allWires, defineAnsatz, defineCircuitLayer, defineEncoding, gate } from 'hqnas/quantum';

/** RY and RZ on every wire, then CZ on neighbours: even pairs in even repetitions, odd pairs in odd ones, like bricks in a wall. */
const brickwork = defineAnsatz({
  name: 'brickwork',
  summary: 'RY and RZ on every wire, CZ on every other pair of neighbours',
  repetition({ wires, repetition, weight }) {
    const pairs = allWires(wires - 1).filter((wire) => wire % 2 === repetition % 2);
    return [
      ...allWires(wires).flatMap((wire) => [gate('RY', [wire], weight()), gate('RZ', [wire], weight())]),
      ...pairs.map((wire) => gate('CZ', [wire, wire + 1])),
    ];
  },
  // A last row of RY: a CZ right before the measurement would change nothing.
  after: ({ wires, weight }) => allWires(wires).map((wire) => gate('RY', [wire], weight())),
});

/** Two features per wire, as RY and RZ (LaRose and Coyle 2020, arXiv 2003.01695: dense angle encoding). */
const denseAngle = defineEncoding({
  name: 'dense-angle',
  summary: 'RY(x_2i) and RZ(x_2i+1) on wire i',
  capacity: (wires) => 2 * wires,
  gates: ({ features, feature }) =>
    allWires(features).map((index) => gate(index % 2 === 0 ? 'RY' : 'RZ', [index >> 1], feature(index))),
});

/** `B 3 2` in DNA: brickwork on 3 qubits, 2 repetitions, which reads 6 numbers. */
const brickworkLayer = defineCircuitLayer({
  id: 'demo/brickwork',
  summary: 'circuit of bricks with two inputs per qubit',
  symbol: 'B',
  ansatz: { brickwork },
  encodings: { 'dense-angle': denseAngle },
});

/** A dense layer and the circuit that it feeds; undefined where the limits leave none. */
function circuitWithFeeder({ rng, limits, kinds }: MutationContext): readonly Gene[] | undefined {
  const circuit = sampleWithin(brickworkLayer, limits, rng);
  if (circuit === undefined) return undefined;
  const units = kinds.get(circuit.kind).plan(circuit).inputRows!;
  return [{ kind: 'classical/dense', units, activation: 'tanh' }, circuit];
}

const redrawCircuit = defineMutation({
  id: 'demo/redraw-circuit',
  summary: 'draws the circuit anew, with the dense layer that feeds it',
  mutate({ layers }, context) {
    const drawn = circuitWithFeeder(context);
    return drawn === undefined ? undefined : { layers: [...drawn, ...layers.slice(2)] };
  },
});

/** Dense, circuit, head: how many qubits, and how deep? */
const walls = defineSearchSpace({
  id: 'demo/walls',
  summary: 'a dense layer, a brickwork circuit and a dense head',
  limits: { layers: [3, 3], units: [2, 20], qubits: [2, 4], repetitions: [1, 3] },
  mutations: [redrawCircuit.id],
  constraints: [],
  random(context) {
    const head: Gene = { kind: 'classical/dense', units: 1, activation: 'identity' };
    return { layers: [...(circuitWithFeeder(context) ?? []), head] };
  },
});

export default definePlugin({
  name: 'demo',
  requires: ['classical', 'quantum-statevector'],
  layers: [brickworkLayer],
  mutations: [redrawCircuit],
  searchSpaces: [walls],
});
