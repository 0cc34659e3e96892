import type {
  BackwardAddresses,
  FloatVector,
  ForwardAddresses,
  FunctionBuilder,
  MemoryViews,
  VectorOperations,
} from '../../compiler/index.js';
import { collapsedAreaBytes, type CollapsedAreaName, type CollapsedPlan } from './collapsed-plan.js';
import { gatesAreaBytes, type GatesAreaName, type GatesPlan } from './gates-plan.js';
import { writeCollapsedBackward, writeCollapsedForward } from './kernels/collapsed-kernel.js';
import { writeGatesBackward, writeGatesForward } from './kernels/gates-kernel.js';
import { writeLayersBackward, writeLayersForward } from './kernels/layers-kernel.js';
import { writeStringsBackward, writeStringsForward } from './kernels/strings-kernel.js';
import { amplitudeBytes, areaBytes, areasOf, vectorBytes, type CircuitPlan } from './layout.js';
import { bitOf } from './measurement.js';
import { initializeStrings } from './prepare-strings.js';
import { initializeLayers, type TableAddresses } from './prepare.js';
import { stringAreaBytes, type StringAreaName } from './string-layout.js';
import type { StringPlan } from './string-plan.js';

/** How a circuit is computed; see `chooseExecution`. */
export type ExecutionPath = 'strings' | 'layers' | 'collapsed' | 'gates';

/** One way to compute a circuit: what it keeps in memory, and the writers of its kernels. */
export interface Execution {
  readonly path: ExecutionPath;
  /** Bytes of a row that one round of the kernels treats: calls round up to it. At most 32, which rows of programs are multiples of. */
  readonly roundBytes: number;
  /** Bytes of every area, for `capacity` samples of `element` bytes a number. One of them is `stale`. */
  areaBytes(capacity: number, element: 4 | 8): Readonly<Record<string, number>>;
  /** Fills what follows from the circuit alone. */
  initialize(memory: MemoryViews, at: TableAddresses, element: 4 | 8): void;
  /** Writes the forward kernel; it makes tables anew where the area `stale` holds 1. */
  writeForward<V extends FloatVector>(fn: FunctionBuilder, ops: VectorOperations<V>, at: ForwardAddresses): void;
  /** Writes the backward kernel, which adds to the gradients of the weights. */
  writeBackward<V extends FloatVector>(fn: FunctionBuilder, ops: VectorOperations<V>, at: BackwardAddresses): void;
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
    roundBytes: plan.width * vectorBytes,
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

export function byColumns(plan: CollapsedPlan): Execution {
  // The names are those of collapsedAreaBytes.
  const areas = (at: Pick<ForwardAddresses, 'workspace'>): Readonly<Record<CollapsedAreaName, number>> => at.workspace;
  const { columns } = plan;
  return {
    path: 'collapsed',
    roundBytes: 32,
    areaBytes: (capacity, element) => collapsedAreaBytes(plan, capacity, element),
    initialize(memory, at, element) {
      const lanes = vectorBytes / element;
      initializeLayers(memory, { ...at, capacity: Math.max(columns.states, lanes) }, columns, element);
      const numbers = element === 4 ? memory.f32 : memory.f64;
      const first = areas(at).columnBits / element;
      for (let column = 0; column < columns.states; column++) {
        for (let wire = 0; wire < columns.circuit.wires; wire++) {
          const block = Math.floor(column / lanes) * columns.circuit.wires + wire;
          const bit = bitOf(column, wire, columns.circuit.wires);
          numbers[first + block * 2 * lanes + (column % lanes)] = 1 - bit;
          numbers[first + (block * 2 + 1) * lanes + (column % lanes)] = bit;
        }
      }
    },
    writeForward(fn, ops, at) {
      writeCollapsedForward({ fn, ops, plan: columns, collapsed: plan, areas: areas(at) }, at);
    },
    writeBackward(fn, ops, at) {
      writeCollapsedBackward({ fn, ops, plan: columns, collapsed: plan, areas: areas(at) }, at);
    },
  };
}

export function byStrings(plan: StringPlan): Execution {
  // The names are those of stringAreaBytes.
  const areas = (at: Pick<ForwardAddresses, 'workspace'>): Readonly<Record<StringAreaName, number>> => at.workspace;
  return {
    path: 'strings',
    roundBytes: 16,
    areaBytes: (capacity, element) => stringAreaBytes(plan, capacity, element),
    initialize(memory, at, element) {
      initializeStrings(memory, at, plan, element);
    },
    writeForward(fn, ops, at) {
      writeStringsForward({ fn, ops, plan, areas: areas(at) }, at);
    },
    writeBackward(fn, ops, at) {
      writeStringsBackward({ fn, ops, plan, areas: areas(at) }, at);
    },
  };
}

export function byGates(plan: GatesPlan): Execution {
  // The names are those of gatesAreaBytes.
  const areas = (at: Pick<ForwardAddresses, 'workspace'>): Readonly<Record<GatesAreaName, number>> => at.workspace;
  return {
    path: 'gates',
    roundBytes: 16,
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
