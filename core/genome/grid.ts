import type { Domain } from '../domain.js';
import { createRng } from '../random.js';
import type { Gene, LayerKind } from '../layer/layer-kind.js';
import type { Genome, Limits } from './genome.js';
import { headIdentity } from './identity.js';
import { rangeOf } from './limits.js';

/** Genomes by number, made when asked for. */
export interface GenomeGrid {
  /** Infinity when a hyperparameter has infinitely many values. */
  readonly size: number;
  /** Genome `index`, 0 <= index < size, which must be finite. Not all of them can be expressed. */
  at(index: number): Genome;
}

type Scalar = string | number | boolean;

/** One hyperparameter's values: counted, not listed. */
interface Axis {
  readonly name: string;
  readonly size: number;
  at(index: number): Scalar;
}

/** The genes of one kind, numbered. */
interface GeneAxis {
  readonly size: number;
  at(index: number): Gene;
}

/**
 * Every combination of hyperparameters within the limits, for every number of layers: short networks first, the last
 * layer varying fastest. Of a last layer only the hyperparameters vary that count in a head.
 */
export function gridOf(kinds: readonly LayerKind[], limits: Limits): GenomeGrid {
  const inner = kinds.map((kind) => genesOf(kind, limits, () => true));
  const heads = kinds.map((kind) => genesOf(kind, limits, countsInHead(kind)));
  const [innerSize, headSize] = [total(inner), total(heads)];
  const [fewest, most] = limits.layers;
  const lengths: { readonly layers: number; readonly size: number }[] = [];
  for (let layers = fewest; layers <= most; layers++) {
    let size = headSize;
    for (let layer = 1; layer < layers; layer++) size *= innerSize;
    lengths.push({ layers, size: Number.isNaN(size) ? 0 : size });
  }
  return {
    size: total(lengths),
    at(index) {
      for (const { layers, size } of lengths) {
        if (index < size) return genomeAt(index, layers, inner, heads);
        index -= size;
      }
      throw new RangeError('beyond the end of the grid');
    },
  };
}

function genomeAt(index: number, count: number, inner: readonly GeneAxis[], heads: readonly GeneAxis[]): Genome {
  const layers: Gene[] = [];
  for (let layer = count - 1; layer >= 0; layer--) {
    const axes = layer === count - 1 ? heads : inner;
    const size = total(axes);
    layers.unshift(geneAt(index % size, axes));
    index = Math.floor(index / size);
  }
  return { layers };
}

function geneAt(index: number, axes: readonly GeneAxis[]): Gene {
  for (const axis of axes) {
    if (index < axis.size) return axis.at(index);
    index -= axis.size;
  }
  throw new RangeError('beyond the end of the kinds');
}

function genesOf(kind: LayerKind, limits: Limits, varies: (name: string) => boolean): GeneAxis {
  const axes = Object.entries(kind.hyper).map(([name, domain]): Axis => {
    const axis = axisOf(kind, name, domain, limits);
    return varies(name) || axis.size === 0 ? axis : { name, size: 1, at: () => axis.at(0) };
  });
  return {
    size: axes.reduce((product, { size }) => (size === 0 ? 0 : product * size), 1),
    at(index) {
      const gene: Record<string, Scalar> = {};
      for (const { name, size, at } of axes) {
        gene[name] = at(index % size);
        index = Math.floor(index / size);
      }
      return { ...gene, kind: kind.id };
    },
  };
}

function axisOf(kind: LayerKind, name: string, domain: Domain, limits: Limits): Axis {
  if ('minimum' in domain) {
    const range = rangeOf(kind, name, limits);
    if (range === undefined) return { name, size: 0, at: () => 0 };
    return { name, size: range[1] - range[0] + 1, at: (index) => range[0] + index };
  }
  const { values } = domain;
  // Hyperparameters are scalars: Gene's own type says so. A domain without a list of values is a continuum.
  const fallback = domain.sample(createRng(0)) as Scalar;
  return { name, size: values?.length ?? Infinity, at: (index) => (values?.[index] ?? fallback) as Scalar };
}

/** Hyperparameters that a layer's identity names when it is the head, as policy or as value. */
function countsInHead(kind: LayerKind): (name: string) => boolean {
  const { policy, value } = headIdentity(kind.plan(kind.sample(createRng(0))));
  return (name) => Object.hasOwn(policy, name) || Object.hasOwn(value, name);
}

function total(parts: readonly { readonly size: number }[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}
