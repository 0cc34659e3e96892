import { defineConstraint, refuse, type Domain, type Gene, type LayerKind, type Registry } from '../../core/index.js';
import { ansatzes } from './ansatz/ansatzes.js';
import { circuitDomains } from './circuit-hyper.js';
import { encodings } from './encodings/encodings.js';

type Value = string | number | boolean;

const {
  qubits: _qubits,
  repetitions: _repetitions,
  ...choices
} = circuitDomains({
  ansatz: ansatzes,
  encodings,
  drawn: ['basic'],
});

/**
 * One choice for all circuits of a search: `{ use: quantum-statevector/all-circuits, measurement: full }`. Circuits that differ are
 * changed, so that a search over networks with another readout, encoding or ansatz is a line in a config. A circuit whose kind does
 * not know the value is refused.
 */
export const allCircuits = defineConstraint({
  id: 'quantum-statevector/all-circuits',
  summary:
    'gives every circuit the same encoding, ansatz, readout, scaling or input adaption; changes those that differ',
  options: Object.fromEntries(Object.entries(choices).map(([name, domain]) => [name, orAny(domain)])),
  check({ layers }, { kinds, options }) {
    for (const [index, gene] of layers.entries()) {
      const [name, value] = differences(gene, kinds, options)[0] ?? [];
      if (name !== undefined) return refuse(`layer ${index + 1}: ${name} is not ${JSON.stringify(value)}`);
    }
    return undefined;
  },
  repair({ layers }, { kinds, options }) {
    const changed = layers.map((gene) => {
      const wanted = differences(gene, kinds, options);
      const { hyper } = kinds.get(gene.kind);
      if (wanted.some(([name, value]) => !hyper[name]!.contains(value))) return undefined;
      return { ...gene, ...Object.fromEntries(wanted) };
    });
    return changed.every((gene) => gene !== undefined) ? { layers: changed } : undefined;
  },
});

/** What a circuit should have and has not; nothing for other layers. */
function differences(
  gene: Gene,
  kinds: Registry<LayerKind>,
  options: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: Value])[] {
  const { hyper } = kinds.get(gene.kind);
  return Object.entries(options).flatMap(([name, value]) => {
    const domain = hyper[name];
    // Options come from the domains below: scalars.
    if (value === 'any' || domain === undefined || hyper['qubits'] === undefined) return [];
    return (gene[name] ?? domain.fallback) === value ? [] : [[name, value as Value] as const];
  });
}

/** The domain of an option: what the hyperparameter takes, or "any" to leave it as it is. */
function orAny(domain: Domain): Domain {
  return {
    help: `any: as it is; otherwise ${domain.help}`,
    fallback: 'any',
    expected: `"any" or ${domain.expected}`,
    schema: { anyOf: [{ const: 'any' }, domain.schema] },
    contains: (value): value is Value => value === 'any' || domain.contains(value),
    sample: () => 'any',
    perturb: (value) => value,
  };
}
