import { canonicalJson, sha256 } from '../json.js';
import type { LayerKind, LayerPlan, Place } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Genome } from './genome.js';

type LayerIdentity = ReturnType<LayerPlan['identity']>;

/**
 * Equal for genomes that are the same network: SHA-256 over the canonical JSON of what each layer does in its place.
 * Hyperparameters that are left out count as their defaults, and what a layer ignores in its place does not count: the
 * width and activation of a dense layer that serves as head, for example. Different genes that happen to compute the
 * same function (a circuit that is its own inverse) stay different networks.
 */
export function identityOf({ layers }: Genome, kinds: Registry<LayerKind>): string {
  const plans = layers.map((gene) => kinds.get(gene.kind).plan(gene));
  const parts = plans.map((plan, index) => {
    const next = plans[index + 1];
    if (next === undefined) return [plan.gene.kind, headIdentity(plan)];
    return [plan.gene.kind, plan.identity({ rows: next.inputRows, role: 'hidden', gain: 1 })];
  });
  return sha256(canonicalJson(parts));
}

/** What a last layer does as head of the policy and of the value network, whatever the task. */
export function headIdentity(plan: LayerPlan): { readonly policy: LayerIdentity; readonly value: LayerIdentity } {
  const head = (role: 'policy' | 'value'): Place => ({ rows: role === 'value' ? 1 : undefined, role, gain: 1 });
  return { policy: plan.identity(head('policy')), value: plan.identity(head('value')) };
}
