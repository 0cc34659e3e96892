import { HqnasError, isHqnasError } from '../errors.js';
import { parseValues } from '../domain.js';
import type { Gene, LayerKind } from '../layer/layer-kind.js';
import type { NotationField } from '../layer/notation.js';
import type { Registry } from '../registry.js';
import { dnaError } from './dna-error.js';
import { tokenizeDna, type DnaToken } from './dna-tokens.js';
import type { Genome } from './genome.js';

/**
 * Reads a genome from its DNA, such as `C 37 T Q 4 F 2 C 1` or `C 8 R [demo/scale {"factor":2}] C 1`. Every gene comes
 * back with all its hyperparameters; those that are not written take their defaults.
 * @throws HqnasError `invalid-dna`, `duplicate-symbol`
 */
export function parseDna(text: string, kinds: Registry<LayerKind>): Genome {
  const symbols = symbolsOf(kinds);
  const tokens = tokenizeDna(text);
  const layers: Gene[] = [];
  const starts = (): string[] => [...symbols.keys(), ...kinds.ids()];
  let next = 0;
  while (next < tokens.length) {
    const token = tokens[next++]!;
    if (token.type === 'bracket') {
      layers.push(readGeneral(text, token, kinds));
      continue;
    }
    const kind = symbols.get(token.text);
    if (kind === undefined) {
      throw dnaError(text, {
        at: token.at,
        length: token.text.length,
        what: 'no layer starts like this',
        expected: `a layer: ${[...[...symbols.keys()].sort(), '[plugin/layer]'].join(', ')}`,
        got: JSON.stringify(token.text),
        known: starts(),
      });
    }
    const given: Record<string, unknown> = {};
    for (const field of kind.notation!.fields) {
      const value = readField(text, kind, field, tokens[next], token);
      given[field.hyper] = value;
      if (next < tokens.length) next++;
    }
    layers.push(complete(kind, given));
  }
  if (layers.length > 0) return { layers };
  throw dnaError(text, {
    at: 0,
    length: 1,
    what: 'the DNA is empty',
    expected: 'at least one layer',
    got: JSON.stringify(text),
  });
}

/** Writes a genome; `parseDna` reads it back. @throws HqnasError `unknown-id` for a layer that is not registered */
export function printDna({ layers }: Genome, kinds: Registry<LayerKind>): string {
  return layers.map((gene, index) => printGene(gene, kinds, index === layers.length - 1)).join(' ');
}

/** Writes one layer. @param last whether it is the network's last layer */
export function printGene(gene: Gene, kinds: Registry<LayerKind>, last = false): string {
  const kind = kinds.get(gene.kind);
  const { kind: _, ...given } = gene;
  const values = Object.entries(kind.hyper).map(([name, { fallback }]) => [name, given[name] ?? fallback] as const);
  const special = values.filter(([name, value]) => value !== kind.hyper[name]!.fallback);
  const fields = kind.notation?.fields ?? [];
  const tokens = fields.map((field) => fieldToken(field, given[field.hyper] ?? kind.hyper[field.hyper]?.fallback));
  const complete = special.every(([name]) => fields.some(({ hyper }) => hyper === name)) && !tokens.includes(undefined);
  if (kind.notation === undefined || !complete) {
    return `[${[gene.kind, ...(special.length === 0 ? [] : [JSON.stringify(Object.fromEntries(special))])].join(' ')}]`;
  }
  let kept = tokens.length;
  while (last && kept > 0 && isOmitted(fields[kept - 1]!, given[fields[kept - 1]!.hyper])) kept--;
  return [kind.notation.symbol, ...tokens.slice(0, kept)].join(' ');
}

