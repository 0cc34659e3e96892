import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { configJsonSchema } from '../../../../core/experiment/config/config-json-schema.js';
import type { ExperimentConfig } from '../../../../core/experiment/config/config.js';
import { parseConfig, parseConfigValues } from '../../../../core/experiment/config/parse-config.js';
import { resolveConfig, resolveWorkers } from '../../../../core/experiment/config/resolve-config.js';
import { isHqnasError, type HqnasError } from '../../../../core/errors.js';
import { definePlugin } from '../../../../core/plugin/define-plugin.js';
import { defineMutation } from '../../../../core/genome/mutation.js';
import { scorePlugin } from '../../../../core/plugin/score-plugin.js';
import { createContainer } from '../../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../../core/wiring/tokens.js';
import { demoPlugin } from '../demo-plugin.js';

const extra = definePlugin({
  name: 'extra',
  mutations: [defineMutation({ id: 'extra/shuffle', summary: 'shuffles', weight: 2, mutate: (parent) => parent })],
});
const registries = createContainer([scorePlugin, demoPlugin, extra]).get(REGISTRIES);

const valid = `name: test
environment: demo/world
searchSpace: demo/space
strategy: { use: demo/climb, patience: 2 }
trainer: { use: demo/trainer, preset: fast, rate: 0.25 }
budget: { candidates: 5 }
`;

function resolve(text: string, added: readonly string[] = []): ExperimentConfig {
  return resolveConfig(parseConfig(text, 'folder/test.yaml'), registries, added);
}

