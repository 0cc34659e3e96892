import { defineAnsatz } from '../block.js';
import { rotLayer } from './rot-layer.js';

/**
 * Rot on every wire and nothing else, weights (layers, wires, 3): the state stays a product, which a laptop computes for any number of
 * wires. The control that every claim about entanglement needs (Bowles et al. 2024, arXiv 2403.07059).
 */
export const noEntanglementAnsatz = defineAnsatz({
  name: 'none',
  summary: 'three rotations per wire and no entanglement: the separable control',
  repetition: rotLayer,
});
