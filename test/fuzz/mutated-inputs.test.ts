import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { builtInPlugins } from '../../cli/built-in-plugins.js';
import { isHqnasError } from '../../core/errors.js';
import { parseConfig, parseConfigValues } from '../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../core/experiment/config/resolve-config.js';
import { parseDna, printDna } from '../../core/genome/dna.js';
import { express } from '../../core/genome/express.js';
import type { Genome, Limits } from '../../core/genome/genome.js';
import { identityOf } from '../../core/genome/identity.js';
import { canonicalJson } from '../../core/json.js';
import { createRng } from '../../core/random.js';
import { createMoves } from '../../core/search/create-moves.js';
import { asGenome } from '../../core/search/mutation-contract.js';
import { isCandidateFailure } from '../../core/training/failure.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';

/** With HQNAS_FUZZ=<runs> other cases are drawn each time; HQNAS_FUZZ_SEED draws those of an earlier time again. */
const fuzzing = process.env['HQNAS_FUZZ'];
const parameters = {
  numRuns: Number(fuzzing ?? 120),
  seed: fuzzing === undefined ? 20260101 : Number(process.env['HQNAS_FUZZ_SEED'] ?? randomInt(2 ** 31)),
};
if (fuzzing !== undefined) console.info(`HQNAS_FUZZ_SEED=${parameters.seed}`);
const timeout = 30_000 + 200 * parameters.numRuns;

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const root = path.resolve(import.meta.dirname, '../..');
const texts = [
  ...readdirSync(path.join(root, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(path.join(root, 'examples', name), 'utf8')),
  ...[...readFileSync(path.join(root, 'docs/configuration.md'), 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, text]) => text!,
  ),
];
const task = { observationRows: 4, policyRows: 2 };

/** Runs code on bad input: it succeeds, or it fails with a code. */
function coded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isHqnasError(error)) expect(error.code).toMatch(/^[a-z][a-z0-9-]*$/);
    else if (isCandidateFailure(error)) expect(error.reason.code).toMatch(/^[a-z][a-z0-9-]*$/);
    else throw error;
    return undefined;
  }
}

/** Values that people and programs put in the wrong place. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 0, -1, 1.5, 1e300, NaN, Infinity, [], {}, [[]], { use: null }, '__proto__'),
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('paper/study', 'ppo/clip', 'score/parameters', 'classical/dense', 'layers', 'reject', 'constructor'),
  fc.dictionary(fc.string({ maxLength: 6 }), fc.oneof(fc.integer(), fc.string({ maxLength: 4 })), { maxKeys: 3 }),
);

/** One change of a text: some characters are cut, doubled, or replaced. */
const textEdit = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom(
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      ']',
      '&a ',
      '*a',
      '!!js/function ',
      '0x',
      '1e999',
      '-',
      ' C 1',
      ' Q 4 L 1',
    ),
  ),
});

function edited(text: string, edits: readonly { at: number; length: number; insert: string }[]): string {
  return edits.reduce((now, { at, length, insert }) => {
    const start = at % (now.length + 1);
    return now.slice(0, start) + insert + now.slice(start + length);
  }, text);
}

/** One change of data: what stands at a place that is counted out is removed, replaced or joined by something. */
const dataEdit = fc.record({ at: fc.nat(), how: fc.constantFrom('remove', 'replace', 'add'), value: strange });

function changed(data: unknown, edits: readonly { at: number; how: string; value: unknown }[]): unknown {
  const copy: unknown = structuredClone(data);
  for (const { at, how, value } of edits) {
    const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
    const visit = (holder: unknown): void => {
      if (typeof holder !== 'object' || holder === null) return;
      for (const key of Object.keys(holder)) {
        // An object with this key, just read.
        places.push({ holder: holder as Record<string, unknown>, key });
        visit((holder as Record<string, unknown>)[key]);
      }
    };
    visit(copy);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    if (how === 'replace') place.holder[place.key] = value;
    else if (Array.isArray(place.holder)) {
      if (how === 'add') place.holder.push(value);
      else place.holder.splice(Number(place.key), 1);
    } else if (how === 'add') place.holder[typeof value === 'string' ? value : 'extra'] = value;
    else Reflect.deleteProperty(place.holder, place.key);
  }
  return copy;
}

