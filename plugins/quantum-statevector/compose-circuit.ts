import { HqnasError } from '../../core/index.js';
import { input, product, weight } from './angle.js';
import type { Ansatz, BlockContext, Encoding, WeightStart } from './block.js';
import { defineCircuit, type Circuit, type Gate, type Template } from './circuit.js';
import type { Measurement } from './measurement.js';

/** What a circuit is made of. */
export interface CircuitRecipe {
  readonly wires: number;
  /** Inputs; default: as many as wires. */
  readonly features?: number;
  /** Leave it out for a circuit without inputs, or with an ansatz that puts them in itself. */
  readonly encoding?: Encoding;
  readonly ansatz: Ansatz;
  readonly repetitions: number;
  /** Puts the inputs in before every repetition, not only before the first (Perez-Salinas et al. 2020, arXiv 1907.02085). */
  readonly reuploading?: boolean;
  /** Multiplies every input by a trainable weight, one for each time that it is put in, which starts at 1. */
  readonly inputScaling?: boolean;
  readonly measurement: Measurement;
}

/** A circuit with what its weights are. */
export interface ComposedCircuit {
  readonly circuit: Circuit;
  /** (repetitions, wires), (repetitions, wires, weights per wire), or (weights) where they are not that regular. */
  readonly shape: readonly number[];
  /** Per weight. */
  readonly starts: readonly WeightStart[];
}

/**
 * Encoding and ansatz as one circuit. Weights are numbered in the order in which the gates use them.
 * @throws HqnasError `invalid-circuit`
 */
export function composeCircuit(recipe: CircuitRecipe): ComposedCircuit {
  const { wires, encoding, ansatz, repetitions, measurement } = recipe;
  const { features = wires, reuploading = false, inputScaling = false } = recipe;
  checkRecipe(recipe, features);
  const starts: WeightStart[] = [];
  const fresh = (start: WeightStart = 'angle') => weight(starts.push(start) - 1);
  const contextOf = (repetition: number): BlockContext => ({
    wires,
    features,
    repetition,
    repetitions,
    weight: fresh,
    feature: scaledFeatures(inputScaling, fresh),
  });
  const gates: Gate[] = [...(ansatz.before?.(contextOf(0)) ?? [])];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    if (encoding !== undefined && (repetition === 0 || reuploading))
      gates.push(...encoding.gates(contextOf(repetition)));
    gates.push(...ansatz.repetition(contextOf(repetition)));
  }
  gates.push(...(ansatz.after?.(contextOf(repetitions)) ?? []));
  const initial = encoding?.initial?.(wires, features);
  const circuit = defineCircuit({
    wires,
    inputs: features,
    weights: starts.length,
    ...(initial === undefined ? {} : { initial }),
    gates,
    measurement,
  });
  const regular = ansatz.before === undefined && ansatz.after === undefined && !inputScaling;
  return { circuit, shape: regular ? shapeOf(starts.length, repetitions, wires) : [starts.length], starts };
}

/**
 * The gates of an ansatz alone, for circuits put together by hand.
 * @throws HqnasError `invalid-circuit`
 */
export function templateOf(
  ansatz: Ansatz,
  {
    wires,
    layers,
    firstWeight = 0,
  }: { readonly wires: number; readonly layers: number; readonly firstWeight?: number },
): Template {
  if (!Number.isInteger(wires) || wires < 1) fail('wires', 'this is not a number of wires', String(wires));
  if (!Number.isInteger(layers) || layers < 0) fail('layers', 'this is not a number of layers', String(layers));
  let used = 0;
  const contextOf = (repetition: number): BlockContext => ({
    wires,
    features: wires,
    repetition,
    repetitions: layers,
    weight: () => weight(firstWeight + used++),
    feature: input,
  });
  const gates = [
    ...(ansatz.before?.(contextOf(0)) ?? []),
    ...Array.from({ length: layers }, (_, layer) => ansatz.repetition(contextOf(layer))).flat(),
    ...(ansatz.after?.(contextOf(layers)) ?? []),
  ];
  const regular = ansatz.before === undefined && ansatz.after === undefined;
  return { gates, shape: regular ? shapeOf(used, layers, wires) : [used] };
}

/** The gates of an encoding alone. */
export function encodingGates(encoding: Encoding, wires: number, features = wires): readonly Gate[] {
  checkFeatures(encoding, wires, features);
  const none = (): never => {
    throw new RangeError(`the encoding "${encoding.name}" has weights: use composeCircuit`);
  };
  return encoding.gates({ wires, features, repetition: 0, repetitions: 1, weight: none, feature: input });
}

function scaledFeatures(scaled: boolean, fresh: (start: WeightStart) => ReturnType<typeof weight>) {
  if (!scaled) return input;
  const known = new Map<number, ReturnType<typeof input>>();
  return (index: number) => {
    const angle = known.get(index) ?? product(fresh(1), input(index));
    known.set(index, angle);
    return angle;
  };
}

function shapeOf(weights: number, repetitions: number, wires: number): readonly number[] {
  const each = weights / (repetitions * wires);
  if (!Number.isInteger(each) || each === 0) return [weights];
  return each === 1 ? [repetitions, wires] : [repetitions, wires, each];
}

function checkRecipe(
  { wires, encoding, ansatz, repetitions, reuploading, inputScaling }: CircuitRecipe,
  features: number,
): void {
  if (!Number.isInteger(repetitions) || repetitions < 0) {
    fail('repetitions', 'this is not a number of repetitions', String(repetitions));
  }
  if (encoding === undefined) return;
  if (ansatz.encodes === true) fail('encoding', `the ansatz "${ansatz.name}" puts the inputs in itself`, encoding.name);
  checkFeatures(encoding, wires, features);
  if (encoding.initial === undefined) return;
  if (reuploading === true) fail('reuploading', 'an initial state can be put in only once', encoding.name);
  if (inputScaling === true) fail('inputScaling', 'the inputs of an initial state cannot be scaled', encoding.name);
}

function checkFeatures(encoding: Encoding, wires: number, features: number): void {
  const most = encoding.capacity(wires);
  if (Number.isInteger(features) && features >= 0 && features <= most) return;
  fail(
    `encoding "${encoding.name}"`,
    `there are more features than fit on ${wires} wire(s)`,
    String(features),
    `at most ${most}`,
  );
}

function fail(where: string, what: string, got: string, expected?: string): never {
  throw new HqnasError({ code: 'invalid-circuit', where, what, got, expected });
}
