import {
  defineLayerKind,
  refuse,
  type Gene,
  type Id,
  type LayerKind,
  type Notation,
  type Refusal,
  type Rng,
} from '../../core/index.js';
import { constant, orthogonal, uniform, type Graph, type Initializer, type Tensor } from '../../compiler/index.js';
import { describeCircuit } from './analysis/describe-circuit.js';
import { withoutDeadWeights } from './analysis/without-dead-weights.js';
import { arctan } from './arctan.js';
import type { Ansatz, Encoding, WeightStart } from './block.js';
import { circuitDomains, type CircuitBlocks, type CircuitChoices, type CircuitHyper } from './circuit-hyper.js';
import { circuitIdentity } from './circuit-identity.js';
import { circuitOp } from './circuit-op.js';
import { composeCircuit, type ComposedCircuit } from './compose-circuit.js';
import { encodings as builtInEncodings } from './encodings/encodings.js';
import { measurementRows, type Measurement } from './measurement.js';
import { planReadout, type ReadoutPlan } from './readout.js';

/** A kind of layer that is a circuit of given building blocks. */
export interface CircuitLayerDefinition {
  readonly id: Id;
  readonly summary: string;
  /** Upper-case word that starts the layer in DNA; without it the layer is written as [id {...}]. */
  readonly symbol?: string;
  /** By the name that the hyperparameter `ansatz` takes. */
  readonly ansatz: Readonly<Record<string, Ansatz>>;
  /** Letter of each ansatz in DNA; default: its name in capitals. A single ansatz is not written at all. */
  readonly letters?: Readonly<Record<string, string>>;
  /** Ansatz that random genes use. Default: all. */
  readonly drawn?: readonly [string, ...string[]];
  /** By the name that the hyperparameter `encoding` takes; the first one is the default. Default: those of the plugin. */
  readonly encodings?: Readonly<Record<string, Encoding>>;
  /** Choices that random genes draw as well, such as `['measurement', 'reuploading']`. Default: none, they keep their defaults. */
  readonly searched?: readonly (keyof CircuitChoices)[];
  /** Defaults other than those of the study's layer, such as `{ inputs: 'linear' }`. */
  readonly defaults?: Partial<CircuitChoices>;
}

/**
 * Makes a layer kind of circuit building blocks, with everything that `quantum-statevector/circuit` can be asked for: encoding,
 * re-uploading, readout, scaling and so on.
 */
export function defineCircuitLayer(definition: CircuitLayerDefinition): LayerKind {
  const { id, summary, symbol, ansatz, letters, searched = [], defaults = {} } = definition;
  const { encodings = builtInEncodings } = definition;
  const names = Object.keys(ansatz);
  // The names of a record that the domains prove to be non-empty.
  const drawn = definition.drawn ?? (names as [string, ...string[]]);
  const blocks: CircuitBlocks = { ansatz, encodings, drawn, searched, defaults };
  const kind = defineLayerKind({
    id,
    summary,
    hyper: circuitDomains(blocks),
    ...(symbol === undefined ? {} : { notation: notationOf(symbol, names, letters) }),
    inputRows: (hyper) => (hyper.inputs === 'match' ? capacityOf(hyper, blocks) : undefined),
    qubits: ({ qubits }) => qubits,
    outputRows(hyper, inputRows, place) {
      const misfit = contradiction(hyper, blocks);
      if (misfit !== undefined) return misfit;
      const planned = planReadout(hyper.qubits, place, hyper);
      return planned.ok ? planned.rows : planned;
    },
    lower(hyper, graph, input, place) {
      const planned = planReadout(hyper.qubits, place, hyper);
      if (!planned.ok) throw new TypeError(planned.reason);
      return lowerCircuit(hyper, blocks, graph, input, planned);
    },
    describe(hyper, inputRows, place) {
      const planned = planReadout(hyper.qubits, place, hyper);
      if (!planned.ok) throw new TypeError(planned.reason);
      const features = Math.min(inputRows, capacityOf(hyper, blocks));
      const used = hyper.inputs === 'linear' ? capacityOf(hyper, blocks) : features;
      return describeCircuit(composeLayer(hyper, blocks, used, planned.measurement).circuit);
    },
    identity: (hyper, place) => circuitIdentity(hyper, blocks, place),
  });
  const moving = ['qubits', ...(drawn.length === 1 ? [] : ['ansatz']), 'repetitions', ...searched];
  return { ...kind, perturb: (gene, rng) => perturbed(kind, gene, rng.pick(moving), rng) };
}

/** The gene with all hyperparameters, one of them changed. */
function perturbed({ id, hyper, plan }: LayerKind, gene: Gene, name: string, rng: Rng): Gene {
  plan(gene);
  const values = Object.entries(hyper).map(([other, domain]) => [other, gene[other] ?? domain.fallback!] as const);
  const changed = values.map(([other, value]) => [other, other === name ? hyper[other]!.perturb(value, rng) : value]);
  // Values of this kind's domains, which hold scalars.
  return { kind: id, ...(Object.fromEntries(changed) as Readonly<Record<string, string | number | boolean>>) };
}