function problem(text: string): HqnasError {
  try {
    resolve(text);
  } catch (error) {
    if (isHqnasError(error)) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('config', () => {
  it('fills in every default', () => {
    expect(resolve(valid)).toEqual({
      name: 'test',
      plugins: [],
      environment: { use: 'demo/world', windy: false },
      searchSpace: {
        use: 'demo/space',
        limits: { layers: [2, 3], units: [1, 100] },
        mutations: { 'demo/grow': 1 },
        constraints: [],
      },
      strategy: { use: 'demo/climb', patience: 2 },
      trainer: { use: 'demo/trainer', totalSteps: 10, rate: 0.25, mode: 'a' },
      evaluation: {
        scores: [
          { policy: 'greedy', episodes: 20 },
          { policy: 'stochastic', episodes: 20 },
        ],
        objectives: ['score/greedy-mean'],
        duplicates: 'reuse',
        repeats: 1,
        rank: 'mean',
        finalists: false,
      },
      budget: { candidates: 5 },
      stopWhen: {},
      seed: 1,
      fast: false,
      lookahead: 8,
    });
  });

  it('gives the same config when a resolved one is read again', () => {
    const once = resolve(valid);
    expect(resolveConfig(parseConfigValues(JSON.parse(JSON.stringify(once)), 'stored'), registries)).toEqual(once);
  });

  it('names an experiment after its file', () => {
    expect(resolve(valid.replace('name: test\n', '')).name).toBe('test');
  });

  it('lets mutations of listed plugins take part', () => {
    expect(resolve(valid, ['extra']).searchSpace.mutations).toEqual({ 'demo/grow': 1, 'extra/shuffle': 2 });
    const listed = valid.replace('searchSpace: demo/space', 'searchSpace: { use: demo/space, mutations: [demo/grow] }');
    expect(resolve(listed, ['extra']).searchSpace.mutations).toEqual({ 'demo/grow': 1 });
  });

  it('merges a preset key by key, the file winning', () => {
    const draft = parseConfig('preset: paper\nstrategy: { populationSize: 4 }\nbudget: { candidates: 3 }', 'a.yaml');
    expect(draft.values.strategy).toEqual({ use: 'regularized-evolution/aging', populationSize: 4, sampleSize: 8 });
    expect(draft.values.budget).toEqual({ candidates: 3 });
    expect(draft.values.evaluation?.objective).toBe('score/stochastic-mean');
    const other = parseConfig('preset: paper\nstrategy: { use: demo/climb }', 'a.yaml');
    expect(other.values.strategy).toEqual({ use: 'demo/climb' });
  });

  it.each<[name: string, text: string, code: string, where: string, remedy: string]>([
    ['a misspelt key', valid.replace('budget', 'bugdet'), 'unknown-key', 'bugdet (folder/test.yaml:6:1)', '"budget"'],
    [
      'a misspelt nested key',
      valid.replace('candidates', 'candidate'),
      'unknown-key',
      'budget.candidate (folder/test.yaml:6:11)',
      '"candidates"',
    ],
    [
      'an unknown id',
      valid.replace('demo/climb', 'demo/climp'),
      'unknown-id',
      'strategy (folder/test.yaml:4:1)',
      '"demo/climb"',
    ],
    [
      'an unknown option',
      valid.replace('patience', 'patients'),
      'unknown-option',
      'strategy.patients (folder/test.yaml:4:30)',
      '"patience"',
    ],
    [
      'a wrong option',
      valid.replace('patience: 2', 'patience: 11'),
      'invalid-option',
      'strategy.patience (folder/test.yaml:4:30)',
      '',
    ],
    [
      'an unknown preset',
      valid.replace('fast', 'fasst'),
      'unknown-preset',
      'trainer.preset (folder/test.yaml:5:31)',
      '"fast"',
    ],
    [
      'a missing key',
      valid.replace('budget: { candidates: 5 }', ''),
      'missing-key',
      'budget.candidates (folder/test.yaml:1:1)',
      '',
    ],
    [
      'a missing component',
      valid.replace('trainer: {', 'name2: {').replace('name2', '#'),
      'missing-key',
      'trainer',
      'demo/trainer',
    ],
    [
      'an impossible limit',
      valid.replace('demo/space', '{ use: demo/space, limits: { units: [101, 102] } }'),
      'impossible-limit',
      'searchSpace.limits.units (folder/test.yaml:3:43)',
      '',
    ],
    [
      'limits the wrong way round',
      valid.replace('demo/space', '{ use: demo/space, limits: { layers: [3, 2] } }'),
      'impossible-limit',
      'searchSpace.limits.layers (folder/test.yaml:3:43)',
      '',
    ],
    [
      'an unknown mutation',
      valid.replace('demo/space', '{ use: demo/space, mutations: { demo/grew: 1 } }'),
      'unknown-id',
      'searchSpace.mutations.demo/grew (folder/test.yaml:3:46)',
      '"demo/grow"',
    ],
    [
      'mutations without weight',
      valid.replace('demo/space', '{ use: demo/space, mutations: { demo/grow: 0 } }'),
      'invalid-config',
      'searchSpace.mutations',
      '',
    ],
    [
      'an objective nobody scores',
      `${valid}evaluation: { scores: [{ policy: greedy, episodes: 1 }], objective: score/stochastic-mean }`,
      'invalid-objective',
      'evaluation.objective (folder/test.yaml:7:58)',
      '',
    ],
    ['a wrong type', `${valid}seed: many`, 'invalid-config', 'seed (folder/test.yaml:7:1)', ''],
    [
      'a wrong policy',
      `${valid}evaluation: { scores: [{ policy: greed, episodes: 1 }] }`,
      'invalid-config',
      'evaluation.scores[0].policy (folder/test.yaml:7:26)',
      '',
    ],
    [
      'a list where an id belongs',
      valid.replace('demo/world', '[1, 2]'),
      'invalid-config',
      'environment (folder/test.yaml:2:1)',
      '',
    ],
    ['a duplicate key', `${valid}name: again`, 'invalid-yaml', 'folder/test.yaml:7:1', ''],
    ['broken YAML', 'name: [1, 2', 'invalid-yaml', 'folder/test.yaml:', ''],
  ])('refuses %s', (_name, text, code, where, remedy) => {
    const error = problem(text);
    expect(error.code).toBe(code);
    expect(error.facts.where).toContain(where);
    expect(error.message).toContain(remedy);
  });

  it('refuses more workers than candidates in flight', () => {
    const draft = parseConfig(`${valid}workers: 9\n`, 'a.yaml');
    const config = resolveConfig(draft, registries);
    expect(resolveWorkers(100, config, 2)).toBe(8);
    expect(resolveWorkers(0, config, 2)).toBe(0);
    expect(resolveWorkers(undefined, config, 64)).toBe(8);
    expect(resolveWorkers(undefined, config, 2)).toBe(2);
  });

  it('never fails without a code, whatever the text', () => {
    const keys = fc.constantFrom(
      'name',
      'environment',
      'searchSpace',
      'strategy',
      'trainer',
      'evaluation',
      'budget',
      'use',
      'limits',
      'scores',
      'x',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('demo/world', 'demo/space', 'demo/climb', '', 1, -1, 1.5, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          value.map((data) => JSON.stringify(data)),
          fc.string(),
        ),
        (text) => {
          try {
            resolve(text);
          } catch (error) {
            expect(isHqnasError(error) ? 'coded' : error).toBe('coded');
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('publishes a JSON schema with ids and options', () => {
    const schema = JSON.stringify(configJsonSchema(registries));
    for (const part of ['demo/climb', '"patience"', '"maximum":10', 'lookahead', '"fast"'])
      expect(schema).toContain(part);
  });
});
