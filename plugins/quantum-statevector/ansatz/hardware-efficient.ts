import { defineAnsatz, type BlockContext } from '../block.js';
import { allWires, gate } from '../circuit.js';

/**
 * RY and CZ between neighbours (after Kandala et al. 2017, arXiv 1704.05041): per layer RY on every wire, then CZ(i, i + 1) for i = 0 ..
 * wires - 2; a last row of RY, without which the last CZs would change nothing that is measured. (layers + 1) wires weights.
 * With an RY encoding the state stays real.
 */
export const hardwareEfficientAnsatz = defineAnsatz({
  name: 'hardware-efficient',
  summary: 'one RY per wire and CZs between neighbours, and a last row of RY',
  repetition: (context) => [
    ...rotations(context),
    ...allWires(context.wires - 1).map((wire) => gate('CZ', [wire, wire + 1])),
  ],
  after: rotations,
});

function rotations({ wires, weight }: BlockContext) {
  return allWires(wires).map((wire) => gate('RY', [wire], weight()));
}
