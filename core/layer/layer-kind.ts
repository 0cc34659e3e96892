import type { Graph, Tensor } from '../../compiler/graph.js';
import { parseValues, type Domains, type ValuesOf } from '../domain.js';
import type { Id } from '../id.js';
import type { Registered } from '../registry.js';
import type { Rng } from '../random.js';
import type { Notation } from './notation.js';

/** One layer as data: the kind and its hyperparameters. */
export type Gene = { readonly kind: Id } & Readonly<Record<string, string | number | boolean>>;

/** An expected "no", with the reason; broken contracts throw instead. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
}

/** A layer that cannot stand where it is, and why: a result, no error. */
export function refuse(reason: string): Refusal {
  return { ok: false, reason };
}

/** Where a layer stands in its network: what comes after it wants. */
export interface Place {
  /** Rows that must come out: the exact input of the next layer, or the numbers of a head. Undefined = any. */
  readonly rows: number | undefined;
  /** `policy` and `value`: this layer is the network's head. */
  readonly role: 'hidden' | 'policy' | 'value';
  /** Gain for the start values of linear maps here (orthogonal initialisation). */
  readonly gain: number;
}

/** What a layer says of itself in reports. */
export interface LayerDescription {
  readonly rows: readonly (readonly [term: string, value: string])[];
  /** A drawing that stands in pages as it is: its styles concern nothing but itself. */
  readonly svg?: string;
}

/** A gene read by its kind: what the layer does in any place. */
export interface LayerPlan {
  readonly gene: Gene;
  /** Rows that must come in; undefined = any. */
  readonly inputRows: number | undefined;
  /** Qubits of its circuit; 0 for classical layers. */
  readonly qubits: number;
  /** Rows that come out in this place, or why the layer cannot stand there. */
  outputRows(inputRows: number, place: Place): number | Refusal;
  /** Appends the layer's ops; gradients, kernels, memory and the float64 reference follow from them. */
  lower(graph: Graph, input: Tensor, place: Place): Tensor;
  /** The same layer in the same place, as data: equal for genes that build the same ops there. */
  identity(place: Place): Readonly<Record<string, string | number | boolean>>;
  /** For reports; layers that need no explanation have none. */
  describe?(inputRows: number, place: Place): LayerDescription;
}

/** A kind of layer that genomes may use. */
export interface LayerKind extends Registered {
  readonly hyper: Domains;
  readonly notation?: Notation;
  /** A gene with every hyperparameter uniform over its domain. */
  sample(rng: Rng): Gene;
  /** A neighbour of `gene`: one hyperparameter changed, where that is possible. */
  perturb(gene: Gene, rng: Rng): Gene;
  /** @throws HqnasError `unknown-option`, `missing-option`, `invalid-option` for hyperparameters outside their domains */
  plan(gene: Gene): LayerPlan;
}

/** What a layer's author writes; see docs/write-a-layer.md. */
export interface LayerDefinition<D extends Domains> extends Registered {
  readonly hyper: D;
  /** How genes of this kind are written in DNA; without it they are written as [id {...}]. */
  readonly notation?: Notation;
  /** Rows that must come in; undefined, or left out, for any. */
  inputRows?(hyper: ValuesOf<D>): number | undefined;
  /** Qubits of the layer's circuit; leave it out for classical layers. */
  qubits?(hyper: ValuesOf<D>): number;
  outputRows(hyper: ValuesOf<D>, inputRows: number, place: Place): number | Refusal;
  lower(hyper: ValuesOf<D>, graph: Graph, input: Tensor, place: Place): Tensor;
  /** Leave it out when every hyperparameter counts in every place. */
  identity?(hyper: ValuesOf<D>, place: Place): Readonly<Record<string, string | number | boolean>>;
  /** What reports show of it, in a place where it can stand. */
  describe?(hyper: ValuesOf<D>, inputRows: number, place: Place): LayerDescription;
}

/** Makes a layer kind of its definition. */
export function defineLayerKind<const D extends Domains>(definition: LayerDefinition<D>): LayerKind {
  const { id, summary, hyper, notation } = definition;
  const names = Object.keys(hyper);
  return {
    id,
    summary,
    hyper,
    ...(notation === undefined ? {} : { notation }),
    sample(rng) {
      return geneOf(
        id,
        names.map((name) => [name, hyper[name]!.sample(rng)]),
      );
    },
    perturb(gene, rng) {
      const { kind, ...given } = gene;
      const values = parseValues(hyper, given, kind);
      if (names.length === 0) return gene;
      const name = rng.pick(names);
      return geneOf(
        id,
        names.map((other) => [other, other === name ? hyper[name]!.perturb(values[name]!, rng) : values[other]]),
      );
    },
    plan(gene) {
      const { kind, ...given } = gene;
      const values = parseValues(hyper, given, kind);
      const { describe } = definition;
      return {
        gene,
        ...(describe === undefined
          ? {}
          : { describe: (inputRows: number, place: Place) => describe.call(definition, values, inputRows, place) }),
        inputRows: definition.inputRows?.(values),
        qubits: definition.qubits?.(values) ?? 0,
        outputRows: (inputRows, place) => definition.outputRows(values, inputRows, place),
        lower: (graph, input, place) => definition.lower(values, graph, input, place),
        // Hyperparameters are scalars: Gene's own type says so.
        identity: (place) =>
          definition.identity?.(values, place) ?? (values as Record<string, string | number | boolean>),
      };
    },
  };
}

function geneOf(kind: Id, entries: readonly (readonly [string, unknown])[]): Gene {
  return { kind, ...Object.fromEntries(entries) };
}
