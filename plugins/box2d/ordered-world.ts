/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import type * as Planck from 'planck';

type Box = object;

/** What planck's world finds new contacts with; its types hide it. Proxies are numbered in the order of creation. */
interface BroadPhase {
  /** Proxies that moved since the last time; null for one that is gone. */
  readonly m_moveBuffer: (number | null)[];
  readonly m_tree: {
    getFatAABB(proxy: number): Box;
    getUserData(proxy: number): unknown;
    query(box: Box, found: (proxy: number) => boolean): void;
  };
  updatePairs(add: (a: unknown, b: unknown) => void): void;
}

/**
 * planck's world with new contacts in the order of Box2D. Box2D sorts the pairs that came close in a step by the numbers of
 * their proxies (b2BroadPhase::UpdatePairs, Box2D 2.3); planck takes them as its tree finds them. Contacts are solved in the
 * order in which they came, so where several arise at once, the two engines part by a hundredth in the next step.
 */
export function orderedWorld({ World }: typeof Planck): typeof Planck.World {
  class OrderedWorld extends World {
    constructor(definition?: Planck.WorldDef) {
      super(definition ?? {});
      const { m_broadPhase: broadPhase } = this as unknown as { readonly m_broadPhase?: BroadPhase };
      // Where another version of planck keeps its proxies elsewhere, its own order stands.
      if (broadPhase?.m_moveBuffer === undefined) return;
      broadPhase.updatePairs = (add) => addInOrder(broadPhase, add);
    }
  }
  // planck's classes can also be called without "new", which is deprecated and which nobody here does.
  return OrderedWorld as unknown as typeof World;
}

function addInOrder({ m_moveBuffer: moved, m_tree: tree }: BroadPhase, add: (a: unknown, b: unknown) => void): void {
  if (moved.length === 0) return;
  const pairs: (readonly [low: number, high: number])[] = [];
  for (const proxy of moved) {
    if (proxy === null) continue;
    tree.query(tree.getFatAABB(proxy), (other) => {
      if (other !== proxy) pairs.push(other < proxy ? [other, proxy] : [proxy, other]);
      return true;
    });
  }
  moved.length = 0;
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  pairs.forEach(([low, high], i) => {
    const before = pairs[i - 1];
    // Found twice, where both moved.
    if (before !== undefined && before[0] === low && before[1] === high) return;
    add(tree.getUserData(low), tree.getUserData(high));
  });
}
