import { HqnasError, defineConstraint, integer, refuse } from '../../../core/index.js';

/** A number of quantum layers, by default at least one. */
export const quantumLayers = defineConstraint({
  id: 'search/quantum-layers',
  summary: 'a number of quantum layers, by default at least one: hybrids only',
  options: {
    minimum: integer(0, 1000, { fallback: 1, help: 'at least' }),
    maximum: integer(0, 1000, { fallback: 1000, help: 'at most; 0 = classical networks only' }),
  },
  check({ layers }, { kinds, options: { minimum, maximum } }) {
    if (minimum > maximum) {
      throw new HqnasError({
        code: 'invalid-option',
        what: 'no number of quantum layers is both',
        expected: 'minimum <= maximum',
        got: `minimum ${minimum}, maximum ${maximum}`,
      });
    }
    const count = layers.filter((gene) => kinds.get(gene.kind).plan(gene).qubits > 0).length;
    if (count < minimum) return refuse(`${count} quantum layers, at least ${minimum} are asked for`);
    return count > maximum ? refuse(`${count} quantum layers, at most ${maximum} are allowed`) : undefined;
  },
});
