import {
  i32,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
  type FunctionBuilder,
  type VectorOperations,
} from '../../../compiler/index.js';
import type { Circuit } from '../circuit.js';
import { amplitudeBytes, areasOf, planCircuit, vectorBytes } from '../layout.js';
import { crossBoundary, crossBoundaryBack } from './boundaries.js';
import type { CircuitContext } from './circuit-context.js';
import { addEmbeddingGradients } from './embedding-gradients.js';
import { embed, storeHalfAngles } from './embedding.js';
import { measureState, startCotangent } from './measurement.js';
import { load, pointerTo, rowPointer, store, type Pointer } from './pointer.js';
import { addRotationGradients, rotate } from './rotations.js';

/** Runs the circuit, one block of samples after the other; keeps the state after every RY layer. */
export function writeForward(fn: FunctionBuilder, at: ForwardAddresses, circuit: Circuit): void {
  const context = contextOf(fn, fn.f32, at, circuit);
  const { plan } = context;
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const block = blockOf(context, sampleBytes);
    storeHalfAngles(context, at.inputs[0]!, sampleBytes, block.halfAngles);
    embed(context, block.halfAngles, block.state(0));
    rotate(context, block.state(0), 0, 'forward');
    for (let layer = 1; layer < plan.layers; layer++) {
      crossBoundary(context, block.state(layer - 1), block.state(layer), layer);
      rotate(context, block.state(layer), layer, 'forward');
    }
    measureState(context, block.state(plan.layers - 1), at.output, sampleBytes);
  });
}

/**
 * The adjoint sweep, one block after the other. Only lambda is turned back, because the state after every RY layer was kept. lambda
 * is half of that in the reference; the factor 2 of the pairs' derivatives makes up for it.
 */
export function writeBackward(fn: FunctionBuilder, at: BackwardAddresses, circuit: Circuit): void {
  const context = contextOf(fn, fn.f32, at, circuit);
  const { plan, areas } = context;
  const wanted = wantedWires(context, at);
  const reachesStart = wanted.length > 0 || plan.form.diagonals[0]!.trainable;
  const lambdas = [pointerTo(areas.cotangents), pointerTo(areas.cotangents + plan.states * amplitudeBytes)];
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const block = blockOf(context, sampleBytes);
    const lambda = (layer: number): Pointer => lambdas[layer % 2]!;
    const last = plan.layers - 1;
    startCotangent(context, block.state(last), lambda(last), at.outputGradient, sampleBytes);
    for (let layer = last; layer > 0; layer--) {
      addRotationGradients(context, block.state(layer), lambda(layer), layer);
      rotate(context, lambda(layer), layer, 'inverse');
      crossBoundaryBack(context, block.state(layer - 1), lambda(layer), lambda(layer - 1), layer);
    }
    addRotationGradients(context, block.state(0), lambda(0), 0);
    if (reachesStart) {
      rotate(context, lambda(0), 0, 'inverse');
      writeStartGradients(context, at, block.halfAngles, lambda(0), wanted, sampleBytes);
    }
    clearUnusedInputs(context, at, sampleBytes);
  });
}

function contextOf<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  at: ForwardAddresses,
  circuit: Circuit,
): CircuitContext<V> {
  return { fn, ops, plan: planCircuit(circuit), areas: areasOf(at.workspace) };
}

/** Where the saved data of a block lie. */
function blockOf<V extends FloatVector>({ fn, plan, areas }: CircuitContext<V>, sampleBytes: Expression<'i32'>) {
  const stateBytes = plan.states * amplitudeBytes;
  const states = fn.let(i32.multiply(sampleBytes, (plan.layers * stateBytes) / vectorBytes));
  const halfAngles = fn.let(i32.multiply(sampleBytes, 2 * plan.circuit.wires));
  return {
    halfAngles: { base: halfAngles, offset: areas.halfAngles },
    state: (layer: number): Pointer => ({ base: states, offset: areas.states + layer * stateBytes }),
  };
}

/** Wires whose embedding angle has weights, or an input whose gradient is asked for. */
function wantedWires<V extends FloatVector>({ plan }: CircuitContext<V>, at: BackwardAddresses): number[] {
  return plan.form.embedding.flatMap(({ weights, input }, wire) =>
    weights.length > 0 || (input !== undefined && at.inputGradients[0] !== undefined) ? [wire] : [],
  );
}

function writeStartGradients<V extends FloatVector>(
  context: CircuitContext<V>,
  at: BackwardAddresses,
  halfAngles: Pointer,
  lambda: Pointer,
  wanted: readonly number[],
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const rows = at.inputGradients[0];
  const written = new Set<number>();
  addEmbeddingGradients(context, halfAngles, lambda, wanted, (wire, value) => {
    const { weights, input } = plan.form.embedding[wire]!;
    const gradient = fn.let(value);
    if (weights.length > 0) {
      const sum = pointerTo(areas.startGradients + wire * vectorBytes);
      store(fn, sum, ops.add(load(ops, sum), gradient));
    }
    if (input === undefined || rows === undefined) return;
    const target = rowPointer(rows, input, sampleBytes);
    store(fn, target, rows.accumulate || written.has(input) ? ops.add(load(ops, target), gradient) : gradient);
    written.add(input);
  });
}

/** Inputs that turn nothing but global phases have no gradient. */
function clearUnusedInputs<V extends FloatVector>(
  { fn, ops, plan }: CircuitContext<V>,
  at: BackwardAddresses,
  sampleBytes: Expression<'i32'>,
): void {
  const rows = at.inputGradients[0];
  if (rows === undefined || rows.accumulate) return;
  const used = new Set(plan.form.embedding.map(({ input }) => input));
  for (let row = 0; row < plan.circuit.inputs; row++) {
    if (!used.has(row)) store(fn, rowPointer(rows, row, sampleBytes), ops.constant(0));
  }
}
