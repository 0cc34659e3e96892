import {
  i32,
  sineCosine,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
} from '../../../compiler/index.js';
import type { Variable } from '../angle.js';
import { adjointEntries, derivativeEntries } from '../elementary-gates.js';
import { tableStart, type PlannedGate } from '../gates-plan.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { GatesContext } from './gates-context.js';
import { addAmplitudeGradients, writeInitialState } from './initial-amplitudes.js';
import { applyGate, GateMatrix, undoGate, type Groups, type Trigonometry } from './gate-application.js';
import { measureState, startCotangent } from './measurement.js';
import { readingWith, type Reading } from './reading.js';
import { load, loadSplat, move, pointerTo, rowPointer, store, type Pointer } from './pointer.js';

/** Runs the gates one after another, one block of samples after the other. */
export function writeGatesForward<V extends FloatVector>(context: GatesContext<V>, at: ForwardAddresses): void {
  const { fn, ops, plan, areas } = context;
  fn.if(i32.load(0, areas.stale), () => {
    fn.store(0, areas.stale, i32.constant(0));
    for (const gate of plan.gates) if (gate.place?.shared === true) writeAngle(context, gate, at, i32.constant(0));
  });
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const state = stateOf(context, sampleBytes);
    writeInitialState(context, state, at.inputs[0], sampleBytes);
    for (const gate of plan.gates) {
      fn.scope(() => {
        if (gate.place?.shared === false) writeAngle(context, gate, at, sampleBytes);
        const matrix = new GateMatrix(fn, ops, gate.entries, trigonometryOf(context, gate, sampleBytes));
        applyGate(fn, ops, matrix, groupsOf(context, gate), state);
      });
    }
    measureState(readingOf(context), state, at.output, sampleBytes);
  });
}

/**
 * The adjoint sweep (Jones and Gacon 2020, arXiv 2009.02823), one block after the other: psi and lambda are taken back gate by gate.
 * lambda is half of that in the reference.
 */
export function writeGatesBackward<V extends FloatVector>(context: GatesContext<V>, at: BackwardAddresses): void {
  const { fn, ops, plan, areas } = context;
  const [psi, lambda] = [pointerTo(areas.psi), pointerTo(areas.lambda)];
  const rows = at.inputGradients[0];
  for (let weight = 0; weight < plan.circuit.weights; weight++) {
    fn.store(0, areas.weightGradients + weight * vectorBytes, ops.constant(0));
  }
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const state = stateOf(context, sampleBytes);
    startCotangent(readingOf(context), state, lambda, at.outputGradient, sampleBytes);
    fn.loop(0, plan.states * amplitudeBytes, vectorBytes, (vector) => {
      const from = move(fn, state, { counter: vector, known: 0 });
      store(fn, move(fn, psi, { counter: vector, known: 0 }), load(ops, from));
    });
    if (rows !== undefined && !rows.accumulate) {
      for (let row = 0; row < rows.rows; row++) store(fn, rowPointer(rows, row, sampleBytes), ops.constant(0));
    }
    for (const gate of plan.gates.toReversed()) {
      fn.scope(() => {
        const angle = trigonometryOf(context, gate, sampleBytes);
        const matrix = (entries: PlannedGate['entries']) => new GateMatrix(fn, ops, entries, angle);
        const wanted = gate.variables.some(({ source }) => source === 'weight' || rows !== undefined);
        const derivative = wanted ? matrix(derivativeEntries(gate.entries)) : undefined;
        const inverse = matrix(adjointEntries(gate.entries));
        const slope = undoGate(fn, ops, inverse, derivative, groupsOf(context, gate), psi, lambda);
        if (slope !== undefined) addSlope(context, gate, at, ops.add(slope, slope), sampleBytes);
      });
    }
    if (rows !== undefined) addAmplitudeGradients(context, lambda, at.inputs[0], rows, sampleBytes);
  });
  addWeightGradients(context, at.parameterGradients[0] ?? 0);
}

function stateOf<V extends FloatVector>({ fn, plan, areas }: GatesContext<V>, sampleBytes: Expression<'i32'>): Pointer {
  const bytes = plan.states * amplitudeBytes;
  return { base: fn.let(i32.multiply(sampleBytes, bytes / vectorBytes)), offset: areas.states };
}

