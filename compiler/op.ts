import type { Id } from '../core/id.js';
import type { JsonObject } from '../core/json.js';
import type { Rng } from '../core/random.js';
import type { Expression } from './kernel/expression.js';
import type { FunctionBuilder } from './kernel/function-builder.js';

/**
 * Rows of float32 at a fixed byte address: element (row, sample) is at `address + row * strideBytes + sample * 4`. All
 * row buffers of a program have the same stride, so one position serves several of them.
 */
export interface RowBuffer {
  readonly address: number;
  readonly rows: number;
  readonly strideBytes: number;
}

/** Extra memory of one op instance, 64-byte aligned. */
export interface Workspace {
  readonly [name: string]: { readonly bytes: number };
}

/** Where the operands of one op instance lie. All addresses are known when the kernel is emitted. */
export interface ForwardAddresses {
  readonly inputs: readonly RowBuffer[];
  readonly output: RowBuffer;
  /** Byte address of each parameter's first value, contiguous float32 in row-major order. */
  readonly parameters: readonly number[];
  /** Byte address of each workspace area. */
  readonly workspace: Readonly<Record<string, number>>;
  /** Run-time number of samples times 4: a positive multiple of 32 (samples come in multiples of 8). */
  readonly sampleBytes: Expression<'i32'>;
  /** Largest number of samples of one call. */
  readonly capacity: number;
}

/** Where a backward kernel finds its rows. */
export interface BackwardAddresses extends ForwardAddresses {
  readonly outputGradient: RowBuffer;
  /** Undefined where nothing upstream needs the gradient. `accumulate`: add to what is there instead of writing. */
  readonly inputGradients: readonly ((RowBuffer & { readonly accumulate: boolean }) | undefined)[];
  /** Always add: gradients of all samples and chunks of a minibatch sum up. */
  readonly parameterGradients: readonly number[];
  /**
   * Per input: the derivative of an elementwise op between this op and the target of the gradient, which the compiler
   * has folded in. Only for kernels that say `fusesEpilogue`; apply it to each vector before it is stored or added.
   */
  readonly epilogues?: readonly (GradientEpilogue | undefined)[];
}

/** `position + offset` = row * strideBytes + sample * 4 of the vector `dx`. */
export interface GradientEpilogue {
  (position: Expression<'i32'>, offset: number, dx: Expression<'f32x4'>): Expression<'f32x4'>;
}

/** Typed views over the memory of a program, valid during one call. */
export interface MemoryViews {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}

/** Addresses of an op instance for code that runs in TypeScript between kernels. */
export interface HostAddresses extends Omit<BackwardAddresses, 'sampleBytes'> {
  /** Columns to compute: a multiple of 8, so that padding never holds gradients of an earlier call. */
  readonly samples: number;
}

/** Compiled form of an op: kernels in the DSL, and optional TypeScript around a minibatch. */
export interface OpKernel<A> {
  readonly host?: undefined;
  forward(fn: FunctionBuilder, at: ForwardAddresses, attributes: A): void;
  backward(fn: FunctionBuilder, at: BackwardAddresses, attributes: A): void;
  /** Fills tables once after the memory was laid out (permutations, masks). */
  initialize?(memory: MemoryViews, at: HostAddresses, attributes: A): void;
  /** Recomputes what follows from the weights alone; runs once after every change of the parameters, before the next forward. */
  prepare?(memory: MemoryViews, at: HostAddresses, attributes: A): void;
  /** Folds accumulators of the backward kernel into the parameter gradients and clears them; once per minibatch. */
  reduce?(memory: MemoryViews, at: HostAddresses, attributes: A): void;
  /**
   * Redraws what the op takes from chance (dropout masks): before each forward while `Program.setDropout` has given a
   * stream, and once with undefined when it is switched off.
   */
  randomize?(memory: MemoryViews, at: HostAddresses, attributes: A, rng: Rng | undefined): void;
  /** `backward` applies `at.epilogues`. */
  readonly fusesEpilogue?: boolean;
  /** Forward of one sample at a time. An output of which all ops have it is computed this way for few samples. */
  readonly single?: SingleKernel<A>;
  /** Set for ops of one input that treat each element by itself: the compiler may fuse the derivative and work in place. */
  readonly elementwise?: ElementwiseDerivative<A>;
}

