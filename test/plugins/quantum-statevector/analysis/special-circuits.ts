import {
  allWires,
  constant,
  defineCircuit,
  gate,
  input,
  product,
  weight,
  type Circuit,
  type Gate,
} from '../../../../plugins/quantum-statevector/circuit.js';
import {
  amplitudeState,
  basisState,
  type InitialState,
} from '../../../../plugins/quantum-statevector/initial-state.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  mixture,
  probabilities,
  type Measurement,
} from '../../../../plugins/quantum-statevector/measurement.js';

/** One weight per gate and angle, with generic gates of every kind. */
const blocks: Readonly<Record<string, (wires: number) => readonly Gate[]>> = {
  uploads: (wires) =>
    allWires(wires).flatMap((wire) => [
      gate('RX', [wire], product(weight(wire), input(wire))),
      gate('RZ', [wire], weight(wires + wire)),
      gate('IsingXY', [wire, (wire + 1) % wires], weight(2 * wires + wire)),
    ]),
  rotations: (wires) =>
    allWires(wires).flatMap((wire) => [
      gate('RY', [wire], product(weight(wire), input(wire))),
      gate('CZ', [wire, (wire + 1) % wires]),
      gate('IsingXX', [wire, (wire + 1) % wires], weight(wires + wire)),
      gate('S', [wire]),
    ]),
  pairs: (wires) => [
    ...allWires(wires).map((wire) => gate('H', [wire])),
    gate('MultiRZ', allWires(wires), product(input(0), input(1))),
    ...allWires(wires).map((wire) => gate('U3', [wire], weight(3 * wire), weight(3 * wire + 1), weight(3 * wire + 2))),
  ],
  phases: (wires) => [
    gate('ControlledPhaseShift', [0, 1], weight(0)),
    gate('SX', [0]),
    gate('ISWAP', [0, 1]),
    gate('CRY', [0, wires - 1], weight(1)),
    gate('T', [1]),
    gate('CRot', [1, 0], weight(2), input(0), weight(3)),
    gate('RX', [1], constant(0.4)),
    gate('PhaseShift', [wires - 1], weight(4)),
  ],
};

const starts: readonly (readonly [string, (wires: number) => InitialState | undefined])[] = [
  ['zero', () => undefined],
  ['basis', (wires) => basisState(allWires(wires).map((wire) => wire % 2))],
  ['amplitude', (wires) => amplitudeState(2 ** wires)],
  ['amplitude of two features', () => amplitudeState(2)],
  ['amplitude of one feature', () => amplitudeState(1)],
  ['amplitude with padding', () => amplitudeState(2, 0.3)],
];

const readouts: readonly (readonly [string, (wires: number) => Measurement])[] = [
  ['X', (wires) => expectationX(allWires(wires))],
  ['Y of the last', (wires) => expectationY([wires - 1])],
  ['ZZ', () => expectationZZ([[0, 1]])],
  ['probabilities of one', () => probabilities([1])],
  ['mixture', () => mixture([expectationX([0]), expectationZ([1])])],
];

/** Every start with every block and readout, on two and three wires. */
export const specialCircuits: readonly { readonly name: string; readonly circuit: Circuit }[] = [2, 3].flatMap(
  (wires) =>
    starts.flatMap(([start, initialOf]) =>
      Object.entries(blocks).flatMap(([block, gatesOf]) =>
        readouts.map(([readout, measurementOf]) => {
          const initial = initialOf(wires);
          return {
            name: `${wires} wires, ${start}, ${block}, ${readout}`,
            circuit: defineCircuit({
              wires,
              inputs: 2 ** wires,
              weights: 3 * wires,
              ...(initial === undefined ? {} : { initial }),
              gates: gatesOf(wires),
              measurement: measurementOf(wires),
            }),
          };
        }),
      ),
    ),
);
