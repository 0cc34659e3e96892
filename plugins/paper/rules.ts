import { defineConstraint, refuse, type Gene, type Range } from '../../core/index.js';
import { boundsOf, type Bounds } from './bounds.js';
import { canFollow, isCircuit, isDense } from './genes.js';

/**
 * The validity rules V1 to V7 of the study's networks (Zada 2025, arXiv 2501.10673, and its public code), in words
 * where a genome breaks one; undefined when it keeps them all. Layers of other kinds are left alone.
 */
export function brokenRule(layers: readonly Gene[], bounds: Bounds): string | undefined {
  if (!isDense(layers[0])) return 'V1: the first layer is a dense one';
  if (layers.length < bounds.layers[0] || layers.length > bounds.layers[1]) {
    return `V4: ${layers.length} layers, allowed are ${bounds.layers[0]} to ${bounds.layers[1]}`;
  }
  for (const [index, gene] of layers.entries()) {
    const next = layers[index + 1];
    const broken = brokenAt(gene, next, bounds);
    if (broken !== undefined) return `layer ${index + 1}: ${broken}`;
  }
  return undefined;
}

function brokenAt(gene: Gene, next: Gene | undefined, bounds: Bounds): string | undefined {
  if (isDense(gene)) {
    // V7: only the final placeholder may be narrower than the limits.
    if (next !== undefined && !within(gene.units, bounds.units)) return `V5, V7: width ${gene.units} is not allowed`;
    if (isCircuit(next) && gene.units !== next.qubits) return `V2: width ${gene.units} before ${next.qubits} qubits`;
  }
  if (isCircuit(gene)) {
    if (!within(gene.qubits, bounds.qubits)) return `V5: ${gene.qubits} qubits are not allowed`;
    if (!within(gene.repetitions, bounds.repetitions)) return `V5: ${gene.repetitions} repetitions are not allowed`;
    if (next === undefined && gene.qubits < bounds.actions) {
      return `V6: ${gene.qubits} qubits cannot give ${bounds.actions} action values`;
    }
    if (isCircuit(next) && !canFollow(gene.qubits, next.qubits)) {
      return `V3: ${next.qubits} qubits after ${gene.qubits}; allowed are up to ${gene.qubits}, or ${2 ** gene.qubits}`;
    }
  }
  return undefined;
}

function within(value: number, range: Range | undefined): boolean {
  return range !== undefined && value >= range[0] && value <= range[1];
}

/** The study's rules as a constraint, for genomes that other mutations or a person made. */
export const rules = defineConstraint({
  id: 'paper/rules',
  summary: "the study's validity rules V1 to V7",
  check({ layers }, context) {
    const broken = brokenRule(layers, boundsOf(context));
    return broken === undefined ? undefined : refuse(broken);
  },
});
