import type { Graph } from '../graph.js';
import type { RowBuffer } from '../op.js';
import type { HeadKernel } from '../program.js';
import { elementwiseKernel, type GradientFlow, ownsCotangent } from './gradient-flow.js';
import type { Liveness } from './liveness.js';
import { planSingles, type SinglePlan } from './single-samples.js';

/** First address that is used; below it a stray null pointer does no harm. */
const baseAddress = 1024;

export interface HeadPlan {
  readonly rows: Readonly<Record<string, RowBuffer>>;
  readonly statistics: Readonly<Record<string, number>>;
}

/** Where everything lies. Addresses are constants of the emitted code. */
export interface MemoryPlan {
  /** End of the used memory. */
  readonly bytes: number;
  /** Largest number of samples, a multiple of 8. */
  readonly capacity: number;
  readonly parameters: number;
  readonly gradients: number;
  readonly moments: readonly [number, number];
  /** By node; undefined for dead nodes. */
  readonly values: readonly (RowBuffer | undefined)[];
  /** Gradient by node; undefined where none is computed. */
  readonly deltas: readonly (RowBuffer | undefined)[];
  /** By output. */
  readonly outputGradients: readonly RowBuffer[];
  readonly workspaces: readonly (Readonly<Record<string, number>> | undefined)[];
  readonly heads: readonly HeadPlan[];
  readonly singles: SinglePlan;
}

/**
 * parameters | gradients | first moments | second moments, then values, gradients of values, workspaces, rows of
 * heads and values of single samples, each 64-byte aligned. Elementwise ops work in place where nobody else needs what they overwrite.
 */
export function planMemory(
  graph: Graph,
  outputs: readonly number[],
  heads: readonly HeadKernel[],
  samples: number,
  liveness: Liveness,
  flow: GradientFlow,
): MemoryPlan {
  const { nodes } = graph;
  const capacity = 8 * Math.ceil(samples / 8);
  const strideBytes = capacity * 4;
  let top = baseAddress;
  const reserve = (bytes: number): number => {
    const address = top;
    top = 64 * Math.ceil((top + bytes) / 64);
    return address;
  };
  const reserveRows = (rows: number): RowBuffer => ({ address: reserve(rows * strideBytes), rows, strideBytes });
  // Kernels read and write whole vectors: up to 16 bytes past the end, kept at zero.
  const parameterBytes = graph.parameterCount * 4 + 64;
  const parameters = reserve(parameterBytes);
  const gradients = reserve(parameterBytes);
  const moments = [reserve(parameterBytes), reserve(parameterBytes)] as const;

  const isOutput = new Set(outputs);
  const values: (RowBuffer | undefined)[] = [];
  nodes.forEach(({ op, rows, inputs }, node) => {
    const needed = liveness.live[node]! || op === 'input';
    const inPlace = needed && overwritesInput(graph, node, liveness, isOutput);
    values.push(!needed ? undefined : inPlace ? values[inputs[0]!] : reserveRows(rows));
  });

  const outputGradients = outputs.map((node) => reserveRows(nodes[node]!.rows));
  const deltas: (RowBuffer | undefined)[] = nodes.map(() => undefined);
  const wanted = (node: number): boolean =>
    liveness.needsGradient[node]! && !flow.fused.has(node) && (liveness.live[node]! || nodes[node]!.op === 'input');
  for (let node = nodes.length - 1; node >= 0; node--) {
    if (!wanted(node)) continue;
    if (isOutput.has(node) && ownsCotangent(graph, outputs, liveness, node)) {
      deltas[node] = outputGradients[outputs.indexOf(node)];
    } else {
      deltas[node] ??= reserveRows(nodes[node]!.rows);
    }
    // The gradient of an elementwise op's input may lie on that of its output when it is the only contribution.
    const { op, inputs } = nodes[node]!;
    const input = inputs[0];
    if (elementwiseKernel(op) === undefined || input === undefined || isOutput.has(node)) continue;
    const single = liveness.uses[input] === 1 && !isOutput.has(input) && nodes[input]!.op !== 'input';
    if (single && wanted(input)) deltas[input] = deltas[node];
  }

  const workspaces = nodes.map(({ op, inputs, attributes }, node) => {
    if (op === 'input' || !liveness.live[node]! || op.workspace === undefined) return undefined;
    const areas = op.workspace(
      inputs.map((input) => nodes[input]!.rows),
      capacity,
      attributes,
    );
    return Object.fromEntries(Object.entries(areas).map(([name, { bytes }]) => [name, reserve(bytes)]));
  });
  const headPlans = heads.map(({ rows, statistics }) => ({
    rows: Object.fromEntries(Object.entries(rows).map(([name, count]) => [name, reserveRows(count)])),
    statistics: Object.fromEntries(statistics.map((name) => [name, reserve(16)])),
  }));
  const singles = planSingles(graph, outputs, reserve);
  return {
    bytes: top + 64,
    capacity,
    parameters,
    gradients,
    moments,
    values,
    deltas,
    outputGradients,
    workspaces,
    heads: headPlans,
    singles,
  };
}

/** Whether an elementwise op may write its output over its input: no other reader, and no backward kernel needs the input. */
function overwritesInput(graph: Graph, node: number, { live, uses }: Liveness, isOutput: ReadonlySet<number>): boolean {
  const { op, inputs } = graph.nodes[node]!;
  if (op === 'input' || !live[node]! || elementwiseKernel(op) === undefined || op.saves.includes('inputs'))
    return false;
  const input = inputs[0]!;
  const producer = graph.nodes[input]!.op;
  return producer !== 'input' && !producer.saves.includes('output') && uses[input] === 1 && !isOutput.has(input);
}