function groupsOf<V extends FloatVector>({ plan, areas }: GatesContext<V>, { masks, table }: PlannedGate): Groups {
  return { masks, firsts: plan.tables[table]!, table: areas.tables + tableStart(plan, table) * 4 };
}

/** Where cos and sin of a gate's angle are kept. */
function angleAt<V extends FloatVector>(
  { fn, plan, areas }: GatesContext<V>,
  { shared, index }: NonNullable<PlannedGate['place']>,
  sampleBytes: Expression<'i32'>,
): Pointer {
  if (shared) return pointerTo(areas.sharedAngles + index * 2 * vectorBytes);
  return {
    base: fn.let(i32.multiply(sampleBytes, plan.ownCount * 2)),
    offset: areas.ownAngles + index * 2 * vectorBytes,
  };
}

function trigonometryOf<V extends FloatVector>(
  context: GatesContext<V>,
  { place }: PlannedGate,
  sampleBytes: Expression<'i32'>,
): Trigonometry<V> | undefined {
  if (place === undefined) return undefined;
  const { fn, ops } = context;
  const at = angleAt(context, place, sampleBytes);
  return { cosine: fn.let(load(ops, at)), sine: fn.let(load(ops, at, vectorBytes)) };
}

function writeAngle<V extends FloatVector>(
  context: GatesContext<V>,
  gate: PlannedGate,
  at: ForwardAddresses,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops } = context;
  fn.scope(() => {
    const { sine, cosine } = sineCosine(fn, ops, productOf(context, gate, at, sampleBytes, undefined));
    const to = angleAt(context, gate.place!, sampleBytes);
    store(fn, to, cosine);
    store(fn, to, sine, vectorBytes);
  });
}

/** The gate's factor times its variables, all but one. */
function productOf<V extends FloatVector>(
  { ops }: GatesContext<V>,
  { factor, variables }: PlannedGate,
  at: ForwardAddresses,
  sampleBytes: Expression<'i32'>,
  without: number | undefined,
): Expression<V> {
  const value = ({ source, index }: Variable): Expression<V> => {
    if (source === 'input') return load(ops, rowPointer(at.inputs[0]!, index, sampleBytes));
    return loadSplat(ops, pointerTo(at.parameters[0]! + index * ops.elementBytes));
  };
  return variables
    .filter((_, k) => k !== without)
    .reduce((product, variable) => ops.multiply(product, value(variable)), ops.constant(factor));
}

/** Adds what the slope of a gate's angle means for each of its variables. */
function addSlope<V extends FloatVector>(
  context: GatesContext<V>,
  gate: PlannedGate,
  at: BackwardAddresses,
  slope: Expression<V>,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, areas } = context;
  const rows = at.inputGradients[0];
  const kept = fn.let(slope);
  gate.variables.forEach(({ source, index }, k) => {
    if (source === 'input' && rows === undefined) return;
    const target =
      source === 'input'
        ? rowPointer(rows!, index, sampleBytes)
        : pointerTo(areas.weightGradients + index * vectorBytes);
    store(fn, target, ops.multiplyAdd(kept, productOf(context, gate, at, sampleBytes, k), load(ops, target)));
  });
}

/** Adds the lanes of every weight's sum to its gradient. */
function addWeightGradients<V extends FloatVector>({ fn, ops, plan, areas }: GatesContext<V>, gradients: number): void {
  fn.loop(0, plan.circuit.weights * vectorBytes, vectorBytes, (at) => {
    let sum = fn.let(ops.load(at, areas.weightGradients));
    for (let lanes = ops.lanes; lanes > 1; lanes /= 2) {
      const order = Array.from({ length: ops.lanes }, (_, lane) => lane ^ (lanes / 2));
      sum = fn.let(ops.add(sum, ops.shuffle(sum, sum, order)));
    }
    const to = fn.let(i32.shiftRightUnsigned(at, Math.log2(vectorBytes / ops.elementBytes)));
    fn.store(to, gradients, ops.lane(ops.add(ops.loadSplat(to, gradients), sum), 0));
  });
}

/** The state is read as it is. */
function readingOf<V extends FloatVector>(context: GatesContext<V>): Reading<V> {
  return readingWith(context, ({ counter, known }) => ({
    counter: counter === undefined ? undefined : context.fn.let(i32.shiftLeft(counter, 2)),
    known: known * 4,
  }));
}
