import { ansatzes } from '../ansatz/ansatzes.js';
import { basicEntanglingLayers, ring } from '../ansatz/basic-entangling-layers.js';
import { stronglyEntanglingLayers } from '../ansatz/strongly-entangling-layers.js';
import { checkGate } from '../check-circuit.js';
import { allWires, gate, input, product, weight, type Gate } from '../circuit.js';
import { encodingGates, templateOf } from '../compose-circuit.js';
import { angleEmbedding } from '../encodings/angle.js';
import { iqpEncodingWith } from '../encodings/iqp.js';
import { definitionOf, gateNames } from '../gates/gates.js';
import { amplitudeState, basisState, type InitialState } from '../initial-state.js';
import { channels, checkChannel, type Channel, type ChannelName } from '../noise/channels.js';
import type { PlacedChannel } from '../noise/noisy-circuit.js';
import { madeAt, type JsonValue } from './json-value.js';
import type { NamedWeights } from './named-weights.js';
import { readAngle } from './read-angle.js';
import { sizeOf } from './tensor.js';

export interface OpContext {
  readonly wires: number;
  readonly inputs: number;
  readonly weights: NamedWeights;
}

/** What the ops of a file make. */
export interface OpsRead {
  readonly initial: InitialState | undefined;
  readonly gates: readonly Gate[];
  readonly channels: readonly PlacedChannel[];
}

/** Reads the list of ops. @throws HqnasError `invalid-circuit-file`, `invalid-circuit`, `invalid-noise` */
export function readOps(source: JsonValue, context: OpContext): OpsRead {
  let initial: InitialState | undefined;
  const gates: Gate[] = [];
  const placed: PlacedChannel[] = [];
  source.items().forEach((op, index) => {
    const [head, ...rest] = op.items();
    if (head === undefined) throw op.wrong('a list that starts with a name, such as ["RX", [0], "x[0]"]');
    const word = head.oneOf([...Object.keys(readers), ...starts, 'noise', ...gateNames, ...Object.keys(longNames)]);
    const name = longNames[word] ?? word;
    const fields = (count: number): readonly JsonValue[] => {
      if (rest.length > count) throw rest[count]!.wrong(`at most ${count} values after ${JSON.stringify(name)}`);
      // What is left out reads as missing.
      return Array.from({ length: count }, (_, k) => rest[k] ?? op.at(k + 1));
    };
    if (name === 'amp' || name === 'basis') {
      if (index !== 0) throw op.wrong('the first op', 'only the first op can be a state');
      initial = readStart(name, op, fields(1)[0]!, context);
    } else if (name === 'noise') placed.push(...readNoise(fields(3), context, gates.length));
    else if (Object.hasOwn(readers, name)) {
      gates.push(...checked(op, context, () => readers[name]!(fields, context)));
    } else gates.push(readGate(name, op, rest, context));
  });
  return { initial, gates, channels: placed };
}

/** Gates of a template, of which some may not fit: an ansatz reads inputs, or acts on wires, that there are not. */
function checked(op: JsonValue, { wires, inputs, weights }: OpContext, make: () => readonly Gate[]): readonly Gate[] {
  return madeAt(
    () => op.path,
    () => {
      const made = make();
      for (const item of made) checkGate({ wires, inputs, weights: weights.values.length }, item, op.path);
      return made;
    },
  );
}

const starts = ['amp', 'basis'];

/** PennyLane's names of gates that are shorter here. */
const longNames: Readonly<Record<string, string>> = { Hadamard: 'H', PauliX: 'X', PauliY: 'Y', PauliZ: 'Z' };

type Reader = (fields: (count: number) => readonly JsonValue[], context: OpContext) => readonly Gate[];

