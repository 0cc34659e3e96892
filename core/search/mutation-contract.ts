import { didYouMean } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import type { Mutation, MutationContext } from '../genome/mutation.js';
import { canonicalJson } from '../json.js';
import { refuse, type LayerKind, type Refusal } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';

/** Whether what a plugin returned is a genome: layers of registered kinds with scalar hyperparameters. */
export function asGenome(
  value: unknown,
  kinds: Registry<LayerKind>,
): { readonly ok: true; readonly genome: Genome } | Refusal {
  if (!isRecord(value) || !Array.isArray(value['layers'])) return refuse('it has no list "layers"');
  const layers: readonly unknown[] = value['layers'];
  if (layers.length === 0) return refuse('it has no layers');
  for (const [index, gene] of layers.entries()) {
    if (!isRecord(gene) || typeof gene['kind'] !== 'string') return refuse(`layer ${index + 1} has no "kind"`);
    if (!kinds.has(gene['kind'])) {
      return refuse(
        `layer ${index + 1}: there is no layer "${gene['kind']}". ${didYouMean(gene['kind'], kinds.ids())}`,
      );
    }
    const wrong = Object.entries(gene).find(([, hyper]) => !isScalar(hyper));
    if (wrong !== undefined) return refuse(`layer ${index + 1}: "${wrong[0]}" is not a finite number, text or boolean`);
  }
  // Every part was checked just above.
  return { ok: true, genome: value as unknown as Genome };
}

/**
 * Whether a mutation that threw on its frozen parent did so because it tried to change it: told by the same call on a
 * copy that can be changed. `context` must carry the same random stream from its start.
 */
export function changesItsParent(mutation: Mutation, parent: Genome, context: MutationContext): boolean {
  const copy: Genome = { layers: parent.layers.map((gene) => ({ ...gene })) };
  try {
    mutation.mutate(copy, context);
  } catch {
    // Only the copy tells: a mutation may change its parent and then throw for another reason.
  }
  try {
    return canonicalJson(copy) !== canonicalJson(parent);
  } catch {
    return true;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
