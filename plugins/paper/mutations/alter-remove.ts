import { defineMutation } from '../../../core/index.js';
import { alter } from '../alter.js';

/** Narrows a dense layer, or takes qubits from a circuit together with the dense layer that feeds it. */
export const alterRemove = defineMutation({
  id: 'paper/alter-remove',
  summary: 'makes a layer narrower by a random amount',
  mutate: (parent, context) => alter(parent, context, 'shrink'),
});
