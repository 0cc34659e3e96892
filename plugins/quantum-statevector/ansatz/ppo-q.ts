import { defineAnsatz, type BlockContext } from '../block.js';
import { allWires, gate, input, product, type Gate } from '../circuit.js';
import { ring } from './basic-entangling-layers.js';

/**
 * The circuit of PPO-Q (Jin et al. 2025, arXiv 2501.07085): H on every wire; per block RZ and RY on every wire, a ring of CZ, then
 * the inputs as RY(u x_i) and RZ(v x_i) with trainable u and v that start at 1; a last RZ and RY on every wire. It puts the inputs in
 * itself, once per block.
 */
export const ppoQAnsatz = defineAnsatz({
  name: 'ppo-q',
  summary: 'RZ, RY, a ring of CZ and scaled inputs in every block, from a row of H',
  encodes: true,
  before: ({ wires }) => allWires(wires).map((wire) => gate('H', [wire])),
  repetition: (context) => [
    ...rotations(context),
    ...ring(context.wires).map((pair) => gate('CZ', pair)),
    ...scaledInputs(context),
  ],
  after: rotations,
});

function rotations({ wires, weight }: BlockContext): Gate[] {
  return allWires(wires).flatMap((wire) => [gate('RZ', [wire], weight()), gate('RY', [wire], weight())]);
}

function scaledInputs({ features, weight }: BlockContext): Gate[] {
  return allWires(features).flatMap((wire) => [
    gate('RY', [wire], product(weight(1), input(wire))),
    gate('RZ', [wire], product(weight(1), input(wire))),
  ]);
}