function notationOf(
  symbol: string,
  names: readonly string[],
  letters: Readonly<Record<string, string>> = Object.fromEntries(names.map((name) => [name, name.toUpperCase()])),
): Notation {
  const ansatz = names.length === 1 ? [] : [{ hyper: 'ansatz', letters }];
  return { symbol, fields: [{ hyper: 'qubits' }, ...ansatz, { hyper: 'repetitions' }] };
}

/** The circuit of a layer's hyperparameters, for `features` inputs. */
export function composeLayer(
  hyper: CircuitHyper,
  { ansatz, encodings }: Pick<CircuitBlocks, 'ansatz' | 'encodings'>,
  features: number,
  measurement: Measurement,
): ComposedCircuit {
  const chosen = ansatz[hyper.ansatz]!;
  const encoding = encodings[hyper.encoding]!;
  const own = chosen.encodes === true;
  const composed = composeCircuit({
    wires: hyper.qubits,
    features,
    ...(own ? {} : { encoding, reuploading: hyper.reuploading, inputScaling: hyper.inputScaling }),
    ansatz: chosen,
    repetitions: hyper.repetitions,
    measurement,
  });
  if (hyper.deadWeights === 'kept') return composed;
  const { circuit, kept } = withoutDeadWeights(composed.circuit);
  return { circuit, shape: [kept.length], starts: kept.map((index) => composed.starts[index]!) };
}

/** Inputs that fit into the circuit. */
function capacityOf(hyper: CircuitHyper, { ansatz, encodings }: CircuitBlocks): number {
  return ansatz[hyper.ansatz]!.encodes === true ? hyper.qubits : encodings[hyper.encoding]!.capacity(hyper.qubits);
}

/** Why hyperparameters exclude each other. */
function contradiction(hyper: CircuitHyper, { ansatz, encodings }: CircuitBlocks): Refusal | undefined {
  if (ansatz[hyper.ansatz]!.encodes === true || encodings[hyper.encoding]!.initial === undefined) return undefined;
  if (hyper.reuploading) return refuse(`the encoding "${hyper.encoding}" can be put in only once: no reuploading`);
  if (hyper.inputScaling)
    return refuse(`the encoding "${hyper.encoding}" does not depend on the scale: no inputScaling`);
  return undefined;
}

function lowerCircuit(
  hyper: CircuitHyper,
  blocks: CircuitBlocks,
  graph: Graph,
  input: Tensor,
  { measurement, rows }: ReadoutPlan,
): Tensor {
  const features = adapted(hyper, graph, input, capacityOf(hyper, blocks));
  const { circuit, shape, starts } = composeLayer(hyper, blocks, features.rows, measurement);
  const weights = circuit.weights === 0 ? [] : [graph.parameter(shape, startsAt(starts), 'angles')];
  let output = graph.apply(circuitOp, [squashed(hyper, graph, features)], weights, circuit);
  if (rows < measurementRows(measurement)) output = pooled(graph, output, rows);
  if (hyper.probabilityScaling && measurement.kind === 'probabilities') output = graph.scale(output, rows);
  if (hyper.outputScaling) output = graph.scaleRows(output, graph.parameter([rows], constant(1), 'output scale'));
  return output;
}

/** At most `most` rows. */
function adapted({ inputs }: CircuitHyper, graph: Graph, input: Tensor, most: number): Tensor {
  if (inputs === 'linear') {
    return graph.affine(input, graph.parameter([most, input.rows + 1], orthogonal(1), 'input map'));
  }
  return input.rows > most ? graph.slice(input, 0, most) : input;
}

function squashed({ squashing }: CircuitHyper, graph: Graph, input: Tensor): Tensor {
  if (squashing === 'none') return input;
  return squashing === 'arctan' ? graph.apply(arctan, [input]) : graph.scale(graph.tanh(input), Math.PI);
}

/** Row k is the mean of the rows k, k + rows, k + 2 rows ... */
function pooled(graph: Graph, values: Tensor, rows: number): Tensor {
  const means = Array.from({ length: rows }, (_, k) => {
    let sum = graph.slice(values, k, 1);
    let count = 1;
    for (let row = k + rows; row < values.rows; row += rows, count++) sum = graph.add(sum, graph.slice(values, row, 1));
    return count === 1 ? sum : graph.scale(sum, 1 / count);
  });
  return means.length === 1 ? means[0]! : graph.concat(means);
}

/** Angles are uniform in [0, 2 pi); other weights start at their number. */
function startsAt(starts: readonly WeightStart[]): Initializer {
  if (starts.every((start) => start === 'angle')) return uniform(0, 2 * Math.PI);
  return (values, _shape, rng) => {
    for (let k = 0; k < values.length; k++) {
      const start = starts[k]!;
      values[k] = start === 'angle' ? rng.uniform(0, 2 * Math.PI) : start;
    }
  };
}
