import { HqnasError } from '../core/errors.js';
import { loadJavaScript, loadWebAssembly } from './backend.js';
import { CompiledProgram } from './compiled-program.js';
import type { Graph } from './graph.js';
import { createModuleCache } from './module-cache.js';
import type { CompileOptions, Program } from './program.js';
import { borrowMemory, returnMemory } from './program-memory.js';
import { planProgram } from './program-plan.js';

/** Modules of this thread, for calls without a cache of their own. */
const sharedModules = createModuleCache();

/**
 * Compiles a graph into a program: passes, then code, which is taken from the cache when the architecture was seen
 * before, then memory. Parameters are zero until `initialize` or until the caller writes them.
 * @throws HqnasError `invalid-outputs`, `invalid-capacity`, `invalid-head`, `no-webassembly`, `no-relaxed-simd`, `out-of-memory`
 */
export function compile(graph: Graph, options: CompileOptions): Program {
  const { backend = 'wasm', relaxed = false, modules = sharedModules, heads = [] } = options;
  for (const { name, scalars } of heads) {
    if (scalars.length <= 8) continue;
    throw new HqnasError({
      code: 'invalid-head',
      what: 'a head takes at most 8 scalars',
      where: name,
      got: String(scalars.length),
    });
  }
  const plan = planProgram(graph, options);
  if (backend === 'javascript') return new CompiledProgram(plan, loadJavaScript(plan), backend, () => undefined);
  const memory = options.memory ?? borrowMemory();
  // Empty if compilation fails between claiming the memory and making the program.
  const tenant: { program?: CompiledProgram } = {};
  const code = loadWebAssembly(plan, memory, modules, () => tenant.program?.release());
  tenant.program = new CompiledProgram(plan, code, relaxed ? 'wasm relaxed' : backend, () => {
    memory.vacate();
    if (options.memory === undefined) returnMemory(memory);
  });
  return tenant.program;
}

/** Key of the program's module in a module cache: equal for programs with the same code. */
export function programKey(graph: Graph, options: CompileOptions): string {
  return planProgram(graph, options).key;
}
