import { HqnasError, type Rng } from '../../../core/index.js';
import { requireWhole } from '../check-number.js';
import { measurementRows, measureState } from '../measurement.js';
import { checkValues, finalState } from '../statevector-reference.js';
import { densityDistribution, densityMatrix, measureDensity } from './density-matrix.js';
import type { NoisyCircuit } from './noisy-circuit.js';
import { shotOutputs } from './shots.js';
import { sampleTrajectory, stateDistribution, stateValues, trajectoryOutputs } from './trajectories.js';

export interface NoisyRunOptions {
  /** Default `automatic`: the density matrix up to 6 wires, trajectories beyond. */
  readonly method?: 'automatic' | 'density' | 'trajectories';
  /** Default 1000. */
  readonly trajectories?: number;
  /** Shots of the measurement; left out = expected values. With trajectories every shot has one of its own. */
  readonly shots?: number;
  /** Needed for trajectories and for shots. */
  readonly rng?: Rng;
}

/** Most wires for which the density matrix is taken unless asked otherwise. */
const densityLimit = 6;

/**
 * Runs a noisy circuit for one sample and gives the values of its measurement.
 * @throws HqnasError `invalid-circuit-values`, `missing-rng`, `too-many-qubits`, `invalid-argument` for a bad number of shots
 */
export function runNoisyCircuit(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  options: NoisyRunOptions = {},
): Float64Array {
  const { circuit } = noisy;
  checkValues('inputs', inputs, circuit.inputs);
  checkValues('weights', weights, circuit.weights);
  const { method = 'automatic', trajectories = 1000, shots } = options;
  requireWhole('trajectories', trajectories, 1);
  if (shots !== undefined) requireWhole('shots', shots, 1);
  const pure = noisy.channels.length === 0;
  if (method === 'density' || (method === 'automatic' && !pure && circuit.wires <= densityLimit)) {
    const rho = densityMatrix(noisy, inputs, weights);
    if (shots === undefined) return measureDensity(noisy, rho);
    return shotOutputs(noisy, densityDistribution(rho), { shots, rng: rngOf(options, 'shots') });
  }
  if (pure) {
    const state = finalState(circuit, inputs, weights);
    if (shots === undefined && noisy.readout === undefined) return measureState(circuit.measurement, state);
    if (shots === undefined) return stateValues(noisy, state);
    return shotOutputs(noisy, stateDistribution(state), { shots, rng: rngOf(options, 'shots') });
  }
  if (shots === undefined) {
    return trajectoryOutputs(noisy, inputs, weights, { trajectories, rng: rngOf(options, 'trajectories') });
  }
  return trajectoryShots(noisy, inputs, weights, shots, rngOf(options, 'shots'));
}

/** Every shot measures a trajectory of its own. */
function trajectoryShots(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  shots: number,
  rng: Rng,
): Float64Array {
  const mean = new Float64Array(measurementRows(noisy.circuit.measurement));
  for (let shot = 0; shot < shots; shot++) {
    const stream = rng.fork('shot', shot);
    const state = sampleTrajectory(noisy, inputs, weights, stream.fork('trajectory'));
    const values = shotOutputs(noisy, stateDistribution(state), { shots: 1, rng: stream });
    for (let row = 0; row < mean.length; row++) mean[row]! += values[row]! / shots;
  }
  return mean;
}

function rngOf({ rng }: NoisyRunOptions, what: string): Rng {
  if (rng !== undefined) return rng;
  throw new HqnasError({
    code: 'missing-rng',
    what: `${what} are drawn at random and need a stream of random numbers`,
    remedy: 'Give `rng: createRng(seed)`.',
  });
}
