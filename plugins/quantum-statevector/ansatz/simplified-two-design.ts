import { defineAnsatz } from '../block.js';
import { allWires, gate, type Gate } from '../circuit.js';

/**
 * Simplified two-design (Cerezo et al. 2021, arXiv 2001.00550) as PennyLane's SimplifiedTwoDesign: RY on every wire; then per layer, for
 * the pairs (0, 1), (2, 3), ... and then (1, 2), (3, 4), ...: CZ and an RY on each of the two wires. wires + 2 layers (wires - 1)
 * weights.
 */
export const simplifiedTwoDesignAnsatz = defineAnsatz({
  name: 'two-design',
  summary: 'CZ and two RYs on pairs of neighbours, even pairs and then odd ones',
  before: ({ wires, weight }) => allWires(wires).map((wire) => gate('RY', [wire], weight())),
  repetition({ wires, weight }) {
    const block = (first: number): Gate[] => [
      gate('CZ', [first, first + 1]),
      gate('RY', [first], weight()),
      gate('RY', [first + 1], weight()),
    ];
    const pairs = allWires(wires - 1);
    const order = [...pairs.filter((wire) => wire % 2 === 0), ...pairs.filter((wire) => wire % 2 === 1)];
    return order.flatMap(block);
  },
});