const readers: Readonly<Record<string, Reader>> = {
  angle(fields, { wires, inputs }) {
    const [axis] = fields(1);
    return angleEmbedding(wires, inputs, axis!.isMissing ? 'X' : axis!.oneOf(['X', 'Y', 'Z']));
  },
  iqp(fields, { wires, inputs }) {
    const [repeats] = fields(1);
    return encodingGates(iqpEncodingWith(repeats!.isMissing ? 1 : repeats!.wholeNumber(1, 100)), wires, inputs);
  },
  h: (fields, { wires }) => {
    fields(0);
    return allWires(wires).map((wire) => gate('H', [wire]));
  },
  bel(fields, { wires, weights }) {
    const [rotation, name] = fields(2);
    const { first, shape } = weights.template(name!, (own) => mismatch(own, [undefined, wires]));
    return basicEntanglingLayers({
      ...{ wires, layers: shape[0]!, firstWeight: first },
      rotation: rotation!.oneOf(['RX', 'RY', 'RZ']),
    }).gates;
  },
  sel(fields, { wires, weights }) {
    const [name, ranges, imprimitive] = fields(3);
    const { first, shape } = weights.template(name!, (own) => mismatch(own, [undefined, wires, 3]));
    return stronglyEntanglingLayers({
      ...{ wires, layers: shape[0]!, firstWeight: first },
      ...(ranges!.isMissing ? {} : { ranges: ranges!.items().map((item) => item.wholeNumber(1, Infinity)) }),
      ...(imprimitive!.isMissing ? {} : { imprimitive: imprimitive!.oneOf(['CNOT', 'CZ']) }),
    }).gates;
  },
  ansatz(fields, { wires, weights }) {
    const [kind, name, repetitions] = fields(3);
    const ansatz = ansatzes[kind!.oneOf(names)];
    const layers = repetitions!.wholeNumber(1, 1000);
    const needed = sizeOf(templateOf(ansatz, { wires, layers }).shape);
    const { first } = weights.template(name!, (own) => (sizeOf(own) === needed ? undefined : `[${needed}]`));
    return templateOf(ansatz, { wires, layers, firstWeight: first }).gates;
  },
  reup(fields, { wires, inputs, weights }) {
    const [theta, lambda] = fields(2);
    const named = (field: JsonValue, fallback: string) => (field.isMissing ? field.as(fallback) : field);
    const rotations = weights.template(named(theta!, 'theta'), (own) => mismatch(own, [undefined, wires, 3]));
    const layers = rotations.shape[0]!;
    const scales = weights.template(named(lambda!, 'lam'), (own) => mismatch(own, [layers, inputs]));
    return Array.from({ length: layers }, (_, layer) => [
      ...allWires(inputs).map((i) => gate('RX', [i], product(weight(scales.first + layer * inputs + i), input(i)))),
      ...allWires(wires).map((wire) => {
        const own = rotations.first + (layer * wires + wire) * 3;
        return gate('Rot', [wire], weight(own), weight(own + 1), weight(own + 2));
      }),
      ...ring(wires).map((pair) => gate('CZ', pair)),
    ]).flat();
  },
};

// Keys of the object.
const names = Object.keys(ansatzes) as readonly (keyof typeof ansatzes)[];

/** The expected shape in words where `shape` is another; undefined = any length. */
function mismatch(shape: readonly number[], expected: readonly (number | undefined)[]): string | undefined {
  const fits =
    shape.length === expected.length && shape.every((length, k) => expected[k] === undefined || expected[k] === length);
  return fits ? undefined : `[${expected.map((length) => length ?? 'layers').join(', ')}]`;
}

function readStart(name: 'amp' | 'basis', op: JsonValue, field: JsonValue, { wires, inputs }: OpContext): InitialState {
  if (name === 'basis') {
    if (field.items().length !== wires) throw field.wrong(`${wires} bits, one per wire`);
    return basisState(field.items().map((item) => item.wholeNumber(0, 1)));
  }
  if (inputs < 1 || inputs > 2 ** wires) {
    throw op.wrong(`1 to ${2 ** wires}`, `${inputs} inputs are no amplitudes of ${wires} wire(s)`);
  }
  return amplitudeState(inputs, field.isMissing ? 0 : field.number());
}

function readGate(
  name: string,
  op: JsonValue,
  rest: readonly JsonValue[],
  { wires, inputs, weights }: OpContext,
): Gate {
  const [listed, ...fields] = rest;
  if (listed === undefined) throw op.wrong(`wires after "${name}", such as [0]`);
  const gateWires = readWires(listed, wires);
  const definition = definitionOf({ gate: name, wires: gateWires, angles: [] });
  if (definition.wires !== gateWires.length) throw listed.wrong(`${definition.wires} wire(s)`);
  if (definition.angles !== fields.length) throw op.wrong(`${definition.angles} angle(s) after the wires of ${name}`);
  return { gate: name, wires: gateWires, angles: fields.map((field) => readAngle(field, inputs, weights)) };
}

/** One wire, or a list of different wires. */
export function readWires(source: JsonValue, wires: number): readonly number[] {
  const listed = (source.isList ? source.items() : [source]).map((item) => item.wholeNumber(0, wires - 1));
  if (listed.length === 0 || new Set(listed).size !== listed.length) throw source.wrong('different wires');
  return listed;
}

/** `channel, parameters, wires`; without wires it acts on all. */
function readNoise(
  [name, parameters, listed]: readonly JsonValue[],
  { wires }: OpContext,
  after: number,
): readonly PlacedChannel[] {
  const channel = readChannel(name!, parameters!);
  return (listed!.isMissing ? allWires(wires) : readWires(listed!, wires)).map((wire) => ({ ...channel, wire, after }));
}

export function readChannel(name: JsonValue, parameters: JsonValue): Channel {
  // Names of the table.
  const channel = name.oneOf(Object.keys(channels)) as ChannelName;
  const values = (parameters.isList ? parameters.items() : [parameters]).map((item) => item.number());
  checkChannel({ channel, parameters: values }, name.path);
  return { channel, parameters: values };
}
