import { constant, input, product, type Angle } from '../circuit.js';
import type { JsonValue } from './json-value.js';
import type { NamedWeights } from './named-weights.js';

/**
 * Reads an angle: a number, or text such as "x[0]", "w[1][2]", "-pi/2", "0.5*lam[0]*x[3]": factors with * and / between them.
 * @throws HqnasError `invalid-circuit-file`
 */
export function readAngle(source: JsonValue, inputs: number, weights: NamedWeights): Angle {
  if (!source.isText) return constant(source.number());
  const text = source.text().replaceAll(/\s/g, '');
  const negative = text.startsWith('-');
  const parts = [...(negative ? text.slice(1) : text).matchAll(/(^|[*/])([^*/]+)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== (negative ? text.slice(1) : text)) {
    throw source.wrong('factors with * and / between them, such as "0.5*w[0]*x[1]"');
  }
  let angle: Angle = constant(negative ? -1 : 1);
  for (const [, operator, factor] of parts) {
    const value = readFactor(factor!, source, inputs, weights);
    if (operator !== '/') angle = product(angle, value);
    else if (value.source === 'constant' && value.value !== 0) angle = product(angle, 1 / value.value);
    else throw source.wrong('a number other than 0 after /');
  }
  return angle;
}

function readFactor(text: string, source: JsonValue, inputs: number, weights: NamedWeights): Angle {
  if (text === 'pi') return constant(Math.PI);
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return constant(Number(text));
  const [, name, list] = /^([A-Za-z_]\w*)((?:\[\d+\])*)$/.exec(text) ?? [];
  if (name === undefined) throw source.wrong('a number, pi, an input such as x[0] or a weight such as w[0][1]');
  const indexes = [...list!.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  if (name !== 'x') return weights.at(name, indexes, (what, expected) => source.wrong(expected, what));
  const [index] = indexes;
  if (indexes.length !== 1 || index! >= inputs)
    throw source.wrong(`x[0] to x[${inputs - 1}]`, `the circuit has ${inputs} inputs`);
  return input(index!);
}
