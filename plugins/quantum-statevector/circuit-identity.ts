import type { Place } from '../../core/index.js';
import type { CircuitBlocks, CircuitHyper } from './circuit-hyper.js';
import { planReadout } from './readout.js';

type Identity = Readonly<Record<string, string | number | boolean>>;

/**
 * What makes two layers the same network in a place: choices that change nothing there do not count, and neither do those left at
 * what a layer without them does.
 */
export function circuitIdentity(hyper: CircuitHyper, { ansatz, encodings }: CircuitBlocks, place: Place): Identity {
  const { qubits, repetitions } = hyper;
  const own = ansatz[hyper.ansatz]!.encodes === true;
  const first = Object.keys(encodings)[0]!;
  return {
    qubits,
    // On one qubit there is nothing to entangle.
    ansatz: qubits === 1 && hyper.ansatz === 'circular' ? 'strong' : hyper.ansatz,
    repetitions,
    ...(own || hyper.encoding === first ? {} : { encoding: hyper.encoding }),
    ...(own || !hyper.reuploading || repetitions === 1 ? {} : { reuploading: true }),
    ...(own || !hyper.inputScaling ? {} : { inputScaling: true }),
    ...(hyper.squashing === 'none' ? {} : { squashing: hyper.squashing }),
    ...(hyper.inputs === 'match' ? {} : { inputs: hyper.inputs }),
    ...readoutIdentity(hyper, place),
    ...(hyper.outputScaling ? { outputScaling: true } : {}),
    ...(hyper.deadWeights === 'kept' ? {} : { deadWeights: hyper.deadWeights }),
  };
}

/** The readout counts where it differs from the automatic one. */
function readoutIdentity(hyper: CircuitHyper, place: Place): Identity {
  const [asked, usual] = [planReadout(hyper.qubits, place, hyper), planReadout(hyper.qubits, place)];
  const probabilities = asked.ok && asked.measurement.kind === 'probabilities';
  return {
    ...(JSON.stringify(asked) === JSON.stringify(usual)
      ? {}
      : { observable: hyper.observable, measurement: hyper.measurement }),
    ...(hyper.probabilityScaling && probabilities ? { probabilityScaling: true } : {}),
  };
}
