import { defineMutation } from '../../../core/index.js';
import { alter } from '../alter.js';

/** Widens a dense layer, or gives a circuit more qubits together with the dense layer that feeds it. */
export const alterAdd = defineMutation({
  id: 'paper/alter-add',
  summary: 'makes a layer wider by a random amount',
  mutate: (parent, context) => alter(parent, context, 'grow'),
});
