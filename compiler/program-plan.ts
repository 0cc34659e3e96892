import { HqnasError } from '../core/errors.js';
import { canonicalJson } from '../core/json.js';
import type { Graph, Tensor } from './graph.js';
import type { HostAddresses, RowBuffer } from './op.js';
import { type GradientFlow, planGradientFlow } from './passes/gradient-flow.js';
import { analyzeLiveness, type Liveness } from './passes/liveness.js';
import { type MemoryPlan, planMemory } from './passes/memory-plan.js';
import { planSchedule, type Schedule } from './passes/schedule.js';
import type { CompileOptions, HeadKernel } from './program.js';
import { wideVectorsExpected } from './wide-vectors.js';

/** Changes whenever a kernel computes other bits or modules get another interface: cached modules of other versions are not used. */
export const compilerVersion = 2;

/** Everything that is decided before code is emitted; follows from the key alone. */
export interface ProgramPlan {
  readonly graph: Graph;
  readonly outputs: readonly { readonly name: string; readonly node: number }[];
  readonly heads: readonly HeadKernel[];
  readonly relaxed: boolean;
  /** Written for vectors of 256 bits. */
  readonly wide: boolean;
  readonly inputGradients: boolean;
  readonly liveness: Liveness;
  readonly flow: GradientFlow;
  readonly memory: MemoryPlan;
  readonly schedule: Schedule;
  /** Equal for programs with the same code. */
  readonly key: string;
}

/**
 * Runs the passes.
 * @throws HqnasError `invalid-outputs`, `invalid-capacity`
 */
export function planProgram(graph: Graph, options: CompileOptions): ProgramPlan {
  const { heads = [], capacity = 64, inputGradients = false, relaxed = false } = options;
  const outputs = Object.entries(options.outputs).map(([name, tensor]) => ({
    name,
    node: nodeOf(graph, name, tensor),
  }));
  if (outputs.length === 0)
    throw new HqnasError({ code: 'invalid-outputs', what: 'a program needs at least one output' });
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new HqnasError({
      code: 'invalid-capacity',
      what: 'the number of samples of a call is bad',
      expected: 'a whole number from 1',
      got: String(capacity),
    });
  }
  const nodes = outputs.map(({ node }) => node);
  const liveness = analyzeLiveness(graph, nodes, inputGradients);
  const flow = planGradientFlow(graph, nodes, liveness);
  const memory = planMemory(graph, nodes, heads, capacity, liveness, flow);
  const schedule = planSchedule(graph, outputs, liveness, flow);
  const headKeys = heads.map(({ name, key, rows, scalars, statistics }) => [
    name,
    key,
    Object.entries(rows),
    scalars,
    statistics,
  ]);
  const wide = wideVectorsExpected();
  const settings = [memory.capacity, relaxed, inputGradients, ...(wide ? ['wide'] : [])];
  const key = canonicalJson([
    compilerVersion,
    graph.key(),
    outputs.map(({ name, node }) => [name, node]),
    headKeys,
    settings,
  ]);
  return { graph, outputs, heads, relaxed, wide, inputGradients, liveness, flow, memory, schedule, key };
}

/** Addresses of one live op instance. Input gradients are undefined where none is wanted. */
export function addressesOf(plan: ProgramPlan, node: number): Omit<HostAddresses, 'samples'> {
  const { graph, memory, flow } = plan;
  const { inputs, parameters } = graph.nodes[node]!;
  const output = memory.values[node]!;
  const step = flow.steps.find((one) => one.node === node);
  const offsets = parameters.map((index) => graph.parameters[index]!.offset * 4);
  return {
    inputs: inputs.map((input) => memory.values[input]!),
    output,
    parameters: offsets.map((offset) => memory.parameters + offset),
    parameterGradients: offsets.map((offset) => memory.gradients + offset),
    workspace: memory.workspaces[node] ?? {},
    capacity: memory.capacity,
    // An op without a backward call never reads its gradient.
    outputGradient: memory.deltas[node] ?? output,
    inputGradients: inputs.map((_, i): (RowBuffer & { readonly accumulate: boolean }) | undefined => {
      const target = step?.targets[i];
      return target === undefined ? undefined : { ...memory.deltas[target.node]!, accumulate: target.accumulate };
    }),
  };
}

function nodeOf(graph: Graph, name: string, tensor: Tensor): number {
  if (tensor.graph === graph) return tensor.node;
  throw new HqnasError({
    code: 'invalid-outputs',
    what: 'the tensor belongs to another graph',
    where: `output ${name}`,
  });
}
