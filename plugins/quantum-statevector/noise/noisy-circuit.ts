import { HqnasError } from '../../../core/index.js';
import { allWires, type Circuit } from '../circuit.js';
import { checkChannel, type Channel } from './channels.js';

/** Where noise happens in any circuit. Noise models are JSON. */
export type NoiseModel = {
  /** After every gate, on each of its wires. */
  readonly gates?: readonly Channel[];
  /** After every gate on two wires or more, on each of them, after those of `gates`. */
  readonly entanglers?: readonly Channel[];
  /** On every wire before the measurement. */
  readonly end?: readonly Channel[];
  /** Probabilities of reading 1 for 0, and 0 for 1. */
  readonly readout?: readonly [oneForZero: number, zeroForOne: number];
};

/** A channel at one place of a circuit. */
export type PlacedChannel = Channel & {
  readonly wire: number;
  /** Gates that came before it. */
  readonly after: number;
};

/** A circuit with noise in it. Noisy circuits are JSON. */
export type NoisyCircuit = {
  readonly circuit: Circuit;
  /** In order of `after`. */
  readonly channels: readonly PlacedChannel[];
  readonly readout?: readonly [oneForZero: number, zeroForOne: number];
};

/**
 * Puts noise into a circuit.
 * @param between channels that stand between its gates already, in order of `after`: those of the model come right after their gate and
 * before these, but those of `end` last of all
 * @throws HqnasError `invalid-noise`
 */
export function withNoise(circuit: Circuit, model: NoiseModel, between: readonly PlacedChannel[] = []): NoisyCircuit {
  const placed: PlacedChannel[] = [];
  const put = (channels: readonly Channel[] | undefined, wires: readonly number[], after: number): void => {
    for (const channel of channels ?? []) for (const wire of wires) placed.push({ ...channel, wire, after });
  };
  circuit.gates.forEach(({ wires }, index) => {
    put(model.gates, wires, index + 1);
    if (wires.length > 1) put(model.entanglers, wires, index + 1);
  });
  placed.push(...between);
  placed.sort((a, b) => a.after - b.after);
  put(model.end, allWires(circuit.wires), circuit.gates.length);
  const { readout } = model;
  return defineNoisyCircuit({ circuit, channels: placed, ...(readout === undefined ? {} : { readout }) });
}

/**
 * Checks a noisy circuit; its circuit is taken as checked.
 * @throws HqnasError `invalid-noise`
 */
export function defineNoisyCircuit(noisy: NoisyCircuit): NoisyCircuit {
  const { circuit, channels, readout } = noisy;
  let last = 0;
  channels.forEach((placed, index) => {
    const where = `channels[${index}]`;
    checkChannel(placed, where);
    const { wire, after } = placed;
    if (!(Number.isInteger(wire) && wire >= 0 && wire < circuit.wires)) {
      fail(`${where}.wire`, `wires are numbered 0 to ${circuit.wires - 1}`, String(wire));
    }
    if (!(Number.isInteger(after) && after >= last && after <= circuit.gates.length)) {
      fail(`${where}.after`, `channels stand in order after 0 to ${circuit.gates.length} gates`, String(after));
    }
    last = after;
  });
  if (readout?.every((value) => value >= 0 && value <= 1) === false) {
    fail('readout', 'probabilities lie between 0 and 1', JSON.stringify(readout));
  }
  return noisy;
}

/** A gate of the circuit, or a channel, in order. */
export type Step =
  | { readonly kind: 'gate'; readonly gate: Circuit['gates'][number] }
  | { readonly kind: 'channel'; readonly channel: PlacedChannel };

export function stepsOf({ circuit, channels }: NoisyCircuit): readonly Step[] {
  const steps: Step[] = [];
  let next = 0;
  for (let done = 0; done <= circuit.gates.length; done++) {
    for (; next < channels.length && channels[next]!.after === done; next++) {
      steps.push({ kind: 'channel', channel: channels[next]! });
    }
    if (done < circuit.gates.length) steps.push({ kind: 'gate', gate: circuit.gates[done]! });
  }
  return steps;
}

function fail(where: string, what: string, got: string): never {
  throw new HqnasError({ code: 'invalid-noise', where, what, got });
}
