import type { Rng } from '../../../core/index.js';
import { measure, measurementRows } from '../measurement.js';
import { misread, zReadouts, type ZReadout } from './read-out.js';
import type { NoisyCircuit } from './noisy-circuit.js';

/**
 * Estimates from a finite number of shots. Readouts of Z and of probabilities share one series of shots; every readout of X or Y has
 * a series of its own.
 * @param distribution probabilities of all basis states after the turns of a readout; they may be overwritten
 */
export function shotOutputs(
  { circuit, readout: errors }: NoisyCircuit,
  distribution: (readout: ZReadout) => Float64Array,
  { shots, rng }: { readonly shots: number; readonly rng: Rng },
): Float64Array {
  const { measurement, wires } = circuit;
  const values = new Float64Array(measurementRows(measurement));
  let shared: Float64Array | undefined;
  zReadouts(measurement).forEach((part, index) => {
    const draw = (stream: Rng): Float64Array => sampleShares(misread(distribution(part), errors, wires), shots, stream);
    const shares = part.turn === undefined ? (shared ??= draw(rng.fork('shots'))) : draw(rng.fork('shots of', index));
    values.set(measure(part.readout, wires, shares), part.row);
  });
  return values;
}

/** Draws basis states and counts: the share of shots of each. */
export function sampleShares(probabilities: ArrayLike<number>, shots: number, rng: Rng): Float64Array {
  const cumulative = new Float64Array(probabilities.length);
  let sum = 0;
  for (let state = 0; state < probabilities.length; state++) cumulative[state] = sum += probabilities[state]!;
  const shares = new Float64Array(probabilities.length);
  for (let shot = 0; shot < shots; shot++) {
    const chance = rng.float() * sum;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > chance) high = middle;
      else low = middle + 1;
    }
    shares[low]! += 1 / shots;
  }
  return shares;
}
