import type { Graph } from '../graph.js';
import type { GradientFlow } from './gradient-flow.js';
import { ancestors, type Liveness } from './liveness.js';

/** A run of kernels that one exported function calls in order, or an op that runs in TypeScript between two of them. */
export type Segment =
  | { readonly kind: 'kernels'; readonly name: string; readonly callees: readonly string[] }
  | { readonly kind: 'host'; readonly node: number };

export interface Schedule {
  readonly forward: readonly Segment[];
  /** What one output alone needs. */
  readonly forwardOf: Readonly<Record<string, readonly Segment[]>>;
  readonly backward: readonly Segment[];
}

/** Name of the function that copies the caller's cotangents. */
export const seedFunction = 'backward seed';

export function forwardFunction(graph: Graph, node: number): string {
  return `forward ${node} ${graph.nodes[node]!.name}`;
}

export function backwardFunction(graph: Graph, node: number): string {
  return `backward ${node} ${graph.nodes[node]!.name}`;
}

/** Groups the ops into as few calls as possible. Names of segments depend on nothing that the graph's key leaves out. */
export function planSchedule(
  graph: Graph,
  outputs: readonly { readonly name: string; readonly node: number }[],
  { live }: Liveness,
  flow: GradientFlow,
): Schedule {
  const computed = (nodes: readonly boolean[]): number[] =>
    graph.nodes.flatMap(({ op }, node) => (nodes[node]! && op !== 'input' ? [node] : []));
  const forwardName = (node: number): string => forwardFunction(graph, node);
  const all = computed(live);
  const forward = segments(graph, all, 'forward', forwardName);
  const entries = outputs.map(({ name, node }) => {
    const needed = computed(ancestors(graph, [node]));
    return [
      name,
      needed.length === all.length ? forward : segments(graph, needed, `forward:${name}`, forwardName),
    ] as const;
  });
  const backward = segments(
    graph,
    flow.steps.map(({ node }) => node),
    'backward',
    (node) => backwardFunction(graph, node),
    flow.seeds.length > 0 ? [seedFunction] : [],
  );
  return { forward, forwardOf: Object.fromEntries(entries), backward };
}

function segments(
  graph: Graph,
  nodes: readonly number[],
  name: string,
  functionOf: (node: number) => string,
  first: readonly string[] = [],
): Segment[] {
  const result: Segment[] = [];
  let callees = [...first];
  const close = (): void => {
    if (callees.length > 0) result.push({ kind: 'kernels', name: `${name} ${result.length}`, callees });
    callees = [];
  };
  for (const node of nodes) {
    const { op } = graph.nodes[node]!;
    if (op !== 'input' && op.kernel.host === true) {
      close();
      result.push({ kind: 'host', node });
    } else {
      callees.push(functionOf(node));
    }
  }
  close();
  return result;
}
