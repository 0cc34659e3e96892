import type { Angle } from '../angle.js';
import { defineCircuit, type Circuit, type Gate } from '../circuit.js';
import type { GateForm, MatrixRows } from '../gates/gate-form.js';
import { amplitudeState, basisState, type InitialState } from '../initial-state.js';
import { JsonValue, madeAt } from './json-value.js';
import { readMeasurement } from './read-measurement.js';

/** Reads a circuit as `JSON.stringify` writes it. @throws HqnasError `invalid-circuit-file`, `invalid-circuit` */
export function readCircuit(source: JsonValue): Circuit {
  source.only(['wires', 'inputs', 'weights', 'initial', 'gates', 'measurement']);
  const wires = source.member('wires').wholeNumber(1, 30);
  const initial = source.member('initial');
  const parts: Circuit = {
    wires,
    inputs: source.member('inputs').wholeNumber(0, 1e6),
    weights: source.member('weights').wholeNumber(0, 1e6),
    ...(initial.isMissing ? {} : { initial: readInitial(initial) }),
    gates: source.member('gates').items().map(readGate),
    measurement: readMeasurement(source.member('measurement'), new JsonValue(undefined), wires),
  };
  return madeAt(
    (own) => `${source.path}.${own ?? ''}`,
    () => defineCircuit(parts),
  );
}

function readInitial(source: JsonValue): InitialState {
  if (source.member('kind').oneOf(['basis', 'amplitude']) === 'basis') {
    return basisState(
      source
        .member('bits')
        .items()
        .map((bit) => bit.wholeNumber(0, 1)),
    );
  }
  return amplitudeState(source.member('features').wholeNumber(1, 2 ** 30), source.member('padding').number());
}

function readGate(source: JsonValue): Gate {
  source.only(['gate', 'wires', 'angles', 'definition']);
  const definition = source.member('definition');
  return {
    gate: source.member('gate').text(),
    wires: source
      .member('wires')
      .items()
      .map((wire) => wire.wholeNumber(0, 29)),
    angles: source.member('angles').items().map(readAngleObject),
    ...(definition.isMissing ? {} : { definition: readForm(definition) }),
  };
}

function readAngleObject(source: JsonValue): Angle {
  const kind = source.member('source').oneOf(['constant', 'input', 'weight', 'product']);
  if (kind === 'constant') return { source: kind, value: source.member('value').number() };
  if (kind !== 'product') return { source: kind, index: source.member('index').wholeNumber(0, 1e6) };
  const of = source
    .member('of')
    .items()
    .map((item) => ({
      source: item.member('source').oneOf(['input', 'weight']),
      index: item.member('index').wholeNumber(0, 1e6),
    }));
  return { source: kind, factor: source.member('factor').number(), of };
}

function readForm(source: JsonValue): GateForm {
  const form = source.member('form').oneOf(['matrix', 'rotation', 'sequence']);
  const wires = source.member('wires').wholeNumber(1, 8);
  if (form === 'matrix') return { form, wires, matrix: readMatrix(source.member('matrix')) };
  if (form === 'rotation') {
    return {
      ...{ form, wires, frequency: source.member('frequency').number() },
      constant: readMatrix(source.member('constant')),
      cosine: readMatrix(source.member('cosine')),
      sine: readMatrix(source.member('sine')),
    };
  }
  const angles = source.member('angles').wholeNumber(0, 1000);
  return { form, wires, angles, gates: source.member('gates').items().map(readGate) };
}

function readMatrix(source: JsonValue): MatrixRows {
  return source.items().map((row) =>
    row.items().map((entry) => {
      if (!entry.isList) return entry.number();
      if (entry.items().length !== 2) throw entry.wrong('[real part, imaginary part]');
      return [entry.at(0).number(), entry.at(1).number()] as const;
    }),
  );
}
