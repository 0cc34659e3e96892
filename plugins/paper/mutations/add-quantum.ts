import { defineMutation, insertLayer } from '../../../core/index.js';
import { boundsOf, valuesOf } from '../bounds.js';
import { ansatzes, canFollow, circuit, isCircuit } from '../genes.js';
import { firstOf, settle } from '../settle.js';

/** Inserts a circuit anywhere but in front; its qubits are uniform over what its neighbours allow. */
export const addQuantum = defineMutation({
  id: 'paper/add-quantum',
  summary: 'inserts a circuit of random qubits, template and repetitions',
  mutate(parent, context) {
    const { layers } = parent;
    const { rng } = context;
    const bounds = boundsOf(context);
    if (layers.length >= bounds.layers[1] || bounds.repetitions === undefined) return undefined;
    const repetitions = rng.between(...bounds.repetitions);
    const ansatz = rng.pick(ansatzes);
    const places = layers.map((_, index) => index + 1);
    return firstOf(places, rng, (index) => {
      const [before, after] = [layers[index - 1], layers[index]];
      const qubits = valuesOf(isCircuit(before) ? bounds.qubits : bounds.fed).filter(
        (count) =>
          (!isCircuit(before) || canFollow(before.qubits, count)) &&
          (!isCircuit(after) || canFollow(count, after.qubits)),
      );
      return firstOf(qubits, rng, (count) =>
        settle(insertLayer(parent, index, circuit(count, ansatz, repetitions)).layers, bounds, rng),
      );
    });
  },
});
