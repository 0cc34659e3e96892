import { defineCircuit, type Circuit } from '../circuit.js';
import { measurementRows } from '../measurement.js';
import type { Channel } from '../noise/channels.js';
import { withNoise, type NoiseModel, type NoisyCircuit } from '../noise/noisy-circuit.js';
import { JsonValue, refuseDeepNesting } from './json-value.js';
import { NamedWeights } from './named-weights.js';
import { readCircuit } from './read-circuit.js';
import { readMeasurement } from './read-measurement.js';
import { readChannel, readOps } from './read-ops.js';
import { readTensor, type Tensor } from './tensor.js';

/** A circuit with the numbers to run it on. */
export interface CircuitFile {
  readonly name: string | undefined;
  readonly circuit: Circuit;
  /** With channels where the file has noise. */
  readonly noisy: NoisyCircuit;
  /** [inputs], or [samples, inputs]. */
  readonly x: Tensor;
  /** Undefined for one sample without a batch. */
  readonly batch: number | undefined;
  readonly weights: NamedWeights;
  /** As the output. */
  readonly cotangent: Tensor | undefined;
  /** Results that the file holds, by name: to compare with. */
  readonly recorded: Readonly<Record<string, JsonValue>>;
}

const results = ['output', 'state', 'jac_x', 'jac_w', 'vjp_x', 'vjp_w'] as const;
const common = ['name', 'x', 'weights', 'cotangent', 'noise', 'batch', ...results];

/**
 * Reads a circuit file: see docs/circuit-file.md.
 * @param content the parsed JSON
 * @throws HqnasError `invalid-circuit-file`, `invalid-circuit`, `invalid-noise`
 */
export function readCircuitFile(content: unknown): CircuitFile {
  refuseDeepNesting(content);
  const file = new JsonValue(content);
  const name = file.member('name');
  const weights = new NamedWeights(weightsOf(file));
  const x = file.member('x').isMissing ? { shape: [0], data: [] } : readTensor(file.member('x'));
  const noisy = file.member('circuit').isMissing ? readByOps(file, weights, x) : readWhole(file);
  const { circuit } = noisy;
  if (circuit.weights !== weights.values.length) {
    throw file.member('weights').wrong(`${circuit.weights} weights`, 'the circuit has another number of weights');
  }
  const batch = x.shape.length === 2 ? x.shape[0]! : undefined;
  if (x.shape.length === 0 || x.shape.length > 2 || x.shape.at(-1) !== circuit.inputs) {
    throw file
      .member('x')
      .wrong(`[${circuit.inputs}] or [samples, ${circuit.inputs}]`, 'the shape does not fit the circuit');
  }
  const declared = file.member('batch');
  if (!declared.isMissing && declared.number() !== batch)
    throw declared.wrong(`the first length of x, ${batch ?? 'null'}`);
  return {
    name: name.isMissing ? undefined : name.text(),
    ...{ circuit, noisy, x, batch, weights },
    cotangent: readCotangent(file.member('cotangent'), circuit, batch),
    recorded: Object.fromEntries(
      results.flatMap((key) => (file.member(key).isMissing ? [] : [[key, file.member(key)]])),
    ),
  };
}

/** A list of weights has the name w. */
function weightsOf(file: JsonValue): JsonValue {
  const source = file.member('weights');
  return source.isList ? new JsonValue({ w: source.value }, 'weights') : source;
}

function readByOps(file: JsonValue, weights: NamedWeights, x: Tensor): NoisyCircuit {
  file.only([...common, 'n', 'n_inputs', 'ops', 'measure', 'measure_wires']);
  const wires = file.member('n').wholeNumber(1, 30);
  const declared = file.member('n_inputs');
  const inputs = declared.isMissing ? (x.shape.at(-1) ?? 0) : declared.wholeNumber(0, 1e6);
  const { initial, gates, channels } = readOps(file.member('ops'), { wires, inputs, weights });
  const circuit = defineCircuit({
    ...{ wires, inputs, weights: weights.values.length },
    ...(initial === undefined ? {} : { initial }),
    gates,
    measurement: readMeasurement(file.member('measure'), file.member('measure_wires'), wires),
  });
  return withNoise(circuit, readNoiseModel(file.member('noise')), channels);
}

function readWhole(file: JsonValue): NoisyCircuit {
  file.only([...common, 'circuit']);
  return withNoise(readCircuit(file.member('circuit')), readNoiseModel(file.member('noise')));
}

function readNoiseModel(source: JsonValue): NoiseModel {
  if (source.isMissing) return {};
  source.only(['gates', 'entanglers', 'end', 'readout']);
  const list = (name: 'gates' | 'entanglers' | 'end'): NoiseModel => {
    const member = source.member(name);
    return member.isMissing ? {} : { [name]: member.items().map(readListed) };
  };
  const readout = source.member('readout');
  return {
    ...{ ...list('gates'), ...list('entanglers'), ...list('end') },
    ...(readout.isMissing ? {} : { readout: readReadout(readout) }),
  };
}

/** `[channel, parameters]`. */
function readListed(source: JsonValue): Channel {
  const [name, parameters, ...others] = source.items();
  if (others.length > 0) throw source.wrong('a channel and its parameters; several parameters are a list');
  return readChannel(name ?? source.at(0), parameters ?? source.at(1));
}

function readReadout(source: JsonValue): readonly [number, number] {
  const [oneForZero, zeroForOne, ...others] = source.items().map((item) => item.number());
  const isProbability = (value = NaN): boolean => value >= 0 && value <= 1;
  if (!isProbability(oneForZero) || !isProbability(zeroForOne) || others.length > 0) {
    throw source.wrong('two probabilities, of reading 1 for 0 and 0 for 1');
  }
  return [oneForZero!, zeroForOne!];
}

function readCotangent(source: JsonValue, circuit: Circuit, batch: number | undefined): Tensor | undefined {
  if (source.isMissing) return undefined;
  const cotangent = readTensor(source);
  const expected = [...(batch === undefined ? [] : [batch]), measurementRows(circuit.measurement)];
  if (JSON.stringify(cotangent.shape) === JSON.stringify(expected)) return cotangent;
  throw source.wrong(`the shape of the output, [${expected.join(', ')}]`, 'the shape does not fit the measurement');
}