describe('configs that were tampered with', () => {
  const check = (read: () => ReturnType<typeof parseConfig>): void => {
    const draft = coded(read);
    const config = draft && coded(() => resolveConfig(draft, registries));
    if (config === undefined) return;
    // What is accepted can be stored and read again.
    const stored: unknown = JSON.parse(canonicalJson(config));
    expect(canonicalJson(resolveConfig(parseConfigValues(stored, 'stored'), registries))).toBe(canonicalJson(config));
  };

  it(
    'as text are right or refused with a code',
    () => {
      const edits = fc.array(textEdit, { minLength: 1, maxLength: 4 });
      const property = fc.property(fc.constantFrom(...texts), edits, (text, changes) => {
        check(() => parseConfig(edited(text, changes), 'fuzz.yaml'));
      });
      fc.assert(property, parameters);
    },
    timeout,
  );

  it(
    'as data are right or refused with a code',
    () => {
      const bases = texts.map((text) => resolveConfig(parseConfig(text, 'base.yaml'), registries));
      const edits = fc.array(dataEdit, { minLength: 1, maxLength: 3 });
      const property = fc.property(fc.constantFrom(...bases), edits, fc.boolean(), (base, changes, written) => {
        const data = changed(base, changes);
        if (written) check(() => parseConfig(stringify(data), 'fuzz.yaml'));
        else check(() => parseConfigValues(data, 'fuzz'));
      });
      fc.assert(property, parameters);
    },
    timeout,
  );
});

const dnas = [
  'C 37 T C 41 T C 1',
  'C 4 T Q 4 L 1 C 1',
  'C 3 R Q 3 F 1',
  'Q 4 S 2 C 8 R C 1',
  'C 63 R C 35 T C 24 T C 59 T C 1',
];
const limits: Limits = { layers: [1, 6], units: [1, 64], qubits: [2, 4], repetitions: [1, 3] };

describe('networks that were tampered with', () => {
  const moves = createMoves({
    space: registries.searchSpaces.get('paper/study', 'fuzz'),
    mutations: [...registries.mutations].map((mutation) => ({ mutation, weight: 1 })),
    constraints: [],
    limits,
    kinds: registries.layers,
    task,
  });
  const check = (genome: Genome): void => {
    const kinds = registries.layers;
    const accepted = coded(() => moves.accept(structuredClone(genome), 'fuzz/test'));
    if (accepted !== undefined) coded(() => moves.mutate(accepted.genome, createRng(1)));
    // What is no genome at all goes no further.
    if (!asGenome(genome, kinds).ok) {
      expect(accepted).toBeUndefined();
      return;
    }
    const dna = coded(() => printDna(genome, kinds));
    const identity = coded(() => identityOf(genome, kinds));
    const expressed = coded(() => express(genome, { kinds, task }));
    if (expressed?.ok === true) {
      expect(identityOf(parseDna(dna!, kinds), kinds)).toBe(identity);
    }
  };

  it(
    'as DNA are read or refused with a code',
    () => {
      const edits = fc.array(textEdit, { minLength: 1, maxLength: 4 });
      const property = fc.property(fc.constantFrom(...dnas), edits, (dna, changes) => {
        const genome = coded(() => parseDna(edited(dna, changes), registries.layers));
        if (genome !== undefined) check(genome);
      });
      fc.assert(property, parameters);
    },
    timeout,
  );

  it(
    'as data are accepted or refused with a code',
    () => {
      const genomes = dnas.flatMap((dna) => coded(() => parseDna(dna, registries.layers)) ?? []);
      expect(genomes.length).toBeGreaterThan(3);
      const edits = fc.array(dataEdit, { minLength: 1, maxLength: 3 });
      const property = fc.property(fc.constantFrom(...genomes), edits, (genome, changes) => {
        // Whatever it is now, it is handed over as a genome.
        check(changed(genome, changes) as Genome);
      });
      fc.assert(property, parameters);
    },
    timeout,
  );
});
