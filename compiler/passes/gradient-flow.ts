import type { Graph } from '../graph.js';
import type { Op, OpKernel } from '../op.js';
import type { JsonObject } from '../../core/json.js';
import type { Liveness } from './liveness.js';

/** Where one op's input gradient goes. */
export interface GradientTarget {
  /** Node whose delta receives it. */
  readonly node: number;
  readonly accumulate: boolean;
  /** Elementwise node between the op and `node`, whose derivative the op applies itself. */
  readonly through: number | undefined;
}

/** One backward call. */
export interface BackwardStep {
  readonly node: number;
  /** One per input of the node; undefined where no gradient is needed. */
  readonly targets: readonly (GradientTarget | undefined)[];
}

export interface GradientFlow {
  /** In order of execution: from the outputs to the inputs. */
  readonly steps: readonly BackwardStep[];
  /** Outputs whose cotangents are copied into their node's delta first; others are read where the caller wrote them. */
  readonly seeds: readonly { readonly output: number; readonly accumulate: boolean }[];
  /** Elementwise nodes that need no delta: their derivative is applied by the op that reads them. */
  readonly fused: ReadonlySet<number>;
}

/** The kernel of an elementwise op, or undefined. */
export function elementwiseKernel(op: Op | 'input'): OpKernel<JsonObject> | undefined {
  return op !== 'input' && op.kernel.host === undefined && op.kernel.elementwise !== undefined ? op.kernel : undefined;
}

/** Reverse mode: who writes and who adds to which gradient, and which derivatives fuse. `outputs` are node indices. */
export function planGradientFlow(graph: Graph, outputs: readonly number[], liveness: Liveness): GradientFlow {
  const { live, needsGradient, uses } = liveness;
  const { nodes } = graph;
  const isOutput = new Set(outputs);
  const written = nodes.map(() => false);
  const fused = new Set<number>();
  const steps: BackwardStep[] = [];
  const seeds: { output: number; accumulate: boolean }[] = [];
  outputs.forEach((node, output) => {
    if (!needsGradient[node]! || ownsCotangent(graph, outputs, liveness, node)) return;
    seeds.push({ output, accumulate: written[node]! });
    written[node] = true;
  });
  const target = (reader: Op, input: number): GradientTarget | undefined => {
    if (!needsGradient[input]!) return undefined;
    const { op, inputs } = nodes[input]!;
    const fuses =
      reader.kernel.host === undefined &&
      reader.kernel.fusesEpilogue === true &&
      elementwiseKernel(op) !== undefined &&
      uses[input] === 1 &&
      !isOutput.has(input);
    const node = fuses ? inputs[0]! : input;
    if (fuses) fused.add(input);
    const accumulate = written[node]!;
    written[node] = true;
    return { node, accumulate, through: fuses ? input : undefined };
  };
  for (let node = nodes.length - 1; node >= 0; node--) {
    const { op, inputs } = nodes[node]!;
    if (op === 'input' || !live[node]! || !needsGradient[node]! || fused.has(node)) continue;
    steps.push({ node, targets: inputs.map((input) => target(op, input)) });
  }
  return { steps, seeds, fused };
}

/** Whether the caller's cotangent rows serve as the node's delta: nothing else adds to it. */
export function ownsCotangent(graph: Graph, outputs: readonly number[], { uses }: Liveness, node: number): boolean {
  return graph.nodes[node]!.op !== 'input' && uses[node] === 0 && outputs.indexOf(node) === outputs.lastIndexOf(node);
}
