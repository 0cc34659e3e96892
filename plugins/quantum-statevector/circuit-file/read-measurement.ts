import { allWires } from '../circuit.js';
import {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  mixture,
  probabilities,
  type Measurement,
  type Readout,
} from '../measurement.js';
import type { JsonValue } from './json-value.js';
import { readWires } from './read-ops.js';

const kinds = ['expectation-x', 'expectation-y', 'expectation-z', 'expectation-product', 'probabilities'] as const;
const short = ['expZ', 'expX', 'expY', 'expZZ', 'probs'] as const;

/**
 * Reads what is measured: "expZ", "expX", "expY" or "probs" of the listed wires, "expZZ" (neighbours around the ring), or a list of
 * readouts `{ "kind": "expectation-product", "wires": [0, 2] }` whose rows follow one another.
 * @param listed wires of the short forms; missing = all
 */
export function readMeasurement(source: JsonValue, listed: JsonValue, wires: number): Measurement {
  if (source.isList) return mixture(source.items().map((item) => readReadout(item, wires)));
  if (!source.isMissing && !source.isText) return readParts(source, wires);
  const kind = source.isMissing ? 'expZ' : source.oneOf(short);
  const chosen = listed.isMissing ? allWires(wires) : readWires(listed, wires);
  switch (kind) {
    case 'expZ':
      return expectationZ(chosen);
    case 'expX':
      return expectationX(chosen);
    case 'expY':
      return expectationY(chosen);
    case 'probs':
      return probabilities(chosen);
    case 'expZZ':
      return wires === 1
        ? expectationZZ([[0]])
        : expectationZZ(chosen.map((wire, k) => [wire, chosen[(k + 1) % chosen.length]!]));
  }
}

/** A measurement as circuits have it. */
function readParts(source: JsonValue, wires: number): Measurement {
  if (source.member('kind').value !== 'mixture') return readReadout(source, wires);
  source.only(['kind', 'parts']);
  const parts = source.member('parts').items();
  if (parts.length === 0) throw source.member('parts').wrong('at least one readout');
  return { kind: 'mixture', parts: parts.map((item) => readReadout(item, wires)) };
}

function readReadout(source: JsonValue, wires: number): Readout {
  source.only(['kind', 'wires']);
  return { kind: source.member('kind').oneOf(kinds), wires: readWires(source.member('wires'), wires) };
}
