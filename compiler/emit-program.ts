import { emitSingles } from './emit-singles.js';
import type { KernelFunction } from './kernel/expression.js';
import { FunctionBuilder } from './kernel/function-builder.js';
import type { KernelModule } from './kernel/kernel-module.js';
import type { GradientEpilogue, RowBuffer } from './op.js';
import { mapVectors } from './ops/row-pass.js';
import { adamKernel, normKernel } from './optimizer-kernels.js';
import { type BackwardStep, elementwiseKernel } from './passes/gradient-flow.js';
import { backwardFunction, forwardFunction, type Segment, seedFunction } from './passes/schedule.js';
import { addressesOf, type ProgramPlan } from './program-plan.js';

/** Writes all kernels of a program: one function per op and direction, and exported functions that call them in order. */
export function emitProgram(plan: ProgramPlan): KernelModule {
  const { graph, flow, liveness, memory, schedule } = plan;
  const functions: KernelFunction[] = [];
  graph.nodes.forEach(({ op }, node) => {
    if (op !== 'input' && liveness.live[node]! && op.kernel.host !== true) functions.push(emitForward(plan, node));
  });
  if (flow.seeds.length > 0) functions.push(emitSeeds(plan));
  for (const step of flow.steps) {
    const { op } = graph.nodes[step.node]!;
    if (op !== 'input' && op.kernel.host !== true) functions.push(emitBackward(plan, step));
  }
  const exports: KernelFunction[] = [];
  const lists = new Set([schedule.forward, ...Object.values(schedule.forwardOf), schedule.backward]);
  for (const list of lists)
    for (const segment of list) if (segment.kind === 'kernels') exports.push(emitSegment(segment));
  plan.heads.forEach((_, index) => exports.push(emitHead(plan, index)));
  const singles = emitSingles(plan);
  functions.push(...singles.functions);
  exports.push(...singles.exports);
  if (graph.parameterCount > 0) {
    exports.push(adamKernel(memory, graph.parameterCount), normKernel(memory, graph.parameterCount));
  }
  return { functions: [...functions, ...exports], exports: exports.map(({ name }) => name) };
}

/** Name of the exported function of a head. */
export function headFunction(name: string): string {
  return `head ${name}`;
}

function emitSegment({ name, callees }: Segment & { readonly kind: 'kernels' }): KernelFunction {
  const fn = new FunctionBuilder(name, ['i32']);
  for (const callee of callees) fn.call(callee, fn.parameter<'i32'>(0));
  return fn.finish();
}

function emitForward(plan: ProgramPlan, node: number): KernelFunction {
  const { op, attributes } = plan.graph.nodes[node]!;
  const fn = new FunctionBuilder(forwardFunction(plan.graph, node), ['i32'], plan.relaxed, plan.wide);
  if (op !== 'input' && op.kernel.host === undefined) {
    op.kernel.forward(fn, { ...addressesOf(plan, node), sampleBytes: fn.parameter<'i32'>(0) }, attributes);
  }
  return fn.finish();
}

function emitBackward(plan: ProgramPlan, { node, targets }: BackwardStep): KernelFunction {
  const { op, attributes } = plan.graph.nodes[node]!;
  const fn = new FunctionBuilder(backwardFunction(plan.graph, node), ['i32'], plan.relaxed, plan.wide);
  if (op !== 'input' && op.kernel.host === undefined) {
    const epilogues = targets.map((target) =>
      target?.through === undefined ? undefined : epilogueOf(plan, fn, target.through),
    );
    const at = { ...addressesOf(plan, node), epilogues, sampleBytes: fn.parameter<'i32'>(0) };
    op.kernel.backward(fn, at, attributes);
  }
  return fn.finish();
}

function epilogueOf({ graph, memory }: ProgramPlan, fn: FunctionBuilder, node: number): GradientEpilogue {
  const { op, inputs, attributes } = graph.nodes[node]!;
  const derivative = elementwiseKernel(op)!.elementwise!;
  const saves = op === 'input' ? [] : op.saves;
  const source = saves.includes('inputs') ? memory.values[inputs[0]!]! : memory.values[node]!;
  return (position, offset, dx) => {
    const dy = fn.let(dx);
    const saved = saves.length === 0 ? fn.f32.constant(0) : fn.let(fn.f32.load(position, source.address + offset));
    return derivative.backward(fn, dy, saved, attributes);
  };
}

function emitSeeds({ flow, outputs, memory, relaxed }: ProgramPlan): KernelFunction {
  const fn = new FunctionBuilder(seedFunction, ['i32'], relaxed);
  for (const { output, accumulate } of flow.seeds) {
    const from = memory.outputGradients[output]!;
    const to = { ...memory.deltas[outputs[output]!.node]!, accumulate };
    mapVectors(fn, from, fn.parameter<'i32'>(0), to, (position, offset) =>
      fn.f32.load(position, from.address + offset),
    );
  }
  return fn.finish();
}

function emitHead({ heads, memory, outputs, relaxed }: ProgramPlan, index: number): KernelFunction {
  const head = heads[index]!;
  const { rows, statistics } = memory.heads[index]!;
  const fn = new FunctionBuilder(headFunction(head.name), ['i32', ...head.scalars.map(() => 'f32' as const)], relaxed);
  const named = (buffers: (output: number) => RowBuffer): Record<string, RowBuffer> =>
    Object.fromEntries(outputs.map(({ name }, output) => [name, buffers(output)]));
  head.emit(fn, {
    outputs: named((output) => memory.values[outputs[output]!.node]!),
    outputGradients: named((output) => memory.outputGradients[output]!),
    rows,
    statistics,
    scalars: Object.fromEntries(head.scalars.map((name, i) => [name, fn.parameter<'f32'>(i + 1)])),
    sampleBytes: fn.parameter<'i32'>(0),
  });
  return fn.finish();
}
