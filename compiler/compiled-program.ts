import { HqnasError } from '../core/errors.js';
import type { Rng } from '../core/random.js';
import type { Rows } from '../core/rows.js';
import type { ProgramCode } from './backend.js';
import { CompiledHead } from './compiled-head.js';
import { emitProgram, headFunction } from './emit-program.js';
import { singleFunction } from './emit-singles.js';
import type { KernelCall } from './kernel/kernel-module.js';
import { formatKernel } from './kernel/text.js';
import type { MemoryViews, RowBuffer } from './op.js';
import type { Segment } from './passes/schedule.js';
import { tableFillers } from './passes/single-samples.js';
import type { Head, Program } from './program.js';
import { NodeHooks } from './program-hooks.js';
import type { ProgramPlan } from './program-plan.js';

/** Up to so many samples are computed one by one: a group of eight costs more. */
const mostSingles = 4;

/** One call of a pass over the network: a kernel function or an op in TypeScript. */
interface Step {
  readonly kernel: KernelCall | undefined;
  readonly host: NodeHooks | undefined;
}

/** A plan and its code, run as {@link Program} says. */
export class CompiledProgram implements Program {
  readonly capacity: number;
  readonly parameterCount: number;
  readonly parameters: Float32Array;
  readonly moments: readonly [Float32Array, Float32Array];
  readonly inputs: readonly Rows[];
  readonly outputs: Readonly<Record<string, Rows>>;
  readonly outputGradients: Readonly<Record<string, Rows>>;
  readonly inputGradients: readonly Rows[] | undefined;
  readonly heads: Readonly<Record<string, Head>>;
  readonly backend: string;
  readonly memoryBytes: number;
  readonly #plan: ProgramPlan;
  readonly #gradients: Float32Array;
  readonly #forward: readonly Step[];
  readonly #forwardOf: ReadonlyMap<string, readonly Step[]>;
  /** Outputs that can be computed sample by sample, and what must run before once the parameters have changed. */
  readonly #singleOf: ReadonlyMap<string, KernelCall>;
  readonly #fillTables: readonly (() => void)[];
  readonly #backward: readonly Step[];
  readonly #norm: KernelCall | undefined;
  readonly #adam: KernelCall | undefined;
  readonly #preparing: readonly NodeHooks[];
  readonly #reducing: readonly NodeHooks[];
  readonly #random: readonly NodeHooks[];
  readonly #free: () => void;
  #released = false;
  /** The parameters changed since `prepare` ran. */
  #stale = true;
  /** The parameters changed since the tables of single samples were filled. */
  #staleTables = true;
  /** `backward` ran since `reduce` did. */
  #unreduced = false;
  #dropout: Rng | undefined;

