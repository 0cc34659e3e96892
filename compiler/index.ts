/**
 * The network compiler. A graph of ops becomes one WebAssembly program for exactly that architecture:
 *
 *   const graph = new Graph();
 *   const x = graph.input(4);
 *   const hidden = graph.tanh(graph.affine(x, graph.parameter([64, 5], orthogonal(Math.SQRT2))));
 *   const program = compile(graph, { outputs: { policy: hidden } });
 */
export { supportsRelaxed } from './relaxed-support.js';
export { compile, programKey } from './compile.js';
export { type DifferenceCheck, finiteDifferences } from './finite-differences.js';
export { Graph, type GraphNode, type Initializer, type OpReplacement, type Parameter, type Tensor } from './graph.js';
export { constant, normal, orthogonal, uniform } from './initializers.js';
export type {
  BinaryName,
  Expression,
  FloatVector,
  KernelFunction,
  Statement,
  UnaryName,
  ValueType,
  VectorType,
} from './kernel/expression.js';
export {
  type ElementOf,
  FunctionBuilder,
  i32,
  int,
  type IntegersOf,
  scalar,
  VectorOperations,
} from './kernel/function-builder.js';
export type { KernelModule } from './kernel/kernel-module.js';
export { loadKernels, type LoadedKernels } from './load-kernels.js';
export { exponential } from './kernel/math/exponential.js';
export { logarithm } from './kernel/math/logarithm.js';
export { polynomial } from './kernel/math/polynomial.js';
export { sigmoid, softplus } from './kernel/math/sigmoid.js';
export {
  halfAngleSineCosine,
  type SineCosine,
  sineCosine,
  sineCosineOfRest,
  smallSineCosine,
} from './kernel/math/sine-cosine.js';
export { tanh } from './kernel/math/tanh.js';
export { formatKernel } from './kernel/text.js';
export { createModuleCache, type ModuleCache } from './module-cache.js';
export {
  type BackwardAddresses,
  defineOp,
  type ElementwiseDerivative,
  type ForwardAddresses,
  type GradientEpilogue,
  type HostAddresses,
  type HostKernel,
  type MemoryViews,
  type Op,
  type OpKernel,
  type OpReference,
  type RowBuffer,
  type SingleAddresses,
  type SingleBuffer,
  type SingleKernel,
  type Workspace,
} from './op.js';
export { defineElementwise, type ElementwiseDefinition } from './ops/define-elementwise.js';
export {
  balancedTiles,
  emitMatrixProduct,
  emitOuterProduct,
  type MatrixProduct,
  type OuterProduct,
  type TileGroup,
} from './ops/matrix-kernels.js';
export { forEachSample, mapVectors, storeGradient, sumLanes } from './ops/row-pass.js';
export { requireOperands, requireShape } from './ops/shape-rules.js';
export type { CompileOptions, Head, HeadAddresses, HeadKernel, Program } from './program.js';
export { createProgramMemory, type ProgramMemory } from './program-memory.js';
export { compilerVersion } from './program-plan.js';
export { createReference, type Reference } from './reference.js';
export { expectWideVectors, wideVectorsExpected } from './wide-vectors.js';
