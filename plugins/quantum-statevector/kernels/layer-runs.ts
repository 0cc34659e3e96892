import { i32, type FloatVector } from '../../../compiler/index.js';
import type { CircuitPlan } from '../layout.js';
import { knownLayer, type CircuitContext, type LayerPlace } from './circuit-context.js';

/** Layers first .. first + count - 1, whose kernels differ in addresses only. */
interface LayerRun {
  readonly first: number;
  readonly count: number;
}

/**
 * Repeats `body` for every layer, from the first or from the last. Layers that are alike share the instructions of one loop: written
 * out one after the other, those of a deep circuit would not stay in the cache.
 */
export function eachLayer<V extends FloatVector>(
  { fn, plan }: CircuitContext<V>,
  order: 'forward' | 'backward',
  body: (layer: LayerPlace) => void,
): void {
  const runs = layerRuns(plan);
  for (const { first, count } of order === 'forward' ? runs : runs.toReversed()) {
    if (count === 1) {
      fn.scope(() => {
        body(knownLayer(first));
      });
      continue;
    }
    fn.loop(0, count, 1, (index) => {
      const counter = order === 'forward' ? index : fn.let(i32.subtract(i32.constant(count - 1), index));
      body({ known: first, counter });
    });
  }
}

function layerRuns(plan: CircuitPlan): LayerRun[] {
  const runs: { readonly first: number; readonly kind: string; count: number }[] = [];
  plan.form.layers.forEach((_, layer) => {
    const kind = kindOf(plan, layer);
    const last = runs.at(-1);
    if (last?.kind === kind) last.count++;
    else runs.push({ first: layer, kind, count: 1 });
  });
  return runs;
}

/** Everything about a layer that its instructions depend on. */
function kindOf({ form, turns }: CircuitPlan, layer: number): string {
  const { rotations, diagonal } = form.layers[layer]!;
  const turned = rotations.map((angle) => {
    if (angle === undefined) return '-';
    return turns[layer] === 'quarter' ? Math.sign(angle.constant) : angle.weights.length > 0 ? 'w' : 'c';
  });
  return [turns[layer], ...turned, diagonal.terms.length > 0].join(' ');
}
