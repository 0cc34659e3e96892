import {
  boolean,
  choice,
  defineConstraint,
  express,
  refuse,
  type ConstraintContext,
  type Gene,
  type Genome,
  type PlacedLayer,
  type Refusal,
} from '../../core/index.js';
import { deadOf, loweredAlone } from '../quantum-statevector/index.js';
import { allCircuitsIn } from './all-circuits-in.js';

const options = {
  repair: choice(['none', 'any', 'measurement', 'weights', 'encoding'], {
    fallback: 'none',
    help: 'none: such networks are thrown out; measurement: all qubits are measured; weights: dead weights are left out; encoding: another encoding, one that the inputs pass; any: the least of these that helps',
  }),
  inputs: boolean({ fallback: true, help: 'inputs matter as well as weights: a dead one starves the layer before it' }),
};

type Options = { readonly repair: 'none' | 'any' | 'measurement' | 'weights' | 'encoding'; readonly inputs: boolean };
type Context = ConstraintContext<typeof options>;

/**
 * No circuit of the policy or value network has a weight or an input that cannot influence what it measures. The last rotations about
 * z of `strong` and `circular` never can.
 */
export const everyParameterMatters = defineConstraint({
  id: 'quantum/every-parameter-matters',
  summary: 'refuses or repairs circuits with weights or inputs that cannot influence anything they measure',
  options,
  check(genome, context) {
    const placed = placedLayers(genome, context);
    // Whoever cannot be built is refused elsewhere.
    if (placed === undefined) return undefined;
    for (const [index, places] of placed.entries()) {
      const refusal = problemOf(places, context.options);
      if (refusal !== undefined) return refuse(`layer ${index + 1}: ${refusal.reason}`);
    }
    return undefined;
  },
  repair(genome, context) {
    if (context.options.repair === 'none') return undefined;
    let repaired: Genome = genome;
    for (const index of genome.layers.keys()) {
      const next = repairLayer(repaired, index, context);
      if (next === undefined) return undefined;
      repaired = next;
    }
    return repaired;
  },
});

/** Each layer with its place in the policy and in the value network; undefined for what cannot be built. */
function placedLayers(genome: Genome, { kinds, task }: Context): readonly (readonly PlacedLayer[])[] | undefined {
  const expressed = express(genome, { kinds, task });
  if (!expressed.ok) return undefined;
  const { policy, value } = expressed.network;
  return policy.map((layer, index) => (index === policy.length - 1 ? [layer, value[index]!] : [layer]));
}

function problemOf(places: readonly PlacedLayer[], { inputs }: Options): Refusal | undefined {
  const quantum = places.filter(({ plan }) => plan.qubits > 0);
  for (const circuit of quantum.flatMap((layer) => allCircuitsIn(loweredAlone(layer)))) {
    const dead = deadOf(circuit);
    const parts = [
      ...(dead.weights.length > 0 ? [`${dead.weights.length} of ${circuit.weights} weights`] : []),
      ...(inputs && dead.inputs.length > 0 ? [`${dead.inputs.length} of ${circuit.inputs} inputs`] : []),
    ];
    if (parts.length > 0) return refuse(`${parts.join(' and ')} cannot influence what is measured`);
  }
  return undefined;
}

/** The genome with the fewest changes of one layer after which all of its parameters matter. */
function repairLayer(genome: Genome, index: number, context: Context): Genome | undefined {
  const gene = genome.layers[index]!;
  for (const changes of changesOf(gene, context)) {
    const changed = { layers: genome.layers.with(index, { ...gene, ...changes }) };
    const places = placedLayers(changed, context)?.[index];
    if (places !== undefined && problemOf(places, context.options) === undefined) return changed;
  }
  return undefined;
}

type Changes = Readonly<Record<string, string>>;

/** Changes that the layer's kind knows, from none to all. */
function changesOf(gene: Gene, { kinds, options: { repair } }: Context): readonly Changes[] {
  const { hyper } = kinds.get(gene.kind);
  const single = [
    ...(repair === 'any' || repair === 'measurement' ? [{ measurement: 'full' }] : []),
    ...(repair === 'any' || repair === 'weights' ? [{ deadWeights: 'dropped' }] : []),
    ...(repair === 'any' || repair === 'encoding' ? [{ encoding: 'hadamard-angle-z' }, { encoding: 'angle-x' }] : []),
  ].filter((change) => Object.entries(change).every(([name, value]) => hyper[name]?.contains(value)));
  const pairs = single.flatMap((first, k) => single.slice(k + 1).map((second): Changes => ({ ...first, ...second })));
  const all = single.flatMap((first, k) =>
    single
      .slice(k + 1)
      .flatMap((second, j) => single.slice(k + j + 2).map((third): Changes => ({ ...first, ...second, ...third }))),
  );
  return [{}, ...single, ...pairs, ...all];
}
