import { refuse, type LayerKind, type LayerPlan, type Place, type Refusal } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Task } from './constraint.js';
import { printGene } from './dna.js';
import type { Genome, Limits } from './genome.js';
import { outsideLimits } from './limits.js';

/** Gains of orthogonal initialisation by role. */
export interface Gains {
  readonly hidden: number;
  readonly policy: number;
  readonly value: number;
}

/** Hidden sqrt(2), policy 0.01, value 1: the usual choice for PPO (Andrychowicz et al. 2021, arXiv 2006.05990). */
export const usualGains: Gains = { hidden: Math.SQRT2, policy: 0.01, value: 1 };

/** A layer in its place, with the rows that go in and come out. */
export interface PlacedLayer {
  readonly plan: LayerPlan;
  readonly place: Place;
  readonly inputRows: number;
  readonly outputRows: number;
}

/** Policy and value network of one genome. They differ in their last layer only: what comes before it may be shared. */
export interface ExpressedNetwork {
  readonly policy: readonly PlacedLayer[];
  readonly value: readonly PlacedLayer[];
}

/** A genome that can be built. */
export interface Expression {
  readonly ok: true;
  readonly network: ExpressedNetwork;
}

/** What a genome is expressed for. */
export interface ExpressOptions {
  readonly kinds: Registry<LayerKind>;
  readonly task: Task;
  /** Also refuse what is outside these limits. */
  readonly limits?: Limits;
  readonly gains?: Gains;
}

/**
 * Puts every layer of a genome in its place: a hidden layer is asked for the rows that the next one needs, the last one
 * for the numbers of its head (`task.policyRows` and 1). A genome whose layers do not fit is refused with a reason that
 * names the layer.
 * @throws HqnasError `unknown-id`, `unknown-option`, `missing-option`, `invalid-option` for genes that are none
 */
export function express(genome: Genome, options: ExpressOptions): Expression | Refusal {
  const { kinds, task, limits, gains = usualGains } = options;
  if (genome.layers.length === 0) return refuse('a network needs at least one layer');
  const outside = limits === undefined ? undefined : outsideLimits(genome, kinds, limits);
  if (outside !== undefined) return outside;
  const plans = genome.layers.map((gene) => kinds.get(gene.kind).plan(gene));
  const policy = chain(
    plans,
    task.observationRows,
    { rows: task.policyRows, role: 'policy', gain: gains.policy },
    gains.hidden,
    kinds,
  );
  if (!policy.ok) return policy;
  const value = chain(plans, task.observationRows, { rows: 1, role: 'value', gain: gains.value }, gains.hidden, kinds);
  if (!value.ok) return value;
  return { ok: true, network: { policy: policy.layers, value: value.layers } };
}

function chain(
  plans: readonly LayerPlan[],
  observationRows: number,
  head: Place,
  hiddenGain: number,
  kinds: Registry<LayerKind>,
): { readonly ok: true; readonly layers: readonly PlacedLayer[] } | Refusal {
  const layers: PlacedLayer[] = [];
  let rows = observationRows;
  for (const [index, plan] of plans.entries()) {
    const next = plans[index + 1];
    const refuseLayer = (reason: string): Refusal =>
      refuse(`layer ${index + 1} (${printGene(plan.gene, kinds, next === undefined)}): ${reason}`);
    if (plan.inputRows !== undefined && plan.inputRows !== rows) {
      return refuseLayer(
        `needs ${plan.inputRows} inputs, but ${index === 0 ? 'the observation' : `layer ${index}`} gives ${rows}`,
      );
    }
    const place: Place = next === undefined ? head : { rows: next.inputRows, role: 'hidden', gain: hiddenGain };
    const output = plan.outputRows(rows, place);
    if (typeof output !== 'number') return refuseLayer(output.reason);
    if (next === undefined && output !== head.rows) {
      return refuseLayer(`gives ${output} numbers, but the ${head.role} head needs ${head.rows}`);
    }
    layers.push({ plan, place, inputRows: rows, outputRows: output });
    rows = output;
  }
  return { ok: true, layers };
}
