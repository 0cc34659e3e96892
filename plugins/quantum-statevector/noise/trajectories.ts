import { HqnasError, type Rng } from '../../../core/index.js';
import { sweepBack, type CircuitGradients } from '../adjoint.js';
import { requireWhole } from '../check-number.js';
import { gate, type Circuit, type Gate } from '../circuit.js';
import { definitionOf, gates } from '../gates/gates.js';
import { initialState } from '../initial-state.js';
import { measurementRows } from '../measurement.js';
import { angleValues, checkValues } from '../statevector-reference.js';
import { applyMatrix, basisProbabilities, copyOf, unapplyMatrix, type StateVector } from '../statevector.js';
import { channels } from './channels.js';
import { stepsOf, type NoisyCircuit, type PlacedChannel } from './noisy-circuit.js';
import { readOut, readoutCotangent, zReadouts, type ZReadout } from './read-out.js';

/**
 * One quantum trajectory (Dalibard, Castin, Molmer 1992): at each channel one Kraus matrix K is drawn with probability |K psi|^2 and
 * applied. The mean of |psi><psi| over trajectories is the density matrix.
 */
export function sampleTrajectory(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  rng: Rng,
): StateVector {
  checkValues('inputs', inputs, noisy.circuit.inputs);
  checkValues('weights', weights, noisy.circuit.weights);
  let state = initialState(noisy.circuit.wires, noisy.circuit.initial, inputs);
  for (const step of stepsOf(noisy)) {
    if (step.kind === 'gate') {
      applyMatrix(state, definitionOf(step.gate).matrix(angleValues(step.gate, inputs, weights)), step.gate.wires);
      continue;
    }
    const { channel, parameters, wire } = step.channel;
    const mixture = channels[channel].paulis?.(parameters);
    if (mixture === undefined) state = afterChannel(state, step.channel, rng.float());
    else {
      const pauli = drawPauli(mixture, rng);
      if (pauli !== undefined) applyMatrix(state, gates[pauli].matrix([]), [wire]);
    }
  }
  return state;
}

/** Values that a state gives on average over measurements. */
export function stateValues({ circuit, readout }: NoisyCircuit, state: StateVector): Float64Array {
  return readOut(circuit, readout, stateDistribution(state));
}

/** Probabilities of the basis states after the turns of a readout. */
export function stateDistribution(state: StateVector): (readout: ZReadout) => Float64Array {
  return ({ readout: { wires }, turn }) => {
    if (turn === undefined) return basisProbabilities(state);
    const turned = copyOf(state);
    for (const wire of wires) applyMatrix(turned, turn, [wire]);
    return basisProbabilities(turned);
  };
}

/** Mean values over trajectories: an unbiased estimate of what the density matrix gives, for any number of wires. */
export function trajectoryOutputs(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  { trajectories, rng }: { readonly trajectories: number; readonly rng: Rng },
): Float64Array {
  const mean = new Float64Array(measurementRows(noisy.circuit.measurement));
  for (let k = 0; k < trajectories; k++) {
    const values = stateValues(noisy, sampleTrajectory(noisy, inputs, weights, rng.fork('trajectory', k)));
    for (let row = 0; row < mean.length; row++) mean[row]! += values[row]! / trajectories;
  }
  return mean;
}

/**
 * One trajectory of a circuit whose channels are all mixtures of Pauli gates, as an ordinary circuit: what is drawn depends neither
 * on the state nor on any parameter, so gradients of this circuit are unbiased for the noisy one. Readout errors are not in it.
 * @throws HqnasError `invalid-noise` for other channels
 */
export function pauliTrajectory(noisy: NoisyCircuit, rng: Rng): Circuit {
  const drawn = stepsOf(noisy).flatMap((step): readonly Gate[] => {
    if (step.kind === 'gate') return [step.gate];
    const { channel, parameters, wire } = step.channel;
    const mixture = channels[channel].paulis?.(parameters);
    if (mixture === undefined) {
      throw new HqnasError({
        code: 'invalid-noise',
        where: channel,
        what: 'trajectories of this channel depend on the state and have no unbiased gradients of their own',
        expected: 'mixtures of Pauli gates: DepolarizingChannel, BitFlip, PhaseFlip, PhaseDamping',
        remedy: 'Take the gradients of the density matrix.',
      });
    }
    const pauli = drawPauli(mixture, rng);
    return pauli === undefined ? [] : [gate(pauli, [wire])];
  });
  return { ...noisy.circuit, gates: drawn };
}

/**
 * Mean over trajectories of exact gradients of the expected values: unbiased, for mixtures of Pauli gates.
 * @throws HqnasError `invalid-noise` for other channels
 */
export function trajectoryGradients(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  cotangent: ArrayLike<number>,
  { trajectories, rng }: { readonly trajectories: number; readonly rng: Rng },
): CircuitGradients {
  const { circuit } = noisy;
  requireWhole('trajectories', trajectories, 1);
  checkValues('cotangent', cotangent, measurementRows(circuit.measurement));
  const mean = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  for (let k = 0; k < trajectories; k++) {
    const drawn = pauliTrajectory(noisy, rng.fork('trajectory', k));
    const gradients = sweepBack(drawn, inputs, weights, (psi) => observed(noisy, cotangent, psi));
    for (const part of ['inputs', 'weights'] as const) {
      gradients[part].forEach((value, index) => (mean[part][index]! += value / trajectories));
    }
  }
  return mean;
}

/** 2 O psi, where O is the sum of c_k M_k with readout errors in it. */
function observed({ circuit, readout }: NoisyCircuit, cotangent: ArrayLike<number>, psi: StateVector): StateVector {
  const sum = { wires: psi.wires, re: new Float64Array(psi.re.length), im: new Float64Array(psi.re.length) };
  for (const part of zReadouts(circuit.measurement)) {
    const { turn } = part;
    const own = copyOf(psi);
    if (turn !== undefined) for (const wire of part.readout.wires) applyMatrix(own, turn, [wire]);
    readoutCotangent(part, circuit.wires, readout, cotangent).forEach((value, state) => {
      own.re[state]! *= 2 * value;
      own.im[state]! *= 2 * value;
    });
    if (turn !== undefined) for (const wire of part.readout.wires) unapplyMatrix(own, turn, [wire]);
    own.re.forEach((value, state) => {
      sum.re[state]! += value;
      sum.im[state]! += own.im[state]!;
    });
  }
  return sum;
}

/** X, Y or Z with the given probabilities; undefined for none of them. */
function drawPauli(probabilities: readonly [number, number, number], rng: Rng): 'X' | 'Y' | 'Z' | undefined {
  let rest = rng.float();
  return (['X', 'Y', 'Z'] as const).find((_, index) => (rest -= probabilities[index]!) < 0);
}

/** @param chance uniform in [0, 1) */
function afterChannel(state: StateVector, { channel, parameters, wire }: PlacedChannel, chance: number): StateVector {
  let rest = chance;
  let last: StateVector | undefined;
  for (const matrix of channels[channel].kraus(parameters)) {
    const next = copyOf(state);
    applyMatrix(next, matrix, [wire]);
    const weight = next.re.reduce((sum, value, k) => sum + value * value + next.im[k]! * next.im[k]!, 0);
    if (weight === 0) continue;
    const scale = 1 / Math.sqrt(weight);
    last = { wires: next.wires, re: next.re.map((value) => value * scale), im: next.im.map((value) => value * scale) };
    rest -= weight;
    if (rest < 0) return last;
  }
  // The weights add up to 1 but for rounding.
  return last ?? state;
}