  /** `free` runs when the program is released. */
  constructor(plan: ProgramPlan, { buffer, functions }: ProgramCode, backend: string, free: () => void) {
    const { graph, memory, outputs, schedule, liveness } = plan;
    const count = graph.parameterCount;
    const floats = new Float32Array(buffer);
    const views: MemoryViews = { f32: floats, i32: new Int32Array(buffer), f64: new Float64Array(buffer) };
    const vector = (address: number): Float32Array => new Float32Array(buffer, address, count);
    const rowsAt = ({ address, rows, strideBytes }: RowBuffer): Rows => ({
      data: new Float32Array(buffer, address, (rows * strideBytes) / 4),
      stride: strideBytes / 4,
      rows,
    });
    const inputNodes = graph.nodes.flatMap(({ op }, node) => (op === 'input' ? [node] : []));
    const hooks = graph.nodes.flatMap(({ op }, node) =>
      op !== 'input' && liveness.live[node]! ? [new NodeHooks(plan, node, views)] : [],
    );
    const steps = (segments: readonly Segment[]): Step[] =>
      segments.map((segment) =>
        segment.kind === 'kernels'
          ? { kernel: functions[segment.name]!, host: undefined }
          : { kernel: undefined, host: hooks.find(({ node }) => node === segment.node)! },
      );
    this.#plan = plan;
    this.backend = backend;
    this.capacity = memory.capacity;
    this.memoryBytes = memory.bytes;
    this.parameterCount = count;
    this.parameters = vector(memory.parameters);
    this.#gradients = vector(memory.gradients);
    this.moments = [vector(memory.moments[0]), vector(memory.moments[1])];
    this.inputs = inputNodes.map((node) => rowsAt(memory.values[node]!));
    this.inputGradients = plan.inputGradients ? inputNodes.map((node) => rowsAt(memory.deltas[node]!)) : undefined;
    this.outputs = Object.fromEntries(outputs.map(({ name, node }) => [name, rowsAt(memory.values[node]!)]));
    this.outputGradients = Object.fromEntries(outputs.map(({ name }, i) => [name, rowsAt(memory.outputGradients[i]!)]));
    this.#forward = steps(schedule.forward);
    this.#forwardOf = new Map(Object.entries(schedule.forwardOf).map(([name, list]) => [name, steps(list)]));
    this.#singleOf = new Map(
      outputs.flatMap(({ name }) => {
        const call = functions[singleFunction(name)];
        return call === undefined ? [] : [[name, call] as const];
      }),
    );
    this.#fillTables = tableFillers(graph, memory.singles, memory.parameters, views);
    this.#backward = steps(schedule.backward);
    this.#norm = functions['gradient norm'];
    this.#adam = functions['adam'];
    this.#preparing = hooks.filter((hook) => hook.has('prepare'));
    this.#reducing = hooks.filter((hook) => hook.has('reduce'));
    this.#random = hooks.filter((hook) => hook.has('randomize'));
    this.#free = free;
    const bytesOf = (samples: number): number => this.#bytesOf(samples);
    this.heads = Object.fromEntries(
      plan.heads.map(({ name, statistics }, i) => {
        const at = memory.heads[i]!;
        const rows = Object.fromEntries(Object.entries(at.rows).map(([row, place]) => [row, rowsAt(place)]));
        const lanes = statistics.map((statistic) => at.statistics[statistic]! / 4);
        return [name, new CompiledHead(functions[headFunction(name)]!, rows, floats, lanes, bytesOf)];
      }),
    );
    for (const hook of hooks) hook.initialize();
  }

  get gradients(): Float32Array {
    this.#reduce();
    return this.#gradients;
  }

  parametersChanged(): void {
    this.#stale = true;
    this.#staleTables = true;
  }

  initialize(rng: Rng): void {
    this.#check();
    for (const { index, size, offset, shape, initialize } of this.#plan.graph.parameters) {
      const values = new Float64Array(size);
      initialize(values, shape, rng.fork('parameter', index));
      this.parameters.set(values, offset);
    }
    this.moments[0].fill(0);
    this.moments[1].fill(0);
    this.zeroGradients();
    this.parametersChanged();
  }

  forward(samples: number, output?: string): void {
    const bytes = this.#bytesOf(samples);
    const steps = output === undefined ? this.#forward : this.#forwardOf.get(output);
    if (steps === undefined) throw unknownOutput(output!, [...this.#forwardOf.keys()]);
    const single = samples <= mostSingles && output !== undefined ? this.#singleOf.get(output) : undefined;
    if (single !== undefined) {
      this.#forwardSingles(single, samples);
      return;
    }
    if (this.#stale) {
      for (let i = 0; i < this.#preparing.length; i++) this.#preparing[i]!.prepare();
      this.#stale = false;
    }
    if (this.#dropout !== undefined) {
      for (let i = 0; i < this.#random.length; i++) this.#random[i]!.randomize(bytes / 4, this.#dropout);
    }
    for (let i = 0; i < steps.length; i++) {
      const { kernel, host } = steps[i]!;
      if (kernel !== undefined) kernel(bytes);
      else host!.forward(bytes / 4);
    }
  }

  #forwardSingles(single: KernelCall, samples: number): void {
    if (this.#staleTables) {
      for (let i = 0; i < this.#fillTables.length; i++) this.#fillTables[i]!();
      this.#staleTables = false;
    }
    for (let sample = 0; sample < samples; sample++) single(sample * 4);
  }

  backward(samples: number): void {
    const bytes = this.#bytesOf(samples);
    this.#unreduced = true;
    for (let i = 0; i < this.#backward.length; i++) {
      const { kernel, host } = this.#backward[i]!;
      if (kernel !== undefined) kernel(bytes);
      else host!.backward(bytes / 4);
    }
  }

  gradientNormSquared(): number {
    this.#check();
    this.#reduce();
    return this.#norm === undefined ? 0 : this.#norm()!;
  }

  adam(rate: number, epsilon: number, gradientScale: number, decay = 0): void {
    this.#check();
    this.#reduce();
    this.#adam?.(rate, epsilon, gradientScale, decay);
    this.parametersChanged();
  }

  zeroGradients(): void {
    this.#check();
    // Accumulators of kernels are part of the gradients.
    this.#reduce();
    this.#gradients.fill(0);
  }

  setDropout(rng: Rng | undefined): void {
    this.#check();
    this.#dropout = rng;
    if (rng === undefined) for (const hook of this.#random) hook.randomize(this.capacity, undefined);
  }

  dump(): string {
    return emitProgram(this.#plan).functions.map(formatKernel).join('\n\n');
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#free();
  }

  #reduce(): void {
    if (!this.#unreduced) return;
    this.#unreduced = false;
    for (let i = 0; i < this.#reducing.length; i++) this.#reducing[i]!.reduce();
  }

  /** The kernels' argument: bytes of one row, for samples rounded up to a multiple of 8. */
  #bytesOf(samples: number): number {
    this.#check();
    if (samples >= 1 && samples <= this.capacity && Number.isInteger(samples)) return ((samples + 7) & ~7) * 4;
    throw new RangeError(`a call takes 1 to ${this.capacity} samples, got ${samples}`);
  }

  #check(): void {
    if (!this.#released) return;
    throw new HqnasError({
      code: 'program-released',
      what: 'this program has given its memory back',
      remedy: 'Compile it again, or give programs that live at the same time a memory each.',
    });
  }
}

function unknownOutput(name: string, known: readonly string[]): HqnasError {
  return new HqnasError({ code: 'unknown-output', what: `there is no output "${name}"`, expected: known.join(', ') });
}
