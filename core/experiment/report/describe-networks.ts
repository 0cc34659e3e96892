import { isHqnasError } from '../../errors.js';
import type { Task } from '../../genome/constraint.js';
import { parseDna, printGene } from '../../genome/dna.js';
import { express } from '../../genome/express.js';
import type { LayerDescription, LayerKind } from '../../layer/layer-kind.js';
import type { Registry } from '../../registry.js';
import type { ExperimentState } from '../experiment-state.js';

/** A network with what its layers say of themselves. */
export interface DescribedNetwork {
  readonly candidate: number;
  readonly dna: string;
  readonly layers: readonly { readonly name: string; readonly description: LayerDescription }[];
}

/**
 * The best hybrid networks of an experiment, the winner first. Networks of kinds that are not loaded are left out, and so are
 * layers that say nothing.
 * @param most how many
 */
export function describeNetworks(
  { leaderboard, winner }: Pick<ExperimentState, 'leaderboard' | 'winner'>,
  kinds: Registry<LayerKind>,
  task: Task,
  most = 3,
): readonly DescribedNetwork[] {
  const ranked = [...(winner === undefined ? [] : [winner]), ...leaderboard].filter(({ kind }) => kind === 'hybrid');
  const unique = ranked.filter(({ dna }, index) => ranked.findIndex((other) => other.dna === dna) === index);
  return unique.slice(0, most).flatMap(({ candidate, dna }) => {
    const layers = describeLayers(dna, kinds, task);
    return layers.length === 0 ? [] : [{ candidate, dna, layers }];
  });
}

function describeLayers(dna: string, kinds: Registry<LayerKind>, task: Task): DescribedNetwork['layers'] {
  try {
    const expressed = express(parseDna(dna, kinds), { kinds, task });
    if (!expressed.ok) return [];
    const { policy, value } = expressed.network;
    return policy.flatMap((layer, index) => {
      const last = index === policy.length - 1;
      const name = `layer ${index + 1}: ${printGene(layer.plan.gene, kinds, last)}`;
      // Policy and value network differ in their last layer alone.
      const places = last
        ? [[' as policy head', layer] as const, [' as value head', value[index]!] as const]
        : [['', layer] as const];
      return places.flatMap(([role, { plan, place, inputRows }]) => {
        const description = plan.describe?.(inputRows, place);
        return description === undefined ? [] : [{ name: `${name}${role}`, description }];
      });
    });
  } catch (error) {
    if (isHqnasError(error)) return [];
    throw error;
  }
}
