import { HqnasError } from '../../core/index.js';
import { FunctionBuilder, loadKernels, wideVectorsExpected, type LoadedKernels } from '../../compiler/index.js';
import { ensureChecked } from './check-circuit.js';
import type { Circuit } from './circuit.js';
import type { CompiledCircuit } from './compiled-circuit.js';
import { CompiledKernels } from './compiled-kernels.js';
import { chooseExecution, executionBy } from './choose-execution.js';
import type { Execution, ExecutionPath } from './execution.js';
import { planCalls, type CallPlan } from './call-plan.js';
import { ReferenceKernels } from './reference-kernels.js';

export interface CompileCircuitOptions {
  /** Default float64. */
  readonly precision?: 'float32' | 'float64';
  /** Largest number of samples of one call. Default 64. */
  readonly capacity?: number;
  /**
   * How it is computed. `automatic` takes the cheapest path that the circuit has; `reference` is the float64 simulation gate by gate in
   * plain TypeScript. Default automatic.
   */
  readonly path?: 'automatic' | ExecutionPath | 'reference';
  /** `javascript` runs the same kernels without WebAssembly, with the same bits and slowly. Default wasm. */
  readonly backend?: 'wasm' | 'javascript';
  /** Relaxed SIMD multiply-add: faster, last bits depend on the machine. Node 22 or later. Default false. */
  readonly relaxed?: boolean;
}

/**
 * Compiles a circuit by itself, outside any network.
 * @throws HqnasError `invalid-circuit`, `no-circuit-path` when a forced path cannot compute the circuit, `no-webassembly`,
 * `no-relaxed-simd`, `out-of-memory`
 */
export function compileCircuit(circuit: Circuit, options: CompileCircuitOptions = {}): CompiledCircuit {
  const { precision = 'float64', capacity = 64, path = 'automatic', backend = 'wasm', relaxed = false } = options;
  ensureChecked(circuit);
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new HqnasError({
      code: 'invalid-capacity',
      where: 'compileCircuit',
      what: 'the number of samples of a call is bad',
      expected: 'a whole number from 1',
      got: String(capacity),
    });
  }
  if (path === 'reference') return new ReferenceKernels(circuit, precision, capacity);
  const execution = executionFor(circuit, path, capacity);
  const element = precision === 'float32' ? 4 : 8;
  const plan = planCalls(circuit, execution, capacity, element);
  return new CompiledKernels(circuit, execution, plan, load(execution, plan, backend, relaxed));
}

function executionFor(circuit: Circuit, path: 'automatic' | ExecutionPath, capacity: number): Execution {
  const execution = path === 'automatic' ? chooseExecution(circuit, capacity) : executionBy(path, circuit);
  if (execution !== undefined) return execution;
  throw new HqnasError({
    code: 'no-circuit-path',
    where: 'compileCircuit',
    what: `the path "${path}" cannot compute this circuit`,
    remedy: 'Leave the path to "automatic", or take "gates".',
  });
}

function load(
  execution: Execution,
  { element, bytes, addresses }: CallPlan,
  backend: 'wasm' | 'javascript',
  relaxed: boolean,
): LoadedKernels {
  const wide = wideVectorsExpected();
  const forward = new FunctionBuilder('forward', ['i32'], relaxed, wide);
  const backward = new FunctionBuilder('backward', ['i32'], relaxed, wide);
  const at = (fn: FunctionBuilder) => ({ ...addresses, sampleBytes: fn.parameter<'i32'>(0) });
  if (element === 4) {
    execution.writeForward(forward, forward.f32, at(forward));
    execution.writeBackward(backward, backward.f32, at(backward));
  } else {
    execution.writeForward(forward, forward.f64, at(forward));
    execution.writeBackward(backward, backward.f64, at(backward));
  }
  const functions = [forward.finish(), backward.finish()];
  return loadKernels({ functions, exports: functions.map(({ name }) => name) }, bytes, backend);
}
