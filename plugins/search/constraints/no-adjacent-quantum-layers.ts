import { defineConstraint, refuse } from '../../../core/index.js';

/** Between two circuits stands a classical layer. */
export const noAdjacentQuantumLayers = defineConstraint({
  id: 'search/no-adjacent-quantum-layers',
  summary: 'no quantum layer directly after another',
  check({ layers }, { kinds }) {
    let before = false;
    for (const [index, gene] of layers.entries()) {
      const quantum = kinds.get(gene.kind).plan(gene).qubits > 0;
      if (quantum && before) return refuse(`layers ${index} and ${index + 1} are both quantum layers`);
      before = quantum;
    }
    return undefined;
  },
});
