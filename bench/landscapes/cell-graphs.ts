/**
 * The search space of NAS-Bench-101 (Ying et al. 2019, arXiv 1902.09635) without its data: cells are directed acyclic
 * graphs of up to 7 vertices and 9 edges, the first the input, the last the output, the others with one of 3 operations;
 * every vertex lies on a way from input to output. Two cells are the same network when they are isomorphic.
 */
export interface CellCounts {
  /** Adjacency matrices in which every vertex counts. */
  readonly matrices: number;
  /** The same with every choice of operations. */
  readonly labelled: number;
  /** Different networks. */
  readonly unique: number;
}

/** Bound once: looking up a global is slow where code runs in a sandbox, as tests do. */
const { imul } = Math;

const operations = 3;

/** Counts the cells of exactly `vertices` vertices, each network by the hash that is given. */
export function countCells(vertices: number, mostEdges = 9, hash: CellHash = cellHash): CellCounts {
  const edges: (readonly [from: number, to: number])[] = [];
  for (let to = 1; to < vertices; to++) for (let from = 0; from < to; from++) edges.push([from, to]);
  const inner = vertices - 2;
  const colourings = operations ** inner;
  const labels = new Uint8Array(vertices);
  labels[0] = operations;
  labels[vertices - 1] = operations + 1;
  const seen = new Set<string>();
  let matrices = 0;
  for (let bits = 0; bits < 2 ** edges.length; bits++) {
    if (bitCount(bits) > mostEdges) continue;
    const next = Array.from({ length: vertices }, () => 0);
    const before = Array.from({ length: vertices }, () => 0);
    for (const [index, [from, to]] of edges.entries()) {
      if (((bits >>> index) & 1) === 0) continue;
      next[from]! |= 1 << to;
      before[to]! |= 1 << from;
    }
    if (!everyVertexCounts(next, before)) continue;
    matrices++;
    for (let colouring = 0; colouring < colourings; colouring++) {
      for (let vertex = 1, rest = colouring; vertex <= inner; vertex++) {
        labels[vertex] = rest % operations;
        rest = Math.floor(rest / operations);
      }
      seen.add(hash(next, before, labels));
    }
  }
  return { matrices, labelled: matrices * colourings, unique: seen.size };
}

/** Equal for isomorphic cells. `next` and `before` are bit sets of neighbours by vertex. */
export type CellHash = (next: readonly number[], before: readonly number[], labels: Uint8Array) => string;

/**
 * Vertices start with their operation and their numbers of neighbours; in each round a vertex takes up what its
 * neighbours before and after it hold, whatever their order. After as many rounds as there are vertices the whole is the
 * sorted list (as in Ying et al. 2019; a Weisfeiler-Lehman refinement with directions).
 */
export const cellHash: CellHash = (next, before, labels) => {
  const count = labels.length;
  let colours = new Uint32Array(count);
  let other = new Uint32Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    colours[vertex] = mix(mix(labels[vertex]! + 1, bitCount(next[vertex]!)), bitCount(before[vertex]!));
  }
  for (let round = 0; round < count; round++) {
    for (let vertex = 0; vertex < count; vertex++) {
      const seen = mix(colours[vertex]!, gather(before[vertex]!, colours, 0x1e3779b9));
      other[vertex] = mix(seen, gather(next[vertex]!, colours, 0x25ebca6b));
    }
    [colours, other] = [other, colours];
  }
  return colours.sort().join();
};

/** A commutative digest of the colours of some vertices. */
function gather(vertices: number, colours: Uint32Array, seed: number): number {
  let sum = 0;
  let product = 1;
  for (let vertex = 0; vertices >>> vertex !== 0; vertex++) {
    if (((vertices >>> vertex) & 1) === 0) continue;
    const value = mix(seed, colours[vertex]!);
    sum = (sum + value) | 0;
    product = imul(product, value | 1);
  }
  return mix(sum, product);
}

/** 32 bits of two numbers: the finaliser of MurmurHash3 over their combination. */
export function mix(a: number, b: number): number {
  let hash = imul(a ^ imul(b + 0x7f4a7c15, 0x9e3779b1), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Whether every vertex can be reached from the first and reaches the last. */
function everyVertexCounts(next: readonly number[], before: readonly number[]): boolean {
  const last = next.length - 1;
  let reached = 1;
  for (let vertex = 1; vertex <= last; vertex++) {
    if ((before[vertex]! & reached) === 0) return false;
    reached |= 1 << vertex;
  }
  let reaching = 1 << last;
  for (let vertex = last - 1; vertex >= 0; vertex--) {
    if ((next[vertex]! & reaching) === 0) return false;
    reaching |= 1 << vertex;
  }
  return true;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
