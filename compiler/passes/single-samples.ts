import type { Graph, GraphNode } from '../graph.js';
import type { MemoryViews, SingleAddresses, SingleBuffer, SingleKernel } from '../op.js';
import type { JsonObject } from '../../core/json.js';
import { ancestors } from './liveness.js';

/** How outputs are computed one sample at a time, and where that takes place. */
export interface SinglePlan {
  /** Nodes to compute, by output, in order; undefined where some op knows only whole groups of samples. */
  readonly nodes: readonly (readonly number[] | undefined)[];
  /** By node; undefined where no output needs it. */
  readonly values: readonly (SingleBuffer | undefined)[];
  readonly tables: readonly number[];
}

/** `reserve` gives the address of so many bytes. */
export function planSingles(graph: Graph, outputs: readonly number[], reserve: (bytes: number) => number): SinglePlan {
  const nodes = outputs.map((output) => {
    const needed = ancestors(graph, [output]);
    const able = graph.nodes.every((node, index) => !needed[index]! || node.op === 'input' || singleKernel(node));
    return able ? graph.nodes.flatMap((_, index) => (needed[index]! ? [index] : [])) : undefined;
  });
  const used = new Set(nodes.flatMap((list) => list ?? []));
  const values = graph.nodes.map(({ rows }, node) =>
    used.has(node) ? { address: reserve(Math.ceil(rows / 4) * 16), rows } : undefined,
  );
  const tables = graph.nodes.map((node, index) => {
    const bytes = used.has(index)
      ? singleKernel(node)?.tableBytes?.(
          node.inputs.map((input) => graph.nodes[input]!.rows),
          node.rows,
        )
      : undefined;
    return bytes === undefined ? 0 : reserve(bytes);
  });
  return { nodes, values, tables };
}

export function singleKernel({ op }: GraphNode): SingleKernel<JsonObject> | undefined {
  return op === 'input' || op.kernel.host === true ? undefined : op.kernel.single;
}

/** `parameters` is the address of all parameters. */
export function singleAddresses(graph: Graph, plan: SinglePlan, parameters: number, node: number): SingleAddresses {
  const { inputs, parameters: indices } = graph.nodes[node]!;
  return {
    inputs: inputs.map((input) => plan.values[input]!),
    output: plan.values[node]!,
    parameters: indices.map((index) => parameters + graph.parameters[index]!.offset * 4),
    table: plan.tables[node]!,
  };
}

/** What fills the tables of all ops from the parameters. */
export function tableFillers(graph: Graph, plan: SinglePlan, parameters: number, memory: MemoryViews): (() => void)[] {
  return graph.nodes.flatMap((node, index) => {
    const kernel = singleKernel(node);
    if (plan.values[index] === undefined || kernel?.fillTable === undefined) return [];
    const at = singleAddresses(graph, plan, parameters, index);
    return [
      () => {
        kernel.fillTable!(memory, at, node.attributes);
      },
    ];
  });
}
