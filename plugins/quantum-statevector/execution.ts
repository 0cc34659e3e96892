import type {
  BackwardAddresses,
  FloatVector,
  ForwardAddresses,
  FunctionBuilder,
  MemoryViews,
  VectorOperations,
} from '../../compiler/index.js';
import type { Circuit } from './circuit.js';
import { gatesAreaBytes, planGates, type GatesAreaName, type GatesPlan } from './gates-plan.js';
import { writeGatesBackward, writeGatesForward } from './kernels/gates-kernel.js';
import { writeLayersBackward, writeLayersForward } from './kernels/layers-kernel.js';
import { amplitudeBytes, areaBytes, areasOf, planCircuit, type CircuitPlan } from './layout.js';
import { initializeLayers, type TableAddresses } from './prepare.js';

/** How a circuit is computed; see {@link chooseExecution}. */
export type ExecutionPath = 'layers' | 'gates';

/** One way to compute a circuit: what it keeps in memory, and the writers of its kernels. */
export interface Execution {
  readonly path: ExecutionPath;
  /** Bytes of every area, for `capacity` samples of `element` bytes a number. One of them is `stale`. */
  areaBytes(capacity: number, element: 4 | 8): Readonly<Record<string, number>>;
  /** Fills what follows from the circuit alone. */
  initialize(memory: MemoryViews, at: TableAddresses, element: 4 | 8): void;
  /** Writes the forward kernel; it makes tables anew where the area `stale` holds 1. */
  writeForward<V extends FloatVector>(fn: FunctionBuilder, ops: VectorOperations<V>, at: ForwardAddresses): void;
  /** Writes the backward kernel, which adds to the gradients of the weights. */
  writeBackward<V extends FloatVector>(fn: FunctionBuilder, ops: VectorOperations<V>, at: BackwardAddresses): void;
}

/** The way to compute a circuit: `layers` wherever there is a canonical form, else `gates`. */
export function chooseExecution(circuit: Circuit): Execution {
  const plan = planCircuit(circuit);
  return plan === undefined ? byGates(planGates(circuit)) : byLayers(plan);
}

export function byLayers(plan: CircuitPlan): Execution {
  const context = <V extends FloatVector>(fn: FunctionBuilder, ops: VectorOperations<V>, at: ForwardAddresses) => ({
    fn,
    ops,
    plan,
    areas: areasOf(at.workspace),
  });
  return {
    path: 'layers',
    areaBytes: (capacity, element) => areaBytes(plan, capacity, element),
    initialize(memory, at, element) {
      initializeLayers(memory, at, plan, element);
    },
    writeForward(fn, ops, at) {
      writeLayersForward(context(fn, ops, at), at);
    },
    writeBackward(fn, ops, at) {
      writeLayersBackward(context(fn, ops, at), at);
    },
  };
}

export function byGates(plan: GatesPlan): Execution {
  // The names are those of gatesAreaBytes.
  const areas = (at: Pick<ForwardAddresses, 'workspace'>): Readonly<Record<GatesAreaName, number>> => at.workspace;
  return {
    path: 'gates',
    areaBytes: (capacity, element) => gatesAreaBytes(plan, capacity, element),
    initialize({ i32 }, at) {
      const { tables, measuredRows, stale } = areas(at);
      const groups = plan.tables.flatMap((table) => [...table]);
      i32.set(
        groups.map((state) => state * amplitudeBytes),
        tables / 4,
      );
      plan.measuredRows.forEach((rows, readout) => {
        i32.set(rows, measuredRows / 4 + readout * plan.states);
      });
      i32[stale / 4] = 1;
    },
    writeForward(fn, ops, at) {
      writeGatesForward({ fn, ops, plan, areas: areas(at) }, at);
    },
    writeBackward(fn, ops, at) {
      writeGatesBackward({ fn, ops, plan, areas: areas(at) }, at);
    },
  };
}
