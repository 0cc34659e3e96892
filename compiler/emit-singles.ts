import type { Expression, KernelFunction } from './kernel/expression.js';
import { FunctionBuilder, i32 } from './kernel/function-builder.js';
import type { RowBuffer, SingleBuffer } from './op.js';
import { singleAddresses, singleKernel } from './passes/single-samples.js';
import type { ProgramPlan } from './program-plan.js';

/** Name of the exported function that computes one output for the sample at a byte offset within the rows. */
export function singleFunction(output: string): string {
  return `single:${output}`;
}

/** One function per op, and one per output that copies the sample's column in, calls them, and copies the result out. */
export function emitSingles(plan: ProgramPlan): { functions: KernelFunction[]; exports: KernelFunction[] } {
  const { graph, memory, outputs } = plan;
  const { nodes: lists, values } = memory.singles;
  const nodes = new Set(lists.flatMap((list) => list ?? []));
  const name = (node: number): string => `single ${node} ${graph.nodes[node]!.name}`;
  const functions = [...nodes].flatMap((node) => {
    const kernel = singleKernel(graph.nodes[node]!);
    if (kernel === undefined) return [];
    const fn = new FunctionBuilder(name(node), [], plan.relaxed);
    const at = singleAddresses(graph, memory.singles, memory.parameters, node);
    kernel.forward(fn, at, graph.nodes[node]!.attributes);
    return [fn.finish()];
  });
  const exports = lists.flatMap((list, output) => {
    if (list === undefined) return [];
    const fn = new FunctionBuilder(singleFunction(outputs[output]!.name), ['i32']);
    const sample = fn.parameter<'i32'>(0);
    for (const node of list) {
      if (graph.nodes[node]!.op === 'input') copyIn(fn, memory.values[node]!, sample, values[node]!);
      else fn.call(name(node));
    }
    const { node } = outputs[output]!;
    if (graph.nodes[node]!.op !== 'input') copyOut(fn, values[node]!, memory.values[node]!, sample);
    return [fn.finish()];
  });
  return { functions, exports };
}

function copyIn(fn: FunctionBuilder, from: RowBuffer, sample: Expression<'i32'>, to: SingleBuffer): void {
  eachRow(fn, from, sample, (row, place) => {
    fn.store(place, to.address, fn.f32.loadElement(row, from.address));
  });
}

function copyOut(fn: FunctionBuilder, from: SingleBuffer, to: RowBuffer, sample: Expression<'i32'>): void {
  eachRow(fn, to, sample, (row, place) => {
    fn.store(row, to.address, fn.f32.loadElement(place, from.address));
  });
}

function eachRow(
  fn: FunctionBuilder,
  { rows, strideBytes }: RowBuffer,
  sample: Expression<'i32'>,
  body: (row: Expression<'i32'>, place: Expression<'i32'>) => void,
): void {
  const row = fn.let(sample);
  fn.loop(0, rows * 4, 4, (place) => {
    body(row, place);
    fn.set(row, i32.add(row, strideBytes));
  });
}
