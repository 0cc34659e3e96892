import type { Rng } from '../../../core/index.js';
import { measurementRows } from '../measurement.js';
import type { Circuit } from '../circuit.js';
import { circuitCounts, type CircuitCounts } from './circuit-counts.js';
import { deadParameters, type DeadParameters } from './dead-parameters.js';
import { entanglingCapability, type EntanglingCapability } from './entangling-capability.js';
import { expressibility } from './expressibility.js';
import { gradientVariance } from './gradient-variance.js';

/** What can be said of a circuit without training it; JSON. */
export interface CircuitAnalysis {
  readonly counts: CircuitCounts & { readonly outputs: number };
  readonly dead: DeadParameters;
  /** Kullback-Leibler divergence from random states, in nats; inputs 0, weights uniform. Undefined without weights. */
  readonly expressibility: number | undefined;
  /** Meyer-Wallach measure. */
  readonly entanglement: EntanglingCapability;
  /** Of a random combination of outputs, of length 1, over weights that are alive; undefined where there are none. */
  readonly gradientVariance: { readonly smallest: number; readonly mean: number; readonly largest: number } | undefined;
  /** Random draws behind expressibility (pairs), entanglement and gradient variance. */
  readonly samples: number;
}

export interface AnalyseOptions {
  /** Random draws. Default: 2000 for small circuits, fewer for wide ones. */
  readonly samples?: number;
}

/**
 * All figures of a circuit at once. Expressibility and entanglement are those of inputs 0, gradients those of generic inputs.
 * @param rng draws weights; equal streams give equal figures
 * @throws HqnasError `invalid-circuit`, `too-many-qubits`
 */
export function analyseCircuit(circuit: Circuit, rng: Rng, options: AnalyseOptions = {}): CircuitAnalysis {
  const { samples = Math.max(50, Math.min(2000, Math.floor(2 ** 17 / 2 ** circuit.wires))) } = options;
  const dead = deadParameters(circuit);
  const trainable = circuit.weights > 0;
  // Gradients take several times as long as states.
  const variances = trainable
    ? gradientVariance(circuit, rng.fork('gradient variance'), {
        samples: Math.max(2, Math.floor(samples / 10)),
        inputs: generic(circuit),
        cotangent: direction(measurementRows(circuit.measurement), rng.fork('direction')),
      })
    : [];
  const alive = [...variances].filter((_, index) => !dead.weights.includes(index));
  return {
    counts: { ...circuitCounts(circuit), outputs: measurementRows(circuit.measurement) },
    dead,
    expressibility: trainable ? expressibility(circuit, rng.fork('expressibility'), { pairs: samples }) : undefined,
    entanglement: entanglingCapability(circuit, rng.fork('entanglement'), { samples: trainable ? samples : 1 }),
    gradientVariance:
      alive.length === 0
        ? undefined
        : {
            smallest: Math.min(...alive),
            mean: alive.reduce((sum, value) => sum + value, 0) / alive.length,
            largest: Math.max(...alive),
          },
    samples,
  };
}

/** Inputs at which nothing vanishes by accident. */
function generic({ inputs }: Circuit): Float64Array {
  return Float64Array.from({ length: inputs }, (_, k) => 0.5 + 0.7 * (k % 5));
}

/** Uniform over all directions. */
function direction(count: number, rng: Rng): Float64Array {
  const values = Float64Array.from({ length: count }, () => rng.normal());
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / length);
}