/**
 * Forward of one sample whose values lie side by side, so that a vector holds four rows of it instead of one row of four
 * samples. Must do the same operations in the same order as `forward`: results are equal to the last bit.
 */
export interface SingleKernel<A> {
  forward(fn: FunctionBuilder, at: SingleAddresses, attributes: A): void;
  /** Bytes for a table of the weights in the order that `forward` reads. */
  tableBytes?(inputRows: readonly number[], outputRows: number): number;
  /** Fills the table; runs after the parameters changed, before the next `forward` of this kind. */
  fillTable?(memory: MemoryViews, at: SingleAddresses, attributes: A): void;
}

/** Values of one sample, contiguous from a multiple of 64 bytes; whole vectors may be read and written. */
export interface SingleBuffer {
  readonly address: number;
  readonly rows: number;
}

/** Where a kernel for one sample finds its rows: here the elements of a tensor lie side by side. */
export interface SingleAddresses {
  readonly inputs: readonly SingleBuffer[];
  readonly output: SingleBuffer;
  readonly parameters: readonly number[];
  /** Address of `tableBytes`; 0 without. */
  readonly table: number;
}

/** The backward formula of an elementwise op. */
export interface ElementwiseDerivative<A> {
  /** dy times the derivative. `saved` is the op's input or output, as `saves` says (0 if it saves nothing); both are locals. */
  backward(
    fn: FunctionBuilder,
    dy: Expression<'f32x4'>,
    saved: Expression<'f32x4'>,
    attributes: A,
  ): Expression<'f32x4'>;
}

/** An op that runs in TypeScript between two kernels: slower, same results everywhere if it avoids Math's transcendentals. */
export interface HostKernel<A> {
  readonly host: true;
  /** What beyond this package could move results, such as the library that computes it; recorded with every score. */
  readonly conditions?: JsonObject;
  forward(memory: MemoryViews, at: HostAddresses, attributes: A): void;
  backward(memory: MemoryViews, at: HostAddresses, attributes: A): void;
}

/** Naive float64 form, written from the formula, sharing no code with the kernel. Arrays are [rows][samples], row-major. */
export interface OpReference<A> {
  forward(
    inputs: readonly Float64Array[],
    parameters: readonly Float64Array[],
    samples: number,
    attributes: A,
  ): Float64Array;
  /** Vector-Jacobian product for the cotangent `dy`; parameter gradients are summed over samples. */
  backward(
    inputs: readonly Float64Array[],
    parameters: readonly Float64Array[],
    output: Float64Array,
    dy: Float64Array,
    samples: number,
    attributes: A,
  ): { readonly inputs: readonly Float64Array[]; readonly parameters: readonly Float64Array[] };
}

/** One differentiable operation on rows of samples. */
export interface Op<A extends JsonObject = JsonObject> {
  readonly id: Id;
  readonly summary: string;
  /**
   * Rows of the output.
   * @throws HqnasError `invalid-shape`
   */
  shape(inputRows: readonly number[], parameterShapes: readonly (readonly number[])[], attributes: A): number;
  /** What the backward kernel reads of the forward pass; the memory plan keeps it. */
  readonly saves: readonly ('inputs' | 'output')[];
  workspace?(inputRows: readonly number[], capacity: number, attributes: A): Workspace;
  readonly reference: OpReference<A>;
  readonly kernel: OpKernel<A> | HostKernel<A>;
}

/** Gives an op its types. */
export function defineOp<A extends JsonObject>(op: Op<A>): Op {
  // Attributes reach an op only through Graph.apply of this very op.
  return op;
}