function symbolsOf(kinds: Registry<LayerKind>): ReadonlyMap<string, LayerKind> {
  const symbols = new Map<string, LayerKind>();
  for (const kind of kinds) {
    if (kind.notation === undefined) continue;
    const { symbol } = kind.notation;
    const other = symbols.get(symbol);
    if (other !== undefined) {
      throw new HqnasError({
        code: 'duplicate-symbol',
        what: `the layers "${other.id}" and "${kind.id}" are both written "${symbol}" in DNA`,
        remedy: 'Load only one of the two plugins, or change the notation of one layer.',
      });
    }
    symbols.set(symbol, kind);
  }
  return symbols;
}

function readField(
  text: string,
  kind: LayerKind,
  field: NotationField,
  token: DnaToken | undefined,
  start: DnaToken,
): unknown {
  const domain = kind.hyper[field.hyper]!;
  const words = field.letters === undefined ? [] : Object.values(field.letters);
  const expected =
    field.letters === undefined ? `${field.hyper}: ${domain.expected}` : `${field.hyper}: ${namesOf(field.letters)}`;
  if (token === undefined) {
    if (field.omittedAtEnd !== undefined) return field.omittedAtEnd;
    throw dnaError(text, {
      at: start.at,
      length: text.trimEnd().length - start.at,
      what: `the DNA ends in the middle of this layer (${kind.id})`,
      expected,
      got: 'nothing',
    });
  }
  const problem = { at: token.at, length: token.text.length, expected, got: JSON.stringify(token.text), known: words };
  if (field.letters !== undefined) {
    const entry = Object.entries(field.letters).find(([, letter]) => letter === token.text);
    if (token.type === 'word' && entry !== undefined) return entry[0];
    throw dnaError(text, { ...problem, what: `this is not a value of "${field.hyper}" (${kind.id})` });
  }
  const value = token.type === 'word' && /^[+-]?\d+$/.test(token.text) ? Number(token.text) : undefined;
  if (value === undefined)
    throw dnaError(text, { ...problem, what: `"${field.hyper}" of ${kind.id} is a whole number` });
  if (!domain.contains(value))
    throw dnaError(text, { ...problem, what: `"${field.hyper}" of ${kind.id} is out of range` });
  return value;
}

function readGeneral(text: string, token: DnaToken & { type: 'bracket' }, kinds: Registry<LayerKind>): Gene {
  if (!kinds.has(token.id)) {
    throw dnaError(text, {
      at: token.idAt,
      length: token.id.length,
      what: `there is no layer "${token.id}"`,
      expected: `one of ${kinds.ids().join(', ')}`,
      got: JSON.stringify(token.id),
      known: kinds.ids(),
    });
  }
  try {
    const given: unknown = token.json === undefined ? {} : JSON.parse(token.json);
    // JSON that starts with a brace and parses is an object.
    return complete(kinds.get(token.id), given as Record<string, unknown>);
  } catch (error) {
    const facts = isHqnasError(error) ? error.facts : undefined;
    throw dnaError(text, {
      at: token.jsonAt,
      length: token.json?.length ?? 1,
      what: facts === undefined ? 'the hyperparameters are not JSON' : `${token.id}: ${facts.what}`,
      expected:
        facts?.expected ?? `{"name": value} with the names ${Object.keys(kinds.get(token.id).hyper).join(', ')}`,
      got: facts?.got ?? JSON.stringify(token.json ?? ''),
    });
  }
}

function complete(kind: LayerKind, given: Readonly<Record<string, unknown>>): Gene {
  const values: Readonly<Record<string, unknown>> = parseValues(kind.hyper, given, kind.id);
  return { kind: kind.id, ...values };
}

function fieldToken({ letters }: NotationField, value: unknown): string | undefined {
  if (letters === undefined) return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && Object.hasOwn(letters, value) ? letters[value] : undefined;
}

function isOmitted({ omittedAtEnd }: NotationField, value: unknown): boolean {
  return omittedAtEnd !== undefined && value === omittedAtEnd;
}

function namesOf(letters: Readonly<Record<string, string>>): string {
  return Object.entries(letters)
    .map(([name, letter]) => `${letter} (${name})`)
    .join(', ');
}
