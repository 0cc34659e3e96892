import type { Gene } from '../layer/layer-kind.js';
import { canonicalJson } from '../json.js';
import type { Genome } from './genome.js';

/** Place of a layer in the other genome; undefined where it has no counterpart there. */
export type LayerMatch = number | undefined;

/**
 * The counterparts of a child's layers among those of its parent: the pairing of two lists in order with the least cost
 * (Wagner and Fischer 1974). A layer that was added or left out costs 1; one of the same kind with other hyperparameters
 * costs 0.6 and up to 0.3 more, by how far its numbers are from the other's; kinds do not mix. The last layers, which
 * are the heads, belong together where their kinds agree.
 * @returns by layer of the child
 */
export function alignLayers(parent: Genome, child: Genome): readonly LayerMatch[] {
  const [before, after] = [parent.layers, child.layers];
  const sameHead = before.at(-1)?.kind === after.at(-1)?.kind;
  const rows = before.length - 1;
  const columns = after.length - 1;
  /** Least cost of the first i and j layers. */
  const costs = Array.from({ length: rows + 1 }, (_, i) =>
    Array.from({ length: columns + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) {
      const paired = costs[i - 1]![j - 1]! + difference(before[i - 1]!, after[j - 1]!);
      costs[i]![j] = Math.min(paired, costs[i - 1]![j]! + 1, costs[i]![j - 1]! + 1);
    }
  }
  const matches: LayerMatch[] = after.map(() => undefined);
  if (sameHead) matches[columns] = rows;
  let [i, j] = [rows, columns];
  while (i > 0 && j > 0) {
    const cost = costs[i]![j]!;
    // Of equal ways the one that pairs early layers: an added twin is the later one.
    if (cost === costs[i]![j - 1]! + 1) j--;
    else if (cost === costs[i - 1]![j]! + 1) i--;
    else matches[--j] = --i;
  }
  return matches;
}

function difference(first: Gene, second: Gene): number {
  if (first.kind !== second.kind) return Infinity;
  if (canonicalJson(first) === canonicalJson(second)) return 0;
  let far = 0;
  for (const [name, value] of Object.entries(first)) {
    const other = second[name];
    if (typeof value !== 'number' || typeof other !== 'number' || value === other) continue;
    far = Math.max(far, Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other)));
  }
  return 0.6 + 0.3 * Math.min(1, far);
}
